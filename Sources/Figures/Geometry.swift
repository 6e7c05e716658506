/// A rectangle on the page in points, measured from the lower left corner.
package struct Rectangle: Equatable, Sendable {
  package var left: Double
  package var bottom: Double
  package var right: Double
  package var top: Double

  package init(left: Double, bottom: Double, right: Double, top: Double) {
    self.left = left
    self.bottom = bottom
    self.right = right
    self.top = top
  }

  package var width: Double { right - left }
  package var height: Double { top - bottom }
  package var middleX: Double { (left + right) / 2 }
  package var middleY: Double { (bottom + top) / 2 }

  /// The largest rectangle of `aspect` (width over height) inside, at the top, in the middle.
  package func fitting(aspect: Double) -> Rectangle {
    let width = min(width, height * aspect)
    let height = width / aspect
    return Rectangle(
      left: middleX - width / 2, bottom: top - height, right: middleX + width / 2, top: top)
  }
}

/// A matrix of numbers, row-major.
package struct Matrix: Equatable, Sendable {
  package let rows: Int
  package let columns: Int
  package let values: [Double]

  /// - Precondition: there are `rows` × `columns` values.
  package init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "a matrix holds rows × columns values")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  package subscript(row: Int, column: Int) -> Double { values[row * columns + column] }
}

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
