import Foundation

/// Entries of this and earlier sessions, kept in a file.
///
/// The file belongs to the user alone (mode 0600). Entries are appended under a lock and the file
/// is never rewritten, so sessions that run side by side all keep theirs.
package final class History {
  /// One entry and what became of it.
  package struct Item: Equatable, Sendable {
    package enum Status: String, Sendable { case finished = "ok", failed, interrupted }
    package var entry: String
    package var status: Status
    /// Seconds since 1970.
    package var time: Int
    /// Seconds it took.
    package var elapsed: Double
    /// Folder it ran in.
    package var folder: String
    /// How many pictures it showed.
    package var pictures: Int

    package init(
      _ entry: String, status: Status = .finished, time: Int = 0, elapsed: Double = 0,
      folder: String = "", pictures: Int = 0
    ) {
      self.entry = entry
      self.status = status
      self.time = time
      self.elapsed = elapsed
      self.folder = folder
      self.pictures = pictures
    }
  }

  /// Where entries are kept; `nil` keeps them nowhere.
  package let file: URL?

  package init(file: URL?) { self.file = file }

  /// The project's file when the folder has a `.fdsl` folder, else the user's.
  package static func defaultFile(environment: [String: String], folder: URL) -> URL? {
    var isFolder: ObjCBool = false
    let own = folder.appendingPathComponent(".fdsl")
    if FileManager.default.fileExists(atPath: own.path, isDirectory: &isFolder), isFolder.boolValue
    {
      return own.appendingPathComponent("history")
    }
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      return URL(fileURLWithPath: state).appendingPathComponent("fdsl/history")
    }
    guard let home = environment["HOME"], !home.isEmpty else { return nil }
    return URL(fileURLWithPath: home).appendingPathComponent(".local/state/fdsl/history")
  }

  /// Appends an entry. Entries that begin with a space are not kept. A file that cannot be
  /// written is no reason to disturb the session.
  package func append(_ item: Item) {
    guard let file, !item.entry.hasPrefix(" "), !item.entry.isEmpty else { return }
    try? FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let descriptor = open(file.path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    fchmod(descriptor, 0o600)
    while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
    var line = Array((Self.line(item) + "\n").utf8)[...]
    while !line.isEmpty {
      let count = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return }
      line = line.dropFirst(count)
    }
  }

  /// The newest entries of all sessions, oldest first.
  package func items(limit: Int = 5000) -> [Item] {
    guard let file, let handle = try? FileHandle(forReadingFrom: file) else { return [] }
    defer { try? handle.close() }
    // A long history is read from its end.
    let tail: UInt64 = 4 << 20
    let length = (try? handle.seekToEnd()) ?? 0
    try? handle.seek(toOffset: length > tail ? length - tail : 0)
    guard let data = try? handle.readToEnd() else { return [] }
    var lines = data.split(separator: 10)
    if length > tail, !lines.isEmpty { lines.removeFirst() }
    return lines.suffix(limit).compactMap { Self.item(String(decoding: $0, as: UTF8.self)) }
  }

  // One line: time, status, seconds, pictures, folder, entry; tabs between them.

  static func line(_ item: Item) -> String {
    [
      String(item.time), item.status.rawValue, String(item.elapsed), String(item.pictures),
      escaped(item.folder), escaped(item.entry),
    ].joined(separator: "\t")
  }

  static func item(_ line: String) -> Item? {
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard parts.count == 6, let time = Int(parts[0]),
      let status = Item.Status(rawValue: String(parts[1])), let elapsed = Double(parts[2]),
      let pictures = Int(parts[3])
    else { return nil }
    return Item(
      unescaped(parts[5]), status: status, time: time, elapsed: elapsed,
      folder: unescaped(parts[4]), pictures: pictures)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n").replacing("\t", with: "\\t")
      .replacing("\r", with: "\\r")
  }

  private static func unescaped(_ text: Substring) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        result +=
          character == "n"
          ? "\n" : character == "t" ? "\t" : character == "r" ? "\r" : String(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}
