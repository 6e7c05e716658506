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
  /// The place that is to blame, when the thrower was given one.
  package var blame: Blame?

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

  /// The problem as it stands in a program that calls the operands by these texts.
  ///
  /// Libraries do not know what their operands are called: their suggestions speak of `left` and
  /// `right`, and of `∘` for the operation between them.
  package func naming(left: String, right: String, sign: String) -> Problem {
    // The default boundary would take `left.T` for one word.
    let pattern = #/\b(left|right)\b(\.T)?| ∘ /#.wordBoundaryKind(.simple)
    var problem = self
    problem.suggestions = suggestions.map { suggestion in
      suggestion.replacing(pattern) { match in
        guard let side = match.1 else { return sign == "," ? ", " : " \(sign) " }
        let name = side == "left" ? left : right
        if match.2 == nil { return name }
        // The transpose of a transpose is what it was.
        return name.hasSuffix(".T") ? String(name.dropLast(2)) : name + ".T"
      }
    }
    return problem
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
