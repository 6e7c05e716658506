import Basics

/// Words at a place.
package struct Annotation: Mark {
  package static let name = "text"
  package static let text = """
    Words at (x, y) in the data, `$…$` for simple mathematics.

    `align` is "left", "center" or "right"; `size` is in points.
    """
  package static let examples = """
    plot(sin, 0..2π) + text([1.6], [1.05], "maximum")
    scatter([1, 2], [3, 4]) + text([1, 2], [3.1, 4.1], ["a", "b"])
    """
  package static let channels: [Channel<Annotation>] = [
    Channel("x", \.x, "positions along the x axis"), Channel("y", \.y, "heights"),
    Channel("texts", \.texts, "the words, one for each place"),
  ]
  package static let settings: [Setting<Annotation>] = [
    colorSetting, sizeSetting,
    Setting("align", \.align, choices: ["left", "center", "right"], "which part is at the place"),
    Setting("rotate", \.rotate, in: -360...360, "degrees against the clock"),
  ]

  package var x: [Double] = []
  package var y: [Double] = []
  package var texts: [String] = []
  package var style = MarkStyle()
  package var align = "center"
  package var rotate = 0.0

  package init() {}

  package func check() throws {
    try requireSameLength([("x", x.count), ("y", y.count), ("texts", texts.count)])
  }

  package var extent: Extent { Extent(x: x, y: y) }
  package var takesTurn: Bool { false }

  package func swatches(_ look: Look) -> [Swatch] { [] }

  package func draw(on sketch: inout Sketch) {
    var color = Colour.ink
    if case .fixed(let chosen) = style.color { color = chosen }
    for ((x, y), words) in zip(zip(x, y), texts) where sketch.x.contains(x) && sketch.y.contains(y)
    {
      sketch.add(
        GnuplotScript.Text(
          text: RichText(words), x: .data(x), y: .data(y),
          justification: .init(rawValue: align) ?? .center, rotation: rotate,
          size: style.size > 0 ? style.size : sketch.textSize, color: color))
    }
  }

  package var table: [(name: String, values: [Double])] { [("x", x), ("y", y)] }
}
