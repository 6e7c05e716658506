import Basics

/// A straight line across the panel.
package struct Rule: Mark {
  package static let name = "rule"
  package static let text = """
    A line across the whole panel at the given heights `y` or positions `x`: a baseline, a chance
    level, the epoch at which something changed.
    """
  package static let examples = """
    line([1, 2], [0.3, 0.5]) + rule(y = 0.1, label = "chance")
    line([1, 2, 3], [3, 1, 2]) + rule(x = 2, dash = "dotted")
    """
  package static let channels: [Channel<Rule>] = [
    Channel("y", \.y, required: false, "heights of level lines"),
    Channel("x", \.x, required: false, "positions of upright lines"),
  ]
  package static let settings: [Setting<Rule>] = [
    labelSetting, colorSetting, widthSetting, dashSetting,
  ]

  package var y: [Double] = []
  package var x: [Double] = []
  package var style = MarkStyle()

  package init() { style.color = .fixed(.gray) }

  package func check() throws {
    if x.isEmpty && y.isEmpty {
      throw Problem(
        "plot", "`rule` has nothing to show", suggestions: ["rule(y = 0)", "rule(x = 1)"])
    }
  }

  package var extent: Extent { Extent(x: x, y: y) }
  package var takesTurn: Bool { false }
  private var lineWidth: Double { style.width > 0 ? style.width : 0.8 }
  private var dash: Dash { style.dash == .automatic ? .dotted : style.dash }

  package func swatches(_ look: Look) -> [Swatch] { [.line(width: lineWidth, dash: dash)] }

  package func draw(on sketch: inout Sketch) {
    for value in y where sketch.y.contains(value) {
      sketch.add(
        .line(
          from: (.box(0), .data(value)), to: (.box(1), .data(value)), width: lineWidth, dash: dash,
          color: sketch.look.color))
    }
    for value in x where sketch.x.contains(value) {
      sketch.add(
        .line(
          from: (.data(value), .box(0)), to: (.data(value), .box(1)), width: lineWidth, dash: dash,
          color: sketch.look.color))
    }
  }

  package var table: [(name: String, values: [Double])] {
    [("x", x), ("y", y)].filter { !$0.1.isEmpty }
  }
}
