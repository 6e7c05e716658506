import Basics
import Images

/// A mark of heights over a plane: a matrix, and the positions of its columns and rows.
package protocol HeightField: Mark {
  var z: Matrix? { get set }
  /// Positions of the columns; counted from 0 when empty.
  var x: [Double] { get set }
  /// Positions of the rows; counted from 0 when empty.
  var y: [Double] { get set }
  /// Name of the colour map of the heights.
  var map: String { get set }
  /// Whether a colour bar stands beside it.
  var bar: Bool { get }
}

extension HeightField {
  package static var channels: [Channel<Self>] {
    [
      Channel("z", \Self.z, "heights; the order x, y, z is understood too"),
      Channel("x", \Self.x, required: false, "positions of the columns"),
      Channel("y", \Self.y, required: false, "positions of the rows"),
    ]
  }

  package func check() throws {
    guard let z, z.rows > 1, z.columns > 1 else {
      throw Problem("plot", "`\(Self.name)` needs at least 2 × 2 heights")
    }
    if !x.isEmpty { try requireSameLength([("x", x.count), ("columns of z", z.columns)]) }
    if !y.isEmpty { try requireSameLength([("y", y.count), ("rows of z", z.rows)]) }
    _ = try ColourMap.named(map)
  }

  /// Where the columns are.
  var xs: [Double] { x.isEmpty ? (0..<(z?.columns ?? 0)).map(Double.init) : x }
  /// Where the rows are.
  var ys: [Double] { y.isEmpty ? (0..<(z?.rows ?? 0)).map(Double.init) : y }

  package var hints: (x: AxisHints, y: AxisHints) {
    var hints = (x: AxisHints(), y: AxisHints())
    hints.x.isTight = true
    hints.y.isTight = true
    return hints
  }

  package var takesTurn: Bool { false }

  package func swatches(_ look: Look) -> [Swatch] { [] }

  package var colours: ColourKey? {
    z.flatMap { ColourKey(map, of: $0.values, label: style.label, hasBar: bar) }
  }

  package var table: [(name: String, values: [Double])] {
    guard let z else { return [] }
    let (xs, ys) = (xs, ys)
    return [
      ("x", (0..<z.rows).flatMap { _ in xs }),
      ("y", ys.flatMap { y in xs.map { _ in y } }), ("z", z.values),
    ]
  }
}
