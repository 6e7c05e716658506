import Basics

/// Upright bars from the axis.
package struct Bars: Mark {
  package static let name = "bars"
  package static let text = """
    A bar from 0 to each height, one for each name.

    Several series of bars in one plot stand beside each other when each is told its place:
    `series = 0, of = 3` is the first of three.
    """
  package static let examples = """
    bars(["fractal", "noise", "none"], [0.66, 0.63, 0.61])
    a = bars(["5", "10"], [0.5, 0.6], label = "probe", series = 0, of = 2)
    a + bars(["5", "10"], [0.6, 0.7], label = "tuned", series = 1, of = 2)
    """
  package static let channels: [Channel<Bars>] = [
    Channel("names", \.names, "what stands below each bar"), Channel("y", \.y, "heights"),
  ]
  package static let settings: [Setting<Bars>] = [
    labelSetting, colorSetting,
    Setting("series", \.series, in: 0...63, "place of this series among those side by side"),
    Setting("of", \.of, in: 1...64, "number of series side by side"),
  ]

  package var names: [String] = []
  package var y: [Double] = []
  package var style = MarkStyle()
  package var series = 0
  package var of = 1

  package init() {}

  package func check() throws {
    try requireSameLength([("names", names.count), ("y", y.count)])
    if series >= of {
      throw Problem(
        "range", "`series` is \(series) of \(of)", notes: ["series are counted from 0"])
    }
  }

  package var extent: Extent {
    Extent(x: [-0.6, Double(names.count) - 0.4], y: y)
  }

  package var hints: (x: AxisHints, y: AxisHints) {
    var hints = (x: AxisHints(), y: AxisHints())
    hints.x.names = names
    hints.x.isTight = true
    hints.y.includesZero = true
    return hints
  }

  package func swatches(_ look: Look) -> [Swatch] { [.fill(opacity: 1)] }

  package func draw(on sketch: inout Sketch) {
    let share = 0.76 / Double(of)
    let left = names.indices.map { Double($0) - 0.38 + share * Double(series) }
    let gap = of > 1 ? 0.06 * share : 0
    let base = sketch.y.isLogarithmic ? min(sketch.y.lower, sketch.y.upper) : 0
    sketch.add(
      .boxes(
        left: left.map { $0 + gap }, right: left.map { $0 + share - gap },
        bottom: y.map { min($0, base) }, top: y.map { max($0, base) },
        color: sketch.look.color, opacity: 1), at: .fill)
  }

  package var table: [(name: String, values: [Double])] {
    [("x", names.indices.map(Double.init)), ("y", y)]
  }
}
