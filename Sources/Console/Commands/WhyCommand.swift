import Basics

/// Explains the last error.
struct WhyCommand: SessionCommand {
  static let name = "why"
  static let text = "the full explanation of the last error"

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    guard let trouble = session.lastTrouble else {
      return session.screen.write("nothing has failed yet\n")
    }
    let text = trouble.rendered(session.screen.style.isColoured)
    session.screen.write(text.hasSuffix("\n") ? text : text + "\n")
    if let story = session.engine.story(of: trouble.slug) {
      session.screen.write("\n" + (story.hasSuffix("\n") ? story : story + "\n"))
    }
  }
}
