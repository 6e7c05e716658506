import Basics

/// Points.
package struct Scatter: Mark {
  package static let name = "scatter"
  package static let text = """
    A point at each (x, y).

    `marker` is "circle", "square", "triangle", "diamond", "down", "ring", "box", "cross", "plus"
    or "dot". Many points are drawn smaller.
    """
  package static let examples = """
    scatter(randn(200), randn(200))
    scatter([1, 2, 3], [2, 4, 9], marker = "ring", size = 6, label = "measured")
    """
  package static let channels: [Channel<Scatter>] = [
    Channel("x", \.x, "positions along the x axis"), Channel("y", \.y, "heights"),
  ]
  package static let settings: [Setting<Scatter>] = [
    labelSetting, colorSetting, markerSetting, sizeSetting,
  ]

  package var x: [Double] = []
  package var y: [Double] = []
  package var style = MarkStyle()

  package init() {}

  package func check() throws {
    try requireSameLength([("x", x.count), ("y", y.count)])
  }

  package var extent: Extent { Extent(x: x, y: y) }

  private var pointSize: Double {
    if style.size > 0 { return style.size }
    switch x.count {
    case ..<100: return 4
    case ..<1000: return 2.6
    default: return 1.4
    }
  }

  package func swatches(_ look: Look) -> [Swatch] {
    [.point(look.marker, size: max(pointSize, 3.5))]
  }

  package func draw(on sketch: inout Sketch) {
    sketch.add(
      .points(
        x: sketch.visible(x, on: sketch.x), y: sketch.visible(y, on: sketch.y),
        sketch.look.marker, size: pointSize, color: sketch.look.color), at: .point)
  }

  package var table: [(name: String, values: [Double])] { [("x", x), ("y", y)] }
}
