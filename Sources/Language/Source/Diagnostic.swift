import Basics

/// Trouble with a place: what a user reads when a program is wrong or was stopped.
package struct Diagnostic: Error, Sendable {
  /// How bad it is.
  package enum Severity: String, Sendable {
    case error, warning, stopped
  }

  /// A marked stretch of the source with a few words about it.
  package struct Label: Sendable, Equatable {
    package let span: Span
    /// May be empty: then the stretch is only underlined.
    package let text: String
    /// Whether it is the place that tools jump to.
    package let isPrimary: Bool
    /// Whether it marks where something begins rather than all of it.
    package let isOpening: Bool

    package init(_ span: Span, _ text: String = "", isPrimary: Bool = true, isOpening: Bool = false)
    {
      self.span = span
      self.text = text
      self.isPrimary = isPrimary
      self.isOpening = isOpening
    }
  }

  /// A call that was under way, innermost first in `frames`.
  package struct Frame: Sendable {
    /// The function that was called.
    package let name: String
    package let source: SourceText?
    /// Where the call stands.
    package let span: Span?

    package init(name: String, source: SourceText? = nil, span: Span? = nil) {
      self.name = name
      self.source = source
      self.span = span
    }
  }

  package var severity: Severity
  /// Stable word that names the kind of trouble, as in `error[shape]`.
  package var slug: String
  /// One line with the actual values.
  package var message: String
  package var labels: [Label]
  /// Why it is wrong, one line each.
  package var notes: [String]
  /// Concrete things to write instead, one line each.
  package var suggestions: [String]
  package var frames: [Frame]
  /// The text that the labels' spans belong to.
  package var source: SourceText?

  package init(
    _ slug: String, _ message: String, severity: Severity = .error, labels: [Label] = [],
    notes: [String] = [], suggestions: [String] = [], frames: [Frame] = [],
    source: SourceText? = nil
  ) {
    self.severity = severity
    self.slug = slug
    self.message = message
    self.labels = labels
    self.notes = notes
    self.suggestions = suggestions
    self.frames = frames
    self.source = source
  }

  /// A problem that a library found, with the place that the language knows.
  package init(_ problem: Problem, at span: Span?, source: SourceText?) {
    self.init(
      problem.slug, problem.message, labels: span.map { [Label($0)] } ?? [], notes: problem.notes,
      suggestions: problem.suggestions, source: source)
  }

  /// Where tools jump to: the first primary label, else the first.
  package var span: Span? { (labels.first { $0.isPrimary } ?? labels.first)?.span }
}
