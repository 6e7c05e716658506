import Basics
import Images

/// A picture at the places of its pixels.
package struct Picture: Mark {
  package static let name = "image"
  package static let text = """
    A picture, its pixels unsmoothed; the centre of the upper left one is at (0, 0).

    It has no axes unless the plot is given some. A gray picture can be coloured with `map`.
    """
  package static let examples = """
    image(render(fern, size = 128))
    image(render(fern, size = 128), map = "magma")
    """
  package static let channels: [Channel<Picture>] = [
    Channel("picture", \.pictures, "what to show")
  ]
  package static let settings: [Setting<Picture>] = [
    Setting("map", \.map, "name of a colour map for a gray picture; empty for gray")
  ]

  package var pictures: [Image] = []
  package var style = MarkStyle()
  package var map = ""

  package init() {}

  package func check() throws {
    if pictures.count != 1 {
      throw Problem(
        "plot", "`image` shows one picture, not \(pictures.count)",
        suggestions: ["montage(pictures)"])
    }
    if !map.isEmpty { _ = try ColourMap.named(map) }
  }

  private var size: (width: Double, height: Double) {
    (Double(pictures.first?.width ?? 1), Double(pictures.first?.height ?? 1))
  }

  package var extent: Extent {
    Extent(x: [-0.5, size.width - 0.5], y: [-0.5, size.height - 0.5])
  }

  package var hints: (x: AxisHints, y: AxisHints) {
    var hints = (x: AxisHints(), y: AxisHints())
    hints.x.isTight = true
    hints.y.isTight = true
    hints.y.isReversed = true
    return hints
  }

  package var takesTurn: Bool { false }
  package var needsAxes: Bool { false }
  package var aspect: Double? { size.width / size.height }

  package func swatches(_ look: Look) -> [Swatch] { [] }

  package func draw(on sketch: inout Sketch) {
    guard var picture = pictures.first else { return }
    if let found = map.isEmpty ? nil : try? ColourMap.named(map) { picture = found.apply(picture) }
    sketch.add(
      .pixels(
        picture.rgb().bytes,
        GnuplotScript.Grid(
          columns: picture.width, rows: picture.height, x: 0, y: 0, dx: 1, dy: 1)),
      at: .picture)
  }

  package var table: [(name: String, values: [Double])] { [] }

  /// Red, green, blue of each pixel, bottom row first.
  static func rowsFromBottom(_ picture: Image) -> [UInt8] {
    let bytes = picture.rgb().bytes
    let row = 3 * picture.width
    return (0..<picture.height).reversed().flatMap { bytes[($0 * row)..<(($0 + 1) * row)] }
  }
}
