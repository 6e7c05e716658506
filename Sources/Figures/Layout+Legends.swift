import Basics

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
