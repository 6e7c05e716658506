import Basics
import Foundation

/// Times one run of an expression.
struct TimeCommand: SessionCommand {
  static let name = "time"
  static let usage = "EXPR"
  static let text = "how long EXPR takes once, compiled or interpreted"
  static let argument = CommandArgument.code

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    guard !arguments.isEmpty else { throw Problem("command", ":time needs an expression") }
    let record = session.run(arguments)
    guard record.status == .finished else { return }
    let seconds = record.statements.reduce(0) { $0 + $1.elapsed }
    let note = record.statements.compactMap(\.note).last.map { ", " + $0 } ?? ""
    session.screen.write(
      session.screen.style.paint(NumberText.duration(seconds) + note, .dim) + "\n")
  }
}
