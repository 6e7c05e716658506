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
  var labelSize: Double { figure.labelSize }
  var tickSize: Double { figure.tickSize }
  var lineHeight: Double { 1.35 * tickSize }

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
