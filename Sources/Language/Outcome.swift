/// How a run ended.
package enum Outcome: Sendable {
  case finished
  case failed(Diagnostic)
  case interrupted
}

/// One statement that has run.
package struct StatementResult: Sendable {
  /// Its place in the source, without a final `;`.
  package let span: Span
  /// Its place in the text that was run: for statements of a file that it uses, that of `use`.
  package let place: Span
  /// Its value; `.none` for assignments, definitions and loops.
  package let value: Value
  /// What an echo shows; nil when there is nothing to echo.
  package let shown: Shown?
  /// What it printed.
  package let printed: String
  /// Seconds it took.
  package let elapsed: Double
  /// Files it wrote, as the program named them.
  package let filesWritten: [String]
}
