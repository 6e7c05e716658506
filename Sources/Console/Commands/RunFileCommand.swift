import Basics
import Foundation

/// Runs a file in a fresh process.
struct RunFileCommand: SessionCommand {
  static let name = "run"
  static let usage = "FILE"
  static let text = "run FILE in a fresh process"
  static let argument = CommandArgument.path

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    guard !arguments.isEmpty else { throw Problem("command", ":run needs a file") }
    let path = arguments.hasPrefix("~/") ? NSHomeDirectory() + arguments.dropFirst() : arguments
    guard FileManager.default.fileExists(atPath: path) else {
      throw Problem("file", "there is no file \"\(arguments)\"")
    }
    let result = try session.options.replay(["./" + path].map { path.hasPrefix("/") ? path : $0 })
    session.screen.write(result.output)
    if result.status != 0 {
      throw Problem("run", "\"\(arguments)\" ended with status \(result.status)")
    }
  }
}
