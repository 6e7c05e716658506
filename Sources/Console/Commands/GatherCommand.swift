import Basics

/// Writes what one name needs as a notebook.
struct GatherCommand: SessionCommand {
  static let name = "gather"
  static let usage = "NAME FILE"
  static let text = "write and replay a notebook of what NAME needs"

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    let words = arguments.split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2 else {
      throw Problem(
        "command", ":gather needs a name and a file", suggestions: [":gather fig figure.fdsl"])
    }
    let notebook = SessionNotebook(session.entries, seed: session.firstSeed, goal: words[0]) {
      session.engine.names(in: $0)
    }
    guard !notebook.cells.isEmpty else {
      let known = session.engine.variables.map(\.name)
      throw Problem(
        "name", "no entry of this session defines `\(words[0])`",
        suggestions: Spelling.nearest(to: words[0], in: known).map { ["`\($0)`"] } ?? [])
    }
    try SaveCommand.save(
      notebook, as: CommandCall.trimmed(words[1]), isForced: isForced, in: session)
  }
}
