/// Trouble with the user's program, data or machine: facts that a border turns into a diagnostic.
///
/// Libraries below the language throw it; the language adds the place in the source.
package struct Problem: Error, Equatable, Sendable {
  /// Stable word that names the kind of trouble, as in `error[shape]`.
  package var slug: String
  /// One sentence with the actual values.
  package var message: String
  /// Why it is wrong, one line each.
  package var notes: [String]
  /// Concrete things to write instead, one line each.
  package var suggestions: [String]
  /// Position of the argument that is to blame, counted from 0, when the thrower knows it.
  package var argument: Int?

  package init(
    _ slug: String, _ message: String, notes: [String] = [], suggestions: [String] = [],
    argument: Int? = nil
  ) {
    self.slug = slug
    self.message = message
    self.notes = notes
    self.suggestions = suggestions
    self.argument = argument
  }
}

extension Problem: CustomStringConvertible {
  package var description: String {
    (["error[\(slug)]: \(message)"] + notes.map { "   " + $0 }
      + suggestions.map { "   try:  " + $0 }).joined(separator: "\n")
  }
}

/// Thrown by work that noticed a request to stop.
package struct Interrupted: Error, Sendable {
  package init() {}
}
