import Language

/// What is wrong with a program, or what stopped it.
public struct ProgramError: Error, Sendable, CustomStringConvertible {
  /// Stable word that names the kind of trouble, as in `error[shape]`.
  public let slug: String
  /// One sentence with the actual values.
  public let message: String
  /// Why it is wrong, one line each.
  public let notes: [String]
  /// Concrete things to write instead, one line each.
  public let suggestions: [String]
  /// Line of the program, counted from 1, if the place is known.
  public let line: Int?
  /// Column in that line, counted from 1.
  public let column: Int?
  /// The whole diagnostic for a reader, with the lines of the program it is about.
  public let description: String

  init(_ diagnostic: Diagnostic) {
    slug = diagnostic.slug
    message = diagnostic.message
    notes = diagnostic.notes
    suggestions = diagnostic.suggestions
    let place = diagnostic.span?.start
    line = place.flatMap { diagnostic.source?.line(of: $0) }
    column = place.flatMap { diagnostic.source?.column(of: $0) }
    description = DiagnosticText().text(of: diagnostic)
  }
}
