import Basics

/// A band between two curves.
package struct Ribbon: Mark {
  package static let name = "ribbon"
  package static let text = """
    A pale band from `lo` to `hi`: the spread over seeds, an interval of confidence.

    Without a label or colour of its own it takes the colour of the line before it, or of the one
    after it when there is none before.
    """
  package static let examples = """
    x = [5, 10, 30]
    line(x, 2x, label = "fractal") + ribbon(x, 2x - 3, 2x + 3)
    """
  package static let channels: [Channel<Ribbon>] = [
    Channel("x", \.x, "positions along the x axis"), Channel("lo", \.lo, "lower edge"),
    Channel("hi", \.hi, "upper edge"),
  ]
  package static let settings: [Setting<Ribbon>] = [
    labelSetting, colorSetting, opacitySetting,
  ]

  package var x: [Double] = []
  package var lo: [Double] = []
  package var hi: [Double] = []
  package var style = MarkStyle()

  package init() {}

  package func check() throws {
    try requireSameLength([("x", x.count), ("lo", lo.count), ("hi", hi.count)])
  }

  package var extent: Extent { Extent(x: x, y: lo + hi) }
  package var takesTurn: Bool { false }
  private var opacity: Double { style.opacity > 0 ? style.opacity : 0.18 }

  package func swatches(_ look: Look) -> [Swatch] { [.fill(opacity: opacity)] }

  package func draw(on sketch: inout Sketch) {
    // On a logarithmic axis an edge at or below zero is cut at the axis, not left out: the upper
    // edge still says something.
    var lower = sketch.visible(lo, on: sketch.y)
    if sketch.y.isLogarithmic {
      for (index, value) in lo.enumerated() where value <= 0 {
        lower[index] = min(sketch.y.lower, sketch.y.upper)
      }
    }
    sketch.add(
      .band(
        x: sketch.visible(x, on: sketch.x), lower: lower,
        upper: sketch.visible(hi, on: sketch.y), color: sketch.look.color, opacity: opacity),
      at: .fill)
  }

  package var table: [(name: String, values: [Double])] { [("x", x), ("lo", lo), ("hi", hi)] }
}
