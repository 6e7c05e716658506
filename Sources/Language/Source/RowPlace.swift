/// Where a row of a written table stands: the spans of its entries.
package struct RowPlace: Sendable {
  package let source: SourceText
  package let entries: [Span]
}
