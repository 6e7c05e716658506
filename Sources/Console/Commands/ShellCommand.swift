import Basics
import Foundation

/// Runs a command of the system's shell.
struct ShellCommand: SessionCommand {
  static let name = "sh"
  static let usage = "CMD"
  static let text = "run CMD in the shell; only here, not in files"

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    if session.options.isSafe {
      throw Problem("denied", ":sh is off under --safe")
    }
    guard !arguments.isEmpty else { throw Problem("command", ":sh needs a command") }
    // `system` waits with SIGINT ignored, so Ctrl-C stops the command and not the session.
    let status = system(arguments)
    if status != 0 {
      throw Problem("sh", "the command ended with status \(status >> 8 & 0xFF)")
    }
  }
}
