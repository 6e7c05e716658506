import Basics

/// Leaves the session.
struct QuitCommand: SessionCommand {
  static let name = "quit"
  static let usage = "[STATUS]"
  static let text = "leave"

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    guard let status = arguments.isEmpty ? 0 : Int32(arguments), (0...255).contains(status) else {
      throw Problem("command", "a status is a number from 0 to 255, not \"\(arguments)\"")
    }
    session.exitStatus = status
  }
}
