/// Whether an entry at the prompt can run, or Enter should open another line.
package enum Completeness: Equatable, Sendable {
  case complete
  /// What the text still needs: "`)`", "a value".
  case incomplete(String)

  /// A text with a mistake in it counts as complete, so that the mistake is shown at once.
  package init(of text: String) {
    if let missing = Parser.program(in: SourceText(text: text)).missing {
      self = .incomplete(missing)
    } else {
      self = .complete
    }
  }
}
