import Basics
import Foundation

/// Writes the session as a notebook and replays it.
struct SaveCommand: SessionCommand {
  static let name = "save"
  static let usage = "FILE [FROM..TO]"
  static let text = "write the session as a notebook and replay it"
  static let argument = CommandArgument.path

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    var words = arguments.split(separator: " ").map(String.init)
    var entries = session.entries
    if words.count > 1, let range = Self.range(words[words.count - 1]) {
      entries = entries.filter { $0.number == 0 || range.contains($0.number) }
      words.removeLast()
    }
    guard !words.isEmpty else {
      throw Problem("command", ":save needs a file", suggestions: [":save session.fdsl"])
    }
    let notebook = SessionNotebook(entries, seed: session.firstSeed) {
      session.engine.names(in: $0)
    }
    try Self.save(notebook, as: words.joined(separator: " "), isForced: isForced, in: session)
  }

  /// Writes and replays a notebook; says "saved" only when the replay agrees.
  static func save(
    _ notebook: SessionNotebook, as path: String, isForced: Bool, in session: TerminalSession
  ) throws {
    guard !notebook.cells.isEmpty else { throw Problem("save", "there is nothing to save yet") }
    let name = path.hasSuffix(".fdsl") ? path : path + ".fdsl"
    let expanded = name.hasPrefix("~/") ? NSHomeDirectory() + name.dropFirst() : name
    let url = URL(fileURLWithPath: expanded)
    if !isForced, FileManager.default.fileExists(atPath: url.path),
      !session.savedFiles.contains(url.path)
    {
      throw Problem(
        "save", "\"\(name)\" exists already", suggestions: [":save! \(name)        replaces it"])
    }
    try session.options.write(notebook, url)
    session.savedFiles.insert(url.path)
    let replay = try session.options.replay(["check", url.path])
    guard replay.status == 0 else {
      let detail = replay.output.split(separator: "\n").prefix(30).map(String.init)
      throw Problem(
        "save", "\"\(name)\" is written, but its replay does not agree", notes: detail,
        suggestions: ["fdsl update \(name)        records the answers of a fresh run"])
    }
    let count = notebook.cells.count
    session.screen.write(
      "saved \(name): \(count) cell\(count == 1 ? "" : "s"), replayed in a fresh process\n")
  }

  /// `3..7`, `3..`, `..7` or `3`: numbers of entries, both ends included.
  private static func range(_ text: String) -> ClosedRange<Int>? {
    if let number = Int(text) { return number...number }
    let parts = text.split(separator: "..", omittingEmptySubsequences: false)
    guard parts.count == 2, text != ".." else { return nil }
    let low = parts[0].isEmpty ? 1 : Int(parts[0])
    let high = parts[1].isEmpty ? Int.max : Int(parts[1])
    guard let low, let high, low <= high else { return nil }
    return low...high
  }
}
