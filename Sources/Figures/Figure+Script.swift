import Basics

extension Figure {
  /// The program that draws this figure into the file `output` of gnuplot's working directory.
  ///
  /// A pure function of the figure: equal figures give equal bytes.
  package func script(_ format: FigureFormat, output: String) throws -> GnuplotScript {
    let layout = try Layout(self)
    var script = GnuplotScript(
      .init(format: format, width: width, height: height, font: font, typeSize: labelSize))
    script.remark(
      "Figure \(sizeText.replacing("×", with: "x")). Run gnuplot on this file to draw it.")
    try script.begin(output: output)
    for (index, panel) in layout.panels.enumerated() {
      let letter = Self.letter(labels, index)
      script.remark("panel \(index + 1): \(panel.plot.summary)")
      draw(panel, letter: letter, layout, into: &script)
      if panel.key?.hasBar ?? false { drawBar(panel, layout, into: &script) }
    }
    if let shared = layout.shared {
      script.remark("legend")
      script.panel(shared.area)
      script.scales(
        x: Scale(lower: 0, upper: 1, isLogarithmic: false),
        y: Scale(lower: 0, upper: 1, isLogarithmic: false))
      drawLegend(
        shared.entries, columns: layout.legendColumns(shared), in: shared.area, layout,
        into: &script)
      script.plot([])
    }
    script.end()
    return script
  }

  private func draw(
    _ panel: Layout.Panel, letter: String?, _ layout: Layout, into script: inout GnuplotScript
  ) {
    let box = panel.box
    script.panel(box)
    script.scales(x: panel.x, y: panel.y)
    if panel.hasAxes {
      let grid = panel.plot.axes.grid ?? "none"
      let isFilled = panel.plot.marks.contains { $0 is Heat }
      script.axes(
        x: panel.x, y: panel.y, isFramed: panel.plot.axes.frame ?? isFilled,
        width: Layout.axisWidth, color: .ink, tickLength: Layout.tickLength,
        gridX: grid == "x" || grid == "both", gridY: grid == "y" || grid == "both")
      drawNumbers(panel, layout, into: &script)
    }
    if let key = panel.key { script.palette(key) }
    let sketches = layout.sketch(panel)
    drawHeading(panel, letter: letter, into: &script)
    for sketch in sketches {
      for shape in sketch.shapes { script.add(shape) }
      for text in sketch.texts { script.add(text) }
    }
    switch panel.legend {
    case .off, .best: break
    case .direct: drawDirectLabels(panel, into: &script)
    case .topRight, .topLeft, .bottomRight, .bottomLeft, .right, .below, .above:
      drawLegend(
        panel.entries, columns: layout.legendColumns(panel),
        in: layout.legendArea(panel, at: panel.legend), layout, into: &script)
    }
    let items = sketches.flatMap(\.items).enumerated().sorted {
      ($0.element.depth, $0.offset) < ($1.element.depth, $1.offset)
    }
    script.plot(items.map(\.element.item))
  }

  private func drawNumbers(
    _ panel: Layout.Panel, _ layout: Layout, into script: inout GnuplotScript
  ) {
    let box = panel.box
    let half = FontMetrics.capHeight / 2
    let start = Layout.tickLength + Layout.tickGap
    for tick in panel.x.ticks {
      let isTurned = panel.nameRotation != 0
      script.add(
        GnuplotScript.Text(
          text: tick.label, x: .data(tick.value),
          y: .page(box.bottom - start - (isTurned ? 0 : half * tickSize)),
          justification: isTurned ? .right : .center, rotation: panel.nameRotation,
          size: tickSize))
    }
    for tick in panel.y.ticks {
      script.add(
        GnuplotScript.Text(
          text: tick.label, x: .page(box.left - start), y: .data(tick.value),
          justification: .right, size: tickSize))
    }
    let (below, left) = layout.labelOffsets(panel)
    if let label = panel.plot.axes.x, !label.isEmpty {
      script.add(
        GnuplotScript.Text(
          text: RichText(label), x: .page(box.middleX),
          y: .page(box.bottom - below + (FontMetrics.descent + half) * labelSize),
          justification: .center, size: labelSize))
    }
    if let label = panel.plot.axes.y, !label.isEmpty {
      script.add(
        GnuplotScript.Text(
          text: RichText(label), x: .page(box.left - left + (half + 0.05) * labelSize),
          y: .page(box.middleY), justification: .center, rotation: 90, size: labelSize))
    }
  }

  /// The panel's letter at the left edge of its cell, its title over the middle of its box.
  private func drawHeading(
    _ panel: Layout.Panel, letter: String?, into script: inout GnuplotScript
  ) {
    let middle = panel.cell.top - 0.62 * labelSize
    let title = panel.plot.axes.title.map { RichText($0) }
    var free = panel.cell.left
    if let letter {
      script.add(
        GnuplotScript.Text(
          text: .plain(letter), x: .page(panel.cell.left), y: .page(middle), size: labelSize,
          isBold: true))
      free += FontMetrics.width(letter, size: labelSize, bold: true) + 4
    }
    guard let title, !title.isEmpty else { return }
    let width = title.width(size: labelSize)
    let start = min(
      max(panel.box.middleX - width / 2, free), max(free, Double(self.width) - 1 - width))
    script.add(GnuplotScript.Text(text: title, x: .page(start), y: .page(middle), size: labelSize))
  }

  private func drawLegend(
    _ entries: [LegendEntry], columns: Int, in area: Rectangle, _ layout: Layout,
    into script: inout GnuplotScript
  ) {
    let widths = layout.columnWidths(entries, columns: columns)
    let rowHeight = 1.35 * tickSize
    for (index, entry) in entries.enumerated() {
      let column = index % columns
      let left = area.left + widths[..<column].reduce(0, +) + 10 * Double(column)
      let y = area.top - (Double(index / columns) + 0.5) * rowHeight
      drawSwatch(entry, left: left, y: y, into: &script)
      script.add(
        GnuplotScript.Text(
          text: entry.label, x: .page(left + Layout.swatchWidth + 3.5), y: .page(y),
          size: tickSize))
    }
  }

  private func drawSwatch(
    _ entry: LegendEntry, left: Double, y: Double, into script: inout GnuplotScript
  ) {
    let right = left + Layout.swatchWidth
    for swatch in entry.swatches {
      switch swatch {
      case .fill(let opacity):
        let half = 0.36 * tickSize
        script.add(
          .rectangle(
            Rectangle(left: left, bottom: y - half, right: right, top: y + half),
            fill: entry.color, opacity: opacity))
      case .line(let width, let dash):
        script.add(
          .line(
            from: (.page(left), .page(y)), to: (.page(right), .page(y)), width: width, dash: dash,
            color: entry.color))
      case .point(let marker, let size):
        script.add(.marker(x: (left + right) / 2, y: y, marker, size: size, color: entry.color))
      }
    }
  }

  /// Names at the ends of lines, pushed apart where they would touch.
  private func drawDirectLabels(_ panel: Layout.Panel, into script: inout GnuplotScript) {
    var ends: [(label: RichText, color: Colour, y: Double)] = []
    for (mark, look) in zip(panel.plot.marks, panel.looks) where !mark.style.label.isEmpty {
      let label = RichText(mark.style.label)
      if ends.contains(where: { $0.label == label }) { continue }
      let columns = Dictionary(mark.table.map { ($0.name, $0.values) }) { first, _ in first }
      guard let values = columns["y"] ?? columns["hi"],
        let last = values.last(where: { panel.y.place($0) != nil }), let share = panel.y.place(last)
      else { continue }
      ends.append((label, look.color, panel.box.bottom + min(max(share, 0), 1) * panel.box.height))
    }
    ends.sort { $0.y < $1.y }
    let distance = 1.15 * tickSize
    for _ in 0..<40 {
      for index in ends.indices.dropFirst() {
        let overlap = distance - (ends[index].y - ends[index - 1].y)
        if overlap > 0 {
          ends[index].y += overlap / 2
          ends[index - 1].y -= overlap / 2
        }
      }
    }
    for end in ends {
      script.add(
        GnuplotScript.Text(
          text: end.label, x: .page(panel.box.right + 4), y: .page(end.y), size: tickSize,
          color: end.color))
    }
  }

  /// The bar that says which colour means which number, as high as the panel's box.
  private func drawBar(
    _ panel: Layout.Panel, _ layout: Layout, into script: inout GnuplotScript
  ) {
    guard let key = panel.key else { return }
    let left = panel.box.right + 5
    let bar = Rectangle(
      left: left, bottom: panel.box.bottom, right: left + Layout.barWidth, top: panel.box.top)
    let scale = layout.barScale(panel)
    let (low, high) = (key.range.lowerBound, key.range.upperBound)
    let count = 128
    let step = (high - low) / Double(count)
    // Two columns: gnuplot draws nothing for an image one pixel wide.
    let samples = (0..<(2 * count)).map { Float(low + (Double($0 / 2) + 0.5) * step) }
    script.panel(bar)
    script.scales(x: Scale(lower: 0, upper: 1, isLogarithmic: false), y: scale)
    let corners = [
      (bar.left, bar.bottom), (bar.right, bar.bottom), (bar.right, bar.top), (bar.left, bar.top),
    ]
    for (a, b) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
      script.add(
        .line(
          from: (.page(a.0), .page(a.1)), to: (.page(b.0), .page(b.1)), width: Layout.axisWidth,
          dash: .solid, color: .ink))
    }
    for tick in scale.ticks {
      script.add(
        .line(
          from: (.page(bar.right), .data(tick.value)),
          to: (.page(bar.right + Layout.tickLength), .data(tick.value)), width: Layout.axisWidth,
          dash: .solid, color: .ink))
      script.add(
        GnuplotScript.Text(
          text: tick.label, x: .page(bar.right + Layout.tickLength + Layout.tickGap),
          y: .data(tick.value), size: tickSize))
    }
    if !key.label.isEmpty {
      let widest = scale.ticks.map { $0.label.width(size: tickSize) }.max() ?? 0
      script.add(
        GnuplotScript.Text(
          text: RichText(key.label),
          x: .page(bar.right + Layout.tickLength + Layout.tickGap + widest + 0.75 * labelSize),
          y: .page(bar.middleY), justification: .center, rotation: 90, size: labelSize))
    }
    script.plot([
      .values(
        samples,
        .init(columns: 2, rows: count, x: 0.25, y: low + step / 2, dx: 0.5, dy: step))
    ])
  }
}
