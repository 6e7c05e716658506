/// The long story of an error, by the slug in `error[slug]`: what it means, a program that
/// provokes it and one that mends it.
package struct Explanation: Sendable {
  /// Where the examples are to be typed.
  package enum Place: Sendable {
    /// In a file.
    case program
    /// At the prompt of a session.
    case session
    /// At the shell.
    case commandLine
    /// Nowhere: the example tells of a thing that a short program cannot show.
    case described
  }

  /// The stable word.
  package let slug: String
  /// What the error means and what to do about it.
  package let text: String
  /// What provokes it.
  package let wrong: String
  /// What to write instead.
  package let mended: String
  package let place: Place

  init(
    _ slug: String, _ text: String, wrong: String, mended: String, in place: Place = .program
  ) {
    self.slug = slug
    self.text = text
    self.wrong = wrong
    self.mended = mended
    self.place = place
  }

  /// The story of a slug, or `nil` when there is none.
  package static func of(_ slug: String) -> Explanation? { table[slug] }

  private static let table = Dictionary(uniqueKeysWithValues: all.map { ($0.slug, $0) })

  /// All of it for a reader at a terminal.
  package var page: String {
    func block(_ text: String) -> String {
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
    }
    return """
      error[\(slug)]

      \(text)

      It comes from

      \(block(wrong))

      and goes with

      \(block(mended))
      """
  }
}
