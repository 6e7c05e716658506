import Basics
import Images

/// A matrix as colours.
package struct Heat: Mark {
  package static let name = "heat"
  package static let text = """
    Each entry of a matrix as a cell of colour, first row on top.

    `x` and `y` name the columns and rows. `values = true` writes the number into each cell, by
    itself when there are few. With `zmin`, `zmax` the colours are the same in several panels.
    """
  package static let examples = """
    heat([9, 1; 2, 8], x = ["bag", "coat"], y = ["bag", "coat"])
    heat([1, 2; 3, 4], map = "magma", values = true)
    """
  package static let channels: [Channel<Heat>] = [
    Channel("matrix", \.matrix, "the numbers, one cell each"),
    Channel("x", \.x, required: false, "names of the columns"),
    Channel("y", \.y, required: false, "names of the rows"),
  ]
  package static let settings: [Setting<Heat>] = [
    Setting("map", \.map, "name of a colour map"),
    Setting("label", \.style.label, "what the numbers are, beside the colour bar"),
    Setting("bar", \.bar, "whether a colour bar stands beside it"),
    Setting("values", \.values, "whether the numbers are written into the cells"),
    Setting("zmin", \.zmin, "number of the first colour; nan for the smallest entry"),
    Setting("zmax", \.zmax, "number of the last colour; nan for the largest entry"),
  ]

  package var matrix: Matrix?
  package var x: [String] = []
  package var y: [String] = []
  package var style = MarkStyle()
  package var map = "viridis"
  package var bar = true
  package var values = Choice.automatic
  package var zmin = Double.nan
  package var zmax = Double.nan

  package init() {}

  package func check() throws {
    guard let matrix, !matrix.values.isEmpty else {
      throw Problem("plot", "`heat` has nothing to show", notes: ["`matrix` is empty"])
    }
    if !x.isEmpty { try requireSameLength([("x", x.count), ("columns", matrix.columns)]) }
    if !y.isEmpty { try requireSameLength([("y", y.count), ("rows", matrix.rows)]) }
    _ = try ColourMap.named(map)
  }

  package var extent: Extent {
    Extent(
      x: [-0.5, Double(matrix?.columns ?? 1) - 0.5], y: [-0.5, Double(matrix?.rows ?? 1) - 0.5])
  }

  package var hints: (x: AxisHints, y: AxisHints) {
    var hints = (x: AxisHints(), y: AxisHints())
    hints.x.isTight = true
    hints.y.isTight = true
    hints.y.isReversed = true
    hints.x.isCounted = true
    hints.y.isCounted = true
    hints.x.names = x.isEmpty ? nil : x
    hints.y.names = y.isEmpty ? nil : y
    return hints
  }

  package var takesTurn: Bool { false }

  package var aspect: Double? {
    guard let matrix, matrix.rows > 0 else { return nil }
    let aspect = Double(matrix.columns) / Double(matrix.rows)
    return (0.4...2.5).contains(aspect) ? aspect : nil
  }

  package var colours: ColourKey? {
    matrix.flatMap {
      ColourKey(map, of: $0.values, from: zmin, to: zmax, label: style.label, hasBar: bar)
    }
  }

  package func swatches(_ look: Look) -> [Swatch] { [] }

  package func draw(on sketch: inout Sketch) {
    guard let matrix, let key = colours else { return }
    let grid = GnuplotScript.Grid(
      columns: matrix.columns, rows: matrix.rows, x: 0, y: 0, dx: 1, dy: 1)
    sketch.add(.values(matrix.values.map { Float($0) }, grid), at: .picture)
    guard values.resolved(matrix.values.count <= 36) else { return }
    let cell = min(
      sketch.box.height / Double(matrix.rows) * 0.5, sketch.box.width / Double(matrix.columns) / 2.6
    )
    let size = min(sketch.textSize, cell)
    if size < 3.5 { return }
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns {
        let value = matrix[row, column]
        guard value.isFinite else { continue }
        let share =
          (value - key.range.lowerBound) / (key.range.upperBound - key.range.lowerBound)
        let (r, g, b) = key.map.at(share)
        sketch.add(
          GnuplotScript.Text(
            text: .plain(NumberText.short(value, digits: 2)), x: .data(Double(column)),
            y: .data(Double(row)), justification: .center, size: size,
            color: Colour(r, g, b).lightness < 0.55 ? .white : .ink))
      }
    }
  }

  package var table: [(name: String, values: [Double])] {
    guard let matrix else { return [] }
    let rows = (0..<matrix.rows).flatMap { row in (0..<matrix.columns).map { _ in Double(row) } }
    let columns = (0..<matrix.rows).flatMap { _ in (0..<matrix.columns).map(Double.init) }
    return [("x", columns), ("y", rows), ("z", matrix.values)]
  }
}
