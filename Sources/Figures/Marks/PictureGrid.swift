import Basics
import Images

/// Pictures in rows and columns, with captions.
package struct PictureGrid: Mark {
  package static let name = "montage"
  package static let text = """
    Pictures in a grid, row by row, with captions above the columns and beside the rows.

    `gap` is in points on paper. Cells are as large as the largest picture; pixels stay unsmoothed
    and captions are letters, not pixels.
    """
  package static let examples = """
    montage([render(c, size = 64) for c in codes[:16]], columns = 8, gap = 2pt)
    montage(pictures, columns = 4, columnlabels = ["28", "64", "128", "256"])
    """
  package static let channels: [Channel<PictureGrid>] = [
    Channel("pictures", \.pictures, "what to show, row by row"),
    Channel("columnlabels", \.columnLabels, required: false, "captions above the columns"),
    Channel("rowlabels", \.rowLabels, required: false, "captions left of the rows"),
  ]
  package static let settings: [Setting<PictureGrid>] = [
    Setting("columns", \.columns, in: 0...1000, "pictures in a row; 0 for about a square"),
    Setting("gap", \.gap, in: 0...100, "points between pictures"),
    Setting("map", \.map, "name of a colour map for gray pictures; empty for gray"),
    Setting("frame", \.frame, "whether a hairline surrounds each picture"),
  ]

  package var pictures: [Image] = []
  package var columnLabels: [String] = []
  package var rowLabels: [String] = []
  package var style = MarkStyle()
  package var columns = 0
  package var gap = 1.5
  package var map = ""
  package var frame = false

  package init() {}

  package func check() throws {
    if pictures.isEmpty {
      throw Problem("plot", "`montage` has nothing to show", notes: ["`pictures` is empty"])
    }
    if !columnLabels.isEmpty {
      try requireSameLength([("columnlabels", columnLabels.count), ("columns", columnCount)])
    }
    if !rowLabels.isEmpty {
      try requireSameLength([("rowlabels", rowLabels.count), ("rows", rowCount)])
    }
    if !map.isEmpty { _ = try ColourMap.named(map) }
  }

  var columnCount: Int {
    if columns > 0 { return min(columns, max(pictures.count, 1)) }
    return max(1, Int(Double(pictures.count).squareRoot().rounded(.up)))
  }
  var rowCount: Int { (pictures.count + columnCount - 1) / columnCount }
  private var cell: (width: Double, height: Double) {
    (
      Double(pictures.map(\.width).max() ?? 1), Double(pictures.map(\.height).max() ?? 1)
    )
  }

  package var extent: Extent { Extent(x: [0, 1], y: [0, 1]) }

  package var hints: (x: AxisHints, y: AxisHints) {
    var hints = (x: AxisHints(), y: AxisHints())
    hints.x.isTight = true
    hints.y.isTight = true
    return hints
  }

  package var takesTurn: Bool { false }
  package var needsAxes: Bool { false }
  package var standsAlone: Bool { true }

  /// What captions take on the left and above.
  private func captions(textSize: Double) -> (width: Double, height: Double) {
    let widest = rowLabels.map { RichText($0).width(size: textSize) }.max()
    return (widest.map { $0 + 3 } ?? 0, columnLabels.isEmpty ? 0 : 1.35 * textSize)
  }

  /// The height at which the grid fills `width`.
  func height(width: Double, textSize: Double) -> Double {
    let (captionWidth, captionHeight) = captions(textSize: textSize)
    let (columns, rows) = (Double(columnCount), Double(rowCount))
    let cellWidth = max(1, (width - captionWidth - gap * (columns - 1)) / columns)
    return captionHeight + rows * cellWidth * cell.height / cell.width + gap * (rows - 1)
  }

  /// Of the pictures alone; gaps and captions change it a little, which `draw` evens out.
  package var aspect: Double? {
    (Double(columnCount) * cell.width) / (Double(rowCount) * cell.height)
  }

  package func swatches(_ look: Look) -> [Swatch] { [] }

  package func draw(on sketch: inout Sketch) {
    let box = sketch.box
    let (captionWidth, captionHeight) = captions(textSize: sketch.textSize)
    let (columns, rows) = (Double(columnCount), Double(rowCount))
    // Points a pixel, so that everything fits both ways.
    let scale = max(
      0.001,
      min(
        (box.width - captionWidth - gap * (columns - 1)) / (columns * cell.width),
        (box.height - captionHeight - gap * (rows - 1)) / (rows * cell.height)))
    let used = captionWidth + columns * cell.width * scale + gap * (columns - 1)
    let left = box.left + (box.width - used) / 2 + captionWidth
    let top = box.top - captionHeight
    let colours = map.isEmpty ? nil : try? ColourMap.named(map)
    for (index, picture) in pictures.enumerated() {
      let x = left + Double(index % columnCount) * (cell.width * scale + gap)
      let y = top - Double(index / columnCount) * (cell.height * scale + gap)
      let (width, height) = (Double(picture.width) * scale, Double(picture.height) * scale)
      // The panel's coordinates run from 0 to 1 in both directions.
      let (stepX, stepY) = (scale / box.width, scale / box.height)
      let grid = GnuplotScript.Grid(
        columns: picture.width, rows: picture.height,
        x: (x - box.left) / box.width + stepX / 2,
        y: (y - height - box.bottom) / box.height + stepY / 2, dx: stepX, dy: stepY)
      let shown = colours?.apply(picture) ?? picture
      sketch.add(.pixels(Picture.rowsFromBottom(shown), grid), at: .picture)
      if frame {
        for (from, to) in [
          ((x, y), (x + width, y)), ((x + width, y), (x + width, y - height)),
          ((x + width, y - height), (x, y - height)), ((x, y - height), (x, y)),
        ] {
          sketch.add(
            .line(
              from: (.page(from.0), .page(from.1)), to: (.page(to.0), .page(to.1)), width: 0.4,
              dash: .solid, color: .gray))
        }
      }
    }
    for (index, label) in columnLabels.enumerated() {
      sketch.add(
        GnuplotScript.Text(
          text: RichText(label),
          x: .page(left + Double(index) * (cell.width * scale + gap) + cell.width * scale / 2),
          y: .page(top + 0.6 * sketch.textSize), justification: .center, size: sketch.textSize))
    }
    for (index, label) in rowLabels.enumerated() {
      sketch.add(
        GnuplotScript.Text(
          text: RichText(label), x: .page(left - 3),
          y: .page(
            top - Double(index) * (cell.height * scale + gap) - cell.height * scale / 2),
          justification: .right, size: sketch.textSize))
    }
  }

  package var table: [(name: String, values: [Double])] { [] }
}
