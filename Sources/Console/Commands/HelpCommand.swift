/// Shows help.
struct HelpCommand: SessionCommand {
  static let name = "help"
  static let usage = "[NAME]"
  static let text = "what to type here, or help for a name, as `?name`"

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) {
    SessionHelp(session: session).answer("?" + arguments)
  }
}
