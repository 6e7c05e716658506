import Basics

/// Forgets the last entry.
struct UndoCommand: SessionCommand {
  static let name = "undo"
  static let text = "forget the last entry and what it bound"

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    guard let text = session.undo() else {
      throw Problem("undo", "there is nothing to undo")
    }
    let line = text.split(separator: "\n").first.map(String.init) ?? ""
    session.screen.write(
      session.screen.style.paint("forgot  " + TextWidth.cut(line, to: 60), .dim) + "\n")
  }
}
