/// A stretch of a source text: UTF-8 byte offsets `start..<end`.
package struct Span: Equatable, Hashable, Sendable {
  /// Offset of the first byte.
  package let start: Int
  /// Offset after the last byte; never before `start`.
  package let end: Int

  package init(start: Int, end: Int) {
    precondition(0 <= start && start <= end, "a span runs forwards")
    self.start = start
    self.end = end
  }

  /// The empty span at an offset.
  package init(at offset: Int) { self.init(start: offset, end: offset) }

  /// How many bytes it covers.
  package var count: Int { end - start }

  /// The smallest span that covers both.
  package func joined(with other: Span) -> Span {
    Span(start: min(start, other.start), end: max(end, other.end))
  }

  /// Whether `other` lies inside.
  package func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }
}
