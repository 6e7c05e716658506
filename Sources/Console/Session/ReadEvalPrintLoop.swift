/// Reads entries and hands them to a session until the user leaves.
package struct ReadEvalPrintLoop {
  /// What stands before an entry.
  package static let prompt = "fdsl> "

  package let session: TerminalSession
  package let editor: any LineEditor

  package init(session: TerminalSession, editor: any LineEditor) {
    self.session = session
    self.editor = editor
  }

  /// Runs to the end and returns the exit status.
  ///
  /// - Parameter isInteractive: whether a person types; a pipe's status tells of failed entries.
  package func run(isInteractive: Bool) throws -> Int32 {
    session.setKeys = { [editor] in editor.setKeys($0) }
    for item in session.history.items() { editor.remember(item.entry) }
    while session.exitStatus == nil, !session.screen.isClosed {
      let draft = session.draft
      session.draft = ""
      switch try editor.read(prompt: Self.prompt, draft: draft) {
      case .entry(let entry):
        session.submit(entry)
        let isBlank = entry.allSatisfy(\.isWhitespace)
        if !isBlank, !entry.hasPrefix(" ") { editor.remember(entry) }
        if !isInteractive, session.entries.last?.status == .interrupted { return 130 }
      case .interrupted: continue
      case .end: return isInteractive || session.failures == 0 ? 0 : 1
      }
    }
    return session.exitStatus ?? 0
  }
}
