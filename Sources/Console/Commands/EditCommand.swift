import Basics

/// Edits an entry in the user's editor and runs it.
struct EditCommand: SessionCommand {
  static let name = "edit"
  static let usage = "[N|NAME]"
  static let text = "edit an entry or a source in $EDITOR, then run it"

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    let text: String?
    if arguments.isEmpty {
      text = session.entries.last?.text ?? ""
    } else if let number = Int(arguments) {
      text = session.entries.last { $0.number == number }?.text
    } else {
      text = session.source(of: arguments)
    }
    guard let text else {
      throw Problem("command", "there is no entry or source \"\(arguments)\"")
    }
    let edited = try OutsideEditor(environment: session.options.environment).edit(text)
    guard !edited.isEmpty, edited != text else {
      return session.screen.writeError("nothing changed\n")
    }
    session.screen.write(session.screen.style.paint(edited, .dim) + "\n")
    session.run(edited)
  }
}
