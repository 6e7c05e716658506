import Basics
import Foundation

/// How often values occur.
package struct Histogram: Mark {
  package static let name = "histogram"
  package static let text = """
    Counts of the values in equal bins.

    Without `bins` their number follows the rule of Freedman and Diaconis, at most 100. With
    `density = true` the area of all bars is 1. `.counts` are the heights of the bars, `.edges`
    the bounds of the bins.
    """
  package static let examples = """
    histogram(randn(1000));
    histogram([1, 2, 2, 4], bins = 3).counts     #> [1, 2, 1]
    histogram([1, 2, 2, 4], bins = 3).edges      #> [1, 2, 3, 4]
    histogram(rand(500), bins = 20, density = true)
    """
  package static let channels: [Channel<Histogram>] = [
    Channel("values", \.values, "the numbers to count")
  ]
  package static let settings: [Setting<Histogram>] = [
    labelSetting, colorSetting, opacitySetting,
    Setting("bins", \.bins, in: 0...10000, "number of bins; 0 to choose by the data"),
    Setting("density", \.density, "whether the area is 1"),
  ]

  package var values: [Double] = []
  package var style = MarkStyle()
  package var bins = 0
  package var density = false

  package init() {}

  package func check() throws {
    try requireSameLength([("values", values.count)])
  }

  /// The edges of the bins and the height of each bar.
  package var counted: (edges: [Double], heights: [Double]) {
    let sorted = values.filter { abs($0) < 1e300 }.sorted()
    guard let low = sorted.first, let high = sorted.last else { return ([0, 1], [0]) }
    let width = high > low ? high - low : 1
    var count = bins
    if count == 0 {
      let spread = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
      let step = 2 * spread / cbrt(Double(sorted.count))
      count = step > 0 ? min(100, max(1, Int((width / step).rounded(.up)))) : 10
    }
    let start = high > low ? low : low - 0.5
    let edges = (0...count).map { start + width * Double($0) / Double(count) }
    var heights = [Double](repeating: 0, count: count)
    for value in sorted {
      heights[min(count - 1, max(0, Int((value - start) / width * Double(count))))] += 1
    }
    if density {
      let area = Double(sorted.count) * width / Double(count)
      heights = heights.map { $0 / area }
    }
    return (edges, heights)
  }

  package var extent: Extent {
    let (edges, heights) = counted
    return Extent(x: edges, y: heights)
  }

  package var hints: (x: AxisHints, y: AxisHints) {
    var hints = (x: AxisHints(), y: AxisHints())
    hints.y.includesZero = true
    return hints
  }

  private var opacity: Double { style.opacity > 0 ? style.opacity : 0.75 }

  package func swatches(_ look: Look) -> [Swatch] { [.fill(opacity: opacity)] }

  package func draw(on sketch: inout Sketch) {
    let (edges, heights) = counted
    let base = sketch.y.isLogarithmic ? min(sketch.y.lower, sketch.y.upper) : 0
    sketch.add(
      .boxes(
        left: Array(edges.dropLast()), right: Array(edges.dropFirst()),
        bottom: heights.map { _ in base }, top: heights, color: sketch.look.color,
        opacity: opacity), at: .fill)
  }

  package var table: [(name: String, values: [Double])] {
    let (edges, heights) = counted
    return [("x", Array(edges.dropLast())), ("y", heights)]
  }
}
