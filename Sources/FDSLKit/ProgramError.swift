import Foundation
import Language

/// What is wrong with a program, or what stopped it.
///
///     do { try fdsl.run("[1, 2] + [1, 2, 3]") } catch {
///       error.slug                                     // "shape"
///       error.message                                  // "[2] and [3] differ on axis 0"
///       print(error)                                   // the whole diagnostic
///     }
public struct ProgramError: Error, Sendable {
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

extension ProgramError: CustomStringConvertible {}

extension ProgramError: LocalizedError {
  /// The sentence, for alerts.
  public var errorDescription: String? { message }
  /// What to write instead, for alerts.
  public var recoverySuggestion: String? { suggestions.first }
}
