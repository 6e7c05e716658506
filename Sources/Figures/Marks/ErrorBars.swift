import Basics

/// Upright bars from low to high.
package struct ErrorBars: Mark {
  package static let name = "errorbars"
  package static let text = """
    An upright bar from `lo` to `hi` at each x, with small caps.

    Colour as for `ribbon`: that of the line or points before it.
    """
  package static let examples = """
    x = [1, 2, 3]
    scatter(x, 2x) + errorbars(x, 2x - 1, 2x + 1)
    """
  package static let channels: [Channel<ErrorBars>] = [
    Channel("x", \.x, "positions along the x axis"), Channel("lo", \.lo, "lower ends"),
    Channel("hi", \.hi, "upper ends"),
  ]
  package static let settings: [Setting<ErrorBars>] = [labelSetting, colorSetting, widthSetting]

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

  package func swatches(_ look: Look) -> [Swatch] { [] }

  package func draw(on sketch: inout Sketch) {
    sketch.addBars(
      x: x, lower: lo, upper: hi, cap: 2, width: style.width > 0 ? style.width : 0.8)
  }

  package var table: [(name: String, values: [Double])] { [("x", x), ("lo", lo), ("hi", hi)] }
}
