import Basics

/// Arrows.
package struct Vectors: Mark {
  package static let name = "vectors"
  package static let text = """
    An arrow from each (x, y) that goes dx to the right and dy up.
    """
  package static let examples = """
    vectors([0, 1], [0, 0], [1, 0], [0.5, 1])
    vectors([0, 1, 2], [0, 0, 0], [0, 0, 0], [1, 2, 3], color = "C1")
    """
  package static let channels: [Channel<Vectors>] = [
    Channel("x", \.x, "where arrows start"), Channel("y", \.y, "where arrows start"),
    Channel("dx", \.dx, "how far they go right"), Channel("dy", \.dy, "how far they go up"),
  ]
  package static let settings: [Setting<Vectors>] = [labelSetting, colorSetting, widthSetting]

  package var x: [Double] = []
  package var y: [Double] = []
  package var dx: [Double] = []
  package var dy: [Double] = []
  package var style = MarkStyle()

  package init() {}

  package func check() throws {
    try requireSameLength([("x", x.count), ("y", y.count), ("dx", dx.count), ("dy", dy.count)])
  }

  package var extent: Extent {
    Extent(x: x + zip(x, dx).map { $0 + $1 }, y: y + zip(y, dy).map { $0 + $1 })
  }

  private var lineWidth: Double { style.width > 0 ? style.width : 0.8 }

  package func swatches(_ look: Look) -> [Swatch] { [.line(width: lineWidth, dash: .solid)] }

  package func draw(on sketch: inout Sketch) {
    sketch.add(
      .arrows(x: x, y: y, dx: dx, dy: dy, width: lineWidth, color: sketch.look.color), at: .line)
  }

  package var table: [(name: String, values: [Double])] {
    [("x", x), ("y", y), ("dx", dx), ("dy", dy)]
  }
}
