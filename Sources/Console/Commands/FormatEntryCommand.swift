import Basics

/// Reformats an entry.
struct FormatEntryCommand: SessionCommand {
  static let name = "fmt"
  static let usage = "[N]"
  static let text = "put an entry, reformatted, at the next prompt"

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    let entry =
      arguments.isEmpty
      ? session.entries.last : session.entries.last { String($0.number) == arguments }
    guard let entry else { throw Problem("command", "there is no such entry") }
    var text = try session.engine.formatted(entry.text)[...]
    while text.last == "\n" { text.removeLast() }
    session.draft = String(text)
  }
}
