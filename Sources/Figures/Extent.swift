/// The extent of data along both axes. Values that are not finite do not count.
package struct Extent: Equatable, Sendable {
  package var x: ClosedRange<Double>?
  package var y: ClosedRange<Double>?
  /// The smallest positive values, for logarithmic axes.
  package var positiveX: Double?
  package var positiveY: Double?

  package init() {}

  package init(x: some Sequence<Double>, y: some Sequence<Double>) {
    for value in x { includeX(value) }
    for value in y { includeY(value) }
  }

  /// Widens the extent to a value on the x axis; what is not finite has no place.
  package mutating func includeX(_ value: Double) {
    guard value.isFinite else { return }
    x = x.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
    if value > 0 { positiveX = min(positiveX ?? value, value) }
  }

  /// Widens the extent to a value on the y axis.
  package mutating func includeY(_ value: Double) {
    guard value.isFinite else { return }
    y = y.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
    if value > 0 { positiveY = min(positiveY ?? value, value) }
  }

  /// Widens the extent to all of another.
  package mutating func formUnion(_ other: Extent) {
    for value in [other.x?.lowerBound, other.positiveX, other.x?.upperBound] {
      if let value { includeX(value) }
    }
    for value in [other.y?.lowerBound, other.positiveY, other.y?.upperBound] {
      if let value { includeY(value) }
    }
  }
}
