import Basics

/// Shows an inner view of an expression.
struct ShowCommand: SessionCommand {
  static let name = "show"
  static let usage = "ast|gp EXPR"
  static let text = "syntax tree or gnuplot script of EXPR"
  static let argument = CommandArgument.code

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    let parts = arguments.split(separator: " ", maxSplits: 1).map(CommandCall.trimmed)
    guard parts.count == 2 else {
      throw Problem(
        "command", ":show needs a view and an expression", suggestions: [":show ast 1 + 2*3"])
    }
    let text = try session.engine.view(parts[0], of: parts[1])
    session.screen.write(text.hasSuffix("\n") ? text : text + "\n")
  }
}
