import Foundation

/// Entries from a pipe or file: no prompt, no escapes, lines joined until they are complete.
package final class PlainReader: LineEditor {
  private let input: FileHandle
  private let isFinished: (String) -> Bool
  private var unread: [UInt8] = []
  private var isAtEnd = false
  /// Told of the prompt, where a person types on a terminal that cannot be edited on.
  var onPrompt: ((String) -> Void)?

  /// - Parameter isFinished: whether lines so far make a whole entry.
  package init(_ input: FileHandle, isFinished: @escaping (String) -> Bool) {
    self.input = input
    self.isFinished = isFinished
  }

  package func read(prompt: String, draft: String) throws -> EntryRead {
    var entry: String?
    onPrompt?(prompt)
    while let line = try nextLine() {
      entry = entry.map { $0 + "\n" + line } ?? line
      if isFinished(entry ?? "") { break }
    }
    return entry.map(EntryRead.entry) ?? .end
  }

  private func nextLine() throws -> String? {
    while true {
      if let end = unread.firstIndex(of: 10) {
        let line = unread[..<end]
        defer { unread.removeFirst(end + 1) }
        return text(line.last == 13 ? line.dropLast() : line)
      }
      if isAtEnd {
        if unread.isEmpty { return nil }
        defer { unread = [] }
        return text(unread[...])
      }
      let more = try input.read(upToCount: 65536) ?? Data()
      if more.isEmpty { isAtEnd = true } else { unread.append(contentsOf: more) }
    }
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
