/// Forgets everything the session has defined.
struct ResetCommand: SessionCommand {
  static let name = "reset"
  static let text = "forget all names and entries of this session"

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) { session.reset() }
}
