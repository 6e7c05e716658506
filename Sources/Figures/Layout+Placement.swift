import Basics
import Foundation

/// Space around the box of a panel.
private struct Insets {
  var left = 0.0
  var bottom = 0.0
  var right = 0.0
  var top = 0.0
}

extension Layout {
  private var labelSize: Double { figure.labelSize }
  private var tickSize: Double { figure.tickSize }
  private var lineHeight: Double { 1.35 * tickSize }

  /// Chooses ticks for boxes and boxes for ticks until they agree; three rounds do.
  mutating func place() throws {
    let columns = figure.perRow
    if panels.allSatisfy({ $0.box.width == 100 }) {
      let width = (Double(figure.width) - figure.gap * Double(columns - 1)) / Double(columns) - 30
      let height = Double(figure.height) / Double(figure.rows) - 30
      for index in panels.indices {
        panels[index].box.right = max(20, width)
        panels[index].box.top = max(20, height)
      }
    }
    for _ in 0..<3 {
      for index in panels.indices { try chooseScales(index) }
      placeBoxes()
    }
  }

  private mutating func placeBoxes() {
    let (rows, columns) = (figure.rows, figure.perRow)
    var insets = panels.indices.map { margins($0) }
    // Panels of a column and of a row share their margins. Pictures keep their own left and right
    // ones unless they stand above or below axes.
    for index in panels.indices {
      let (row, column) = (index / columns, index % columns)
      let inColumn = panels.indices.filter { $0 % columns == column }
      let inRow = panels.indices.filter { $0 / columns == row }
      insets[index].left = inColumn.map { margins($0).left }.max() ?? 0
      insets[index].right = inColumn.map { margins($0).right }.max() ?? 0
      insets[index].top = inRow.map { margins($0).top }.max() ?? 0
      insets[index].bottom = inRow.map { margins($0).bottom }.max() ?? 0
    }
    let legendHeight = shared.map { Double(legendRows($0)) * lineHeight + 3 } ?? 0
    let isAbove = shared?.isAbove ?? false
    let pageTop = Double(figure.height) - 0.5 - (isAbove ? legendHeight : 0)
    let pageBottom = 0.5 + (isAbove ? 0 : legendHeight)
    let (pageLeft, pageRight) = (0.5, Double(figure.width) - 0.5)

    let rowInsets = (0..<rows).map { insets[$0 * columns].top + insets[$0 * columns].bottom }
    let freeHeight =
      pageTop - pageBottom - rowInsets.reduce(0, +) - figure.gap * 0.6 * Double(rows - 1)
    let boxHeight = max(8, freeHeight / Double(rows))

    let columnInsets = (0..<columns).map { insets[$0].left + insets[$0].right }
    let freeWidth = max(
      8 * Double(columns),
      pageRight - pageLeft - columnInsets.reduce(0, +) - figure.gap * Double(columns - 1))
    let widths = boxWidths(freeWidth, boxHeight: boxHeight, insets: insets.map(\.bottom))

    var top = pageTop
    for row in 0..<rows {
      let boxTop = top - insets[row * columns].top
      let boxBottom = boxTop - boxHeight
      var left = pageLeft
      for column in 0..<columns {
        let index = row * columns + column
        guard index < panels.count else { break }
        let boxLeft = left + insets[index].left
        let right = boxLeft + widths[column] + insets[index].right
        panels[index].cell = Rectangle(
          left: left, bottom: boxBottom - insets[index].bottom, right: right, top: top)
        var box = Rectangle(
          left: boxLeft, bottom: boxBottom, right: boxLeft + widths[column], top: boxTop)
        if !panels[index].hasAxes {
          // Nothing stands below a picture: it may reach down to where the labels end.
          box.bottom = panels[index].cell.bottom
        }
        if let aspect = boxAspect(panels[index]) {
          let fitted = box.fitting(aspect: aspect)
          box = fitted
        }
        panels[index].box = box
        left = right + figure.gap
      }
      top = boxBottom - insets[row * columns].bottom - figure.gap * 0.6
    }
    if var legend = shared {
      let boxes = legend.panels.map { panels[$0].box }
      let left = legend.panels.map { panels[$0].cell.left }.min() ?? pageLeft
      let right = boxes.map(\.right).max() ?? pageRight
      let middle = ((boxes.map(\.left).min() ?? left) + right) / 2
      let width = legendWidth(legend.entries, columns: legendColumns(legend))
      var start = middle - width / 2
      start = max(pageLeft, min(start, pageRight - width))
      let legendTop = isAbove ? Double(figure.height) - 0.5 : legendHeight - 1.5
      legend.area = Rectangle(
        left: start, bottom: legendTop - legendHeight + 3, right: start + width, top: legendTop)
      shared = legend
    }
  }

  /// Shares the width: pictures and square panels take what they need at this height, up to a
  /// little more than their part; plots share the rest.
  private func boxWidths(_ free: Double, boxHeight: Double, insets: [Double]) -> [Double] {
    let columns = figure.perRow
    if !figure.widths.isEmpty {
      let sum = figure.widths.reduce(0, +)
      return figure.widths.map { free * $0 / sum }
    }
    var fixed = [Double?](repeating: nil, count: columns)
    for column in 0..<columns {
      let members = panels.indices.filter { $0 % columns == column }
      let natural = members.map { index -> Double? in
        let height = boxHeight + (panels[index].hasAxes ? 0 : insets[index])
        return naturalAspect(panels[index]).map { $0 * height }
      }
      if natural.allSatisfy({ $0 != nil }) { fixed[column] = natural.compactMap { $0 }.max() }
    }
    let open = fixed.filter { $0 == nil }.count
    if open == 0 {
      let sum = fixed.compactMap { $0 }.reduce(0, +)
      return sum > free
        ? fixed.map { free * ($0 ?? 0) / sum }
        : fixed.map { ($0 ?? 0) + (free - sum) / Double(columns) }
    }
    let limit = 1.25 * free / Double(columns)
    let taken = fixed.compactMap { $0.map { min($0, limit) } }.reduce(0, +)
    return fixed.map { $0.map { min($0, limit) } ?? (free - taken) / Double(open) }
  }

  /// Width over height at which the panel would like to be.
  private func naturalAspect(_ panel: Panel) -> Double? {
    boxAspect(panel) ?? panel.plot.marks.lazy.compactMap(\.aspect).first
  }

  /// Width over height that the box must have.
  private func boxAspect(_ panel: Panel) -> Double? {
    if panel.plot.axes.equal ?? false, !panel.x.isLogarithmic, !panel.y.isLogarithmic {
      return abs((panel.x.upper - panel.x.lower) / (panel.y.upper - panel.y.lower))
    }
    // A grid of pictures keeps its cells' shape itself.
    return panel.plot.marks.lazy.filter { !($0 is PictureGrid) }.compactMap(\.aspect).first
  }

  /// The space that stands around the panel's box; fills in where labels stand.
  private func margins(_ index: Int) -> Insets {
    let panel = panels[index]
    var result = Insets()
    let hasHeading = !figure.labels.isEmpty || panel.plot.axes.title != nil
    result.top = hasHeading ? 1.5 * labelSize : 0
    if panel.hasAxes {
      let (x, y) = labelOffsets(panel)
      result.left = y
      result.bottom = x
      // The top number and the last name reach beyond the axes.
      result.top = max(result.top, panel.y.ticks.isEmpty ? 1 : 0.4 * tickSize)
      if let last = panel.x.ticks.last, panel.nameRotation == 0,
        let place = panel.x.place(last.value)
      {
        let reach = last.label.width(size: tickSize) / 2 - (1 - place) * panel.box.width
        result.right = max(1, reach + 1)
      } else {
        result.right = 1
      }
      if let first = panel.x.ticks.first, panel.nameRotation == 0,
        let place = panel.x.place(first.value)
      {
        result.left = max(
          result.left, first.label.width(size: tickSize) / 2 - place * panel.box.width + 1)
      }
    }
    if let key = panel.key, key.hasBar {
      let labels = barScale(panel).ticks.map { $0.label.width(size: tickSize) }
      result.right += 5 + Self.barWidth + Self.tickLength + Self.tickGap + (labels.max() ?? 0)
      if !key.label.isEmpty { result.right += 1.3 * labelSize }
    }
    switch panel.legend {
    case .right: result.right += 6 + legendWidth(panel.entries, columns: 1)
    case .direct:
      result.right += 4 + (panel.entries.map { $0.label.width(size: tickSize) }.max() ?? 0)
    case .below:
      result.bottom += Double(legendRows(panel)) * lineHeight + 3
    case .above: result.top += Double(legendRows(panel)) * lineHeight + 3
    case .best, .off, .topRight, .topLeft, .bottomRight, .bottomLeft: break
    }
    return result
  }

  /// How far numbers and labels reach below and left of the box.
  func labelOffsets(_ panel: Panel) -> (below: Double, left: Double) {
    let cap = FontMetrics.capHeight
    var below = Self.tickLength
    if !panel.x.ticks.isEmpty {
      let widest = panel.x.ticks.map { $0.label.width(size: tickSize) }.max() ?? 0
      let angle = panel.nameRotation * .pi / 180
      below +=
        Self.tickGap
        + (panel.nameRotation == 0
          ? cap * tickSize : widest * sin(angle) + cap * tickSize * cos(angle))
    }
    if panel.plot.axes.x.map({ !$0.isEmpty }) ?? false {
      below += 3.6 + (cap + FontMetrics.descent) * labelSize
    } else {
      below += FontMetrics.descent * tickSize
    }
    var left = Self.tickLength
    if !panel.y.ticks.isEmpty {
      left += Self.tickGap + (panel.y.ticks.map { $0.label.width(size: tickSize) }.max() ?? 0)
    }
    if panel.plot.axes.y.map({ !$0.isEmpty }) ?? false {
      left += 2.2 + (FontMetrics.descent + cap + 0.05) * labelSize
    }
    return (below, left)
  }

  /// The numbers beside a colour bar.
  func barScale(_ panel: Panel) -> Scale {
    guard let key = panel.key else { return Scale(lower: 0, upper: 1, isLogarithmic: false) }
    var scale = Scale(
      lower: key.range.lowerBound, upper: key.range.upperBound, isLogarithmic: false)
    scale.chooseTicks(count: max(2, min(6, Int(panel.box.height / (2.2 * tickSize)))))
    return scale
  }
}

// MARK: scales

extension Layout {
  private mutating func chooseScales(_ index: Int) throws {
    let panel = panels[index]
    let axes = panel.plot.axes
    var extent = Extent()
    for mark in panel.plot.marks { extent.formUnion(mark.extent) }
    let hints = panel.plot.marks.map(\.hints)
    var x = try scale(
      "x", given: axes.xrange, data: extent.x, positive: extent.positiveX,
      isLogarithmic: axes.xlog ?? false, hints: hints.map(\.x), room: 0.035)
    var y = try scale(
      "y", given: axes.yrange, data: extent.y, positive: extent.positiveY,
      isLogarithmic: axes.ylog ?? false, hints: hints.map(\.y), room: 0.06)
    panels[index].nameRotation = 0
    if panel.hasAxes {
      let box = panel.box
      let xNames = axes.xnames ?? hints.lazy.compactMap(\.x.names).first
      let yNames = axes.ynames ?? hints.lazy.compactMap(\.y.names).first
      if let values = axes.xticks {
        x.setTicks(values, labels: axes.xnames)
      } else if let xNames {
        x.setTicks(xNames.indices.map(Double.init), labels: xNames)
        turnNames(index, x)
      } else if let few = fewPositions(panel, x) {
        x.setTicks(few, labels: nil)
      } else {
        x.chooseTicks(
          count: max(2, min(8, Int(box.width / (3 * tickSize)))),
          minimumStep: hints.contains(where: \.x.isCounted) ? 1 : 0)
        thin(&x, width: box.width)
      }
      if let values = axes.yticks {
        y.setTicks(values, labels: axes.ynames)
      } else if let yNames {
        y.setTicks(yNames.indices.map(Double.init), labels: yNames)
      } else {
        y.chooseTicks(
          count: max(2, min(7, Int(box.height / (1.9 * tickSize)))),
          minimumStep: hints.contains(where: \.y.isCounted) ? 1 : 0)
      }
    }
    panels[index].x = x
    panels[index].y = y
  }

  private func scale(
    _ name: String, given: [Double]?, data: ClosedRange<Double>?, positive: Double?,
    isLogarithmic: Bool, hints: [AxisHints], room: Double
  ) throws -> Scale {
    var low = data?.lowerBound ?? (isLogarithmic ? 1 : 0)
    var high = data?.upperBound ?? (isLogarithmic ? 10 : 1)
    let isTight = hints.contains(where: \.isTight)
    let touchesZero = hints.contains(where: \.includesZero) && !isLogarithmic
    if touchesZero {
      low = min(low, 0)
      high = max(high, 0)
    }
    let fixedLow = given.flatMap { $0[0].isNaN ? nil : $0[0] }
    let fixedHigh = given.flatMap { $0[1].isNaN ? nil : $0[1] }
    if isLogarithmic {
      let ends = [fixedLow, fixedHigh].compactMap { $0 }
      if high <= 0 && fixedHigh == nil || ends.contains(where: { $0 <= 0 }) {
        throw Problem(
          "plot", "a logarithmic \(name) axis shows positive numbers only",
          notes: ["the data reach from \(NumberText.short(low)) to \(NumberText.short(high))"],
          suggestions: ["axes(\(name)log = false)"])
      }
      low = low > 0 ? low : positive ?? high / 10
      if !(log10(high / low) > 1e-9) { (low, high) = (low / 2, high * 2) }
      let factor = pow(high / low, isTight ? 0 : room)
      (low, high) = (low / factor, high * factor)
    } else {
      if !(high - low > 1e-12 * max(abs(low), abs(high)) && high - low > 1e-280) {
        let half = abs(low) < 1e-270 ? 0.5 : 0.1 * abs(low)
        (low, high) = (low - half, high + half)
      }
      let pad = isTight ? 0 : room * (high - low)
      if !(touchesZero && low == 0) { low -= pad }
      if !(touchesZero && high == 0) { high += pad }
      if isTight, touchesZero || hints.allSatisfy({ !$0.isTight }) { high += room * (high - low) }
    }
    let isReversed = hints.contains(where: \.isReversed) && given == nil
    // Far from the ends of what doubles hold, so that spans and ratios of ends stay finite.
    let (least, most) = isLogarithmic ? (1e-150, 1e150) : (-1e300, 1e300)
    func clamped(_ value: Double) -> Double { min(max(value, least), most) }
    var result = Scale(
      lower: clamped(fixedLow ?? low), upper: clamped(fixedHigh ?? high),
      isLogarithmic: isLogarithmic)
    // Nine digits are more than any page shows, and the same wherever the script is made.
    if fixedLow == nil { result.lower = Self.rounded(result.lower) }
    if fixedHigh == nil { result.upper = Self.rounded(result.upper) }
    if isReversed { swap(&result.lower, &result.upper) }
    if result.lower == result.upper {
      result.upper = isLogarithmic ? result.upper * 2 : result.upper + max(1, abs(result.upper))
    }
    return result
  }

  private static func rounded(_ value: Double) -> Double {
    Double(String(format: "%.9g", value)) ?? value
  }

  /// On a logarithmic axis with few positions these say more than round numbers: 5, 10, 30, 100.
  private func fewPositions(_ panel: Panel, _ x: Scale) -> [Double]? {
    guard x.isLogarithmic else { return nil }
    var positions: Set<Double> = []
    for mark in panel.plot.marks where mark is Line || mark is Scatter {
      for column in mark.table where column.name == "x" {
        positions.formUnion(column.values)
        if positions.count > 8 { return nil }
      }
    }
    let values = positions.filter { x.contains($0) }.sorted()
    guard values.count > 1 else { return nil }
    // They must not run into each other.
    let labels = Scale.labels(of: values)
    for index in values.indices.dropFirst() {
      guard let a = x.place(values[index - 1]), let b = x.place(values[index]) else { return nil }
      let reach =
        (labels[index - 1].width(size: tickSize) + labels[index].width(size: tickSize)) / 2 + 3
      if (b - a) * panel.box.width < reach { return nil }
    }
    return values
  }

  /// Drops every other number while neighbours touch.
  private func thin(_ x: inout Scale, width: Double) {
    while x.ticks.count > 2 {
      let isCrowded = zip(x.ticks, x.ticks.dropFirst()).contains { a, b in
        guard let from = x.place(a.value), let to = x.place(b.value) else { return false }
        let reach = (a.label.width(size: tickSize) + b.label.width(size: tickSize)) / 2 + 4
        return abs(to - from) * width < reach
      }
      if !isCrowded { return }
      let count = x.ticks.count
      if x.isLogarithmic {
        x.ticks = x.ticks.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      } else {
        x.chooseTicks(count: count - 1)
        if x.ticks.count >= count || x.ticks.isEmpty { return }
      }
    }
  }

  /// Names that do not fit beside each other are turned.
  private mutating func turnNames(_ index: Int, _ x: Scale) {
    guard x.ticks.count > 1 else { return }
    let step = panels[index].box.width / max(abs(x.upper - x.lower), 1e-9)
    let widest = x.ticks.map { $0.label.width(size: tickSize) }.max() ?? 0
    if widest + 3 > step { panels[index].nameRotation = step > 1.6 * tickSize ? 40 : 90 }
  }
}

// MARK: legends

extension Layout {
  func entryWidth(_ entry: LegendEntry) -> Double {
    Self.swatchWidth + 3.5 + entry.label.width(size: tickSize)
  }

  /// Widths of the columns of a legend filled row by row.
  func columnWidths(_ entries: [LegendEntry], columns: Int) -> [Double] {
    (0..<max(1, columns)).map { column in
      entries.indices.filter { $0 % max(1, columns) == column }.map { entryWidth(entries[$0]) }
        .max()
        ?? 0
    }
  }

  func legendWidth(_ entries: [LegendEntry], columns: Int) -> Double {
    let widths = columnWidths(entries, columns: columns)
    return widths.reduce(0, +) + 10 * Double(widths.count - 1)
  }

  func legendColumns(_ legend: SharedLegend) -> Int {
    if legend.columns > 0 { return min(legend.columns, legend.entries.count) }
    return fittingColumns(legend.entries, width: Double(figure.width) - 4)
  }

  func legendRows(_ legend: SharedLegend) -> Int {
    let columns = legendColumns(legend)
    return (legend.entries.count + columns - 1) / columns
  }

  func legendColumns(_ panel: Panel) -> Int {
    if panel.legendColumns > 0 { return min(panel.legendColumns, max(1, panel.entries.count)) }
    switch panel.legend {
    case .below, .above:
      return fittingColumns(panel.entries, width: max(panel.box.width, panel.cell.width - 8))
    case .best, .off, .right, .direct, .topRight, .topLeft, .bottomRight, .bottomLeft: return 1
    }
  }

  func legendRows(_ panel: Panel) -> Int {
    let columns = legendColumns(panel)
    return (panel.entries.count + columns - 1) / columns
  }

  private func fittingColumns(_ entries: [LegendEntry], width: Double) -> Int {
    var columns = max(1, entries.count)
    while columns > 1, legendWidth(entries, columns: columns) > width { columns -= 1 }
    // Even rows: 3 + 3 rather than 5 + 1.
    let rows = (entries.count + columns - 1) / columns
    return max(1, (entries.count + rows - 1) / rows)
  }

  /// The rectangle of an inside legend.
  func legendArea(_ panel: Panel, at position: Legend.Position) -> Rectangle {
    let columns = legendColumns(panel)
    let width = legendWidth(panel.entries, columns: columns)
    let height = Double(legendRows(panel)) * lineHeight
    let pad = 3.5
    let box = panel.box
    func area(left: Double, top: Double) -> Rectangle {
      Rectangle(left: left, bottom: top - height, right: left + width, top: top)
    }
    let (near, far) = (box.left + pad, box.right - pad - width)
    let (high, low) = (box.top - pad + 1, box.bottom + pad + height)
    switch position {
    case .topRight: return area(left: far, top: high)
    case .topLeft: return area(left: near, top: high)
    case .bottomRight: return area(left: far, top: low)
    case .bottomLeft: return area(left: near, top: low)
    case .right:
      let bar = panel.key.map { $0.hasBar ? panel.cell.right - width - box.right - 6 : 0 } ?? 0
      return area(left: box.right + 6 + max(0, bar), top: box.top)
    case .below:
      let (below, _) = labelOffsets(panel)
      return area(left: max(0.5, box.middleX - width / 2), top: box.bottom - below - 3)
    case .above:
      return area(left: max(0.5, box.middleX - width / 2), top: box.top + height + 3)
    case .best, .off, .direct: return area(left: far, top: high)
    }
  }

  /// The first corner in which a legend covers nothing; else a place outside.
  func freePosition(_ panel: Panel) -> Legend.Position {
    if panel.entries.isEmpty { return .off }
    let coverage = Coverage(panel, sketch: sketch(panel))
    for position in [Legend.Position.topRight, .topLeft, .bottomRight, .bottomLeft] {
      let area = legendArea(panel, at: position)
      guard area.left >= panel.box.left, area.bottom >= panel.box.bottom else { continue }
      if !coverage.touches(area) { return position }
    }
    let width = legendWidth(panel.entries, columns: 1)
    return figure.perRow == 1 && panel.box.width > 3.2 * width ? .right : .below
  }

  /// The panel with its marks drawn.
  func sketch(_ panel: Panel) -> [Sketch] {
    zip(panel.plot.marks, panel.looks).map { mark, look in
      var sketch = Sketch(
        x: panel.x, y: panel.y, box: panel.box, look: look, textSize: tickSize,
        labelSize: labelSize, axes: panel.plot.axes)
      mark.draw(on: &sketch)
      return sketch
    }
  }
}
