import Basics

/// Medians and quartiles of groups.
package struct Box: Mark {
  package static let name = "box"
  package static let text = """
    For each row of a matrix a box from the first to the third quartile with a line at the median;
    whiskers reach the farthest value within 1.5 times the box's height, what lies beyond is a ring.
    """
  package static let examples = """
    box([0.61, 0.63, 0.66; 0.58, 0.6, 0.6], names = ["fractal", "noise"])
    box([1, 2, 3, 10; 2, 3, 4, 5]) + axes(y = "seconds")
    """
  package static let channels: [Channel<Box>] = [
    Channel("values", \.values, "one group a row"),
    Channel("names", \.names, required: false, "what stands below each box"),
  ]
  package static let settings: [Setting<Box>] = [labelSetting, colorSetting]

  package var values: Matrix?
  package var names: [String] = []
  package var style = MarkStyle()

  package init() {}

  package func check() throws {
    guard let values, values.columns > 0 else {
      throw Problem("plot", "`box` has nothing to show", notes: ["`values` is empty"])
    }
    if !names.isEmpty {
      try requireSameLength([("values", values.rows), ("names", names.count)])
    }
  }

  private struct Summary {
    var low, first, median, third, high: Double
    var outliers: [Double]
  }

  private var summaries: [Summary] {
    guard let values else { return [] }
    return (0..<values.rows).compactMap { row in
      let sorted = (0..<values.columns).map { values[row, $0] }.filter(\.isFinite).sorted()
      guard !sorted.isEmpty else { return nil }
      func quantile(_ share: Double) -> Double {
        let position = share * Double(sorted.count - 1)
        let index = Int(position)
        let next = sorted[min(index + 1, sorted.count - 1)]
        return sorted[index] + (next - sorted[index]) * (position - Double(index))
      }
      let (first, third) = (quantile(0.25), quantile(0.75))
      let reach = 1.5 * (third - first)
      let inside = sorted.filter { $0 >= first - reach && $0 <= third + reach }
      return Summary(
        low: inside.first ?? first, first: first, median: quantile(0.5), third: third,
        high: inside.last ?? third,
        outliers: sorted.filter { $0 < first - reach || $0 > third + reach })
    }
  }

  package var extent: Extent {
    Extent(x: [-0.6, Double(values?.rows ?? 1) - 0.4], y: values?.values ?? [])
  }

  package var hints: (x: AxisHints, y: AxisHints) {
    var hints = (x: AxisHints(), y: AxisHints())
    hints.x.names = names.isEmpty ? (0..<(values?.rows ?? 0)).map(String.init) : names
    hints.x.isTight = true
    return hints
  }

  package func swatches(_ look: Look) -> [Swatch] { [.fill(opacity: 0.35)] }

  package func draw(on sketch: inout Sketch) {
    let color = sketch.look.color
    let all = summaries
    let centres = all.indices.map(Double.init)
    sketch.add(
      .boxes(
        left: centres.map { $0 - 0.28 }, right: centres.map { $0 + 0.28 }, bottom: all.map(\.first),
        top: all.map(\.third), color: color, opacity: 0.35), at: .fill)
    for (low, high) in [(\Summary.low, \Summary.first), (\Summary.third, \Summary.high)] {
      sketch.addBars(
        x: centres, lower: all.map { $0[keyPath: low] }, upper: all.map { $0[keyPath: high] },
        cap: 0, width: 0.8)
    }
    for (centre, summary) in zip(centres, all) {
      sketch.add(
        .lines(
          x: [centre - 0.28, centre + 0.28], y: [summary.median, summary.median], width: 1.4,
          dash: .solid, color: color), at: .line)
      if !summary.outliers.isEmpty {
        sketch.add(
          .points(
            x: summary.outliers.map { _ in centre }, y: summary.outliers, .ring, size: 3,
            color: color), at: .point)
      }
    }
  }

  package var table: [(name: String, values: [Double])] {
    guard let values else { return [] }
    let rows = (0..<values.rows).flatMap { row in
      values.columns == 0 ? [] : Array(repeating: Double(row), count: values.columns)
    }
    return [("x", rows), ("y", values.values)]
  }
}
