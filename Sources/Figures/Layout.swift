import Basics
import Foundation

/// Where everything of a figure stands, in points: boxes of panels that align, ticks, legends.
///
/// Margins come from the widths of what stands in them, so panels of a column share left and right
/// edges and panels of a row share upper and lower ones, whatever their labels are.
package struct Layout: Sendable {
  /// One panel with all choices made.
  package struct Panel: Sendable {
    package var plot: Plot
    package var looks: [Look]
    package var entries: [LegendEntry]
    package var legend: Legend.Position
    package var legendColumns: Int
    /// Whether axes stand around the box.
    package var hasAxes: Bool
    package var key: ColourKey?
    /// The share of the page that belongs to the panel.
    package var cell: Rectangle
    /// The box between the axes.
    package var box: Rectangle
    package var x: Scale
    package var y: Scale
    /// Degrees by which names below the axis are turned.
    package var nameRotation = 0.0
  }

  /// A legend that several panels have in common.
  package struct SharedLegend: Sendable {
    package var entries: [LegendEntry]
    package var columns: Int
    /// The panels it speaks for.
    package var panels: [Int]
    package var isAbove: Bool
    package var area = Rectangle(left: 0, bottom: 0, right: 0, top: 0)
  }

  package internal(set) var panels: [Panel] = []
  /// Names that several panels have in common, and where their middle and top are.
  package internal(set) var shared: SharedLegend?
  let figure: Figure

  static let tickLength = 2.5
  static let tickGap = 2.2
  static let axisWidth = 0.5
  static let barWidth = 6.0
  static let swatchWidth = 15.0

  package init(_ figure: Figure) throws {
    self.figure = figure
    let (looks, entries) = Self.assignLooks(figure)
    for (index, plot) in figure.panels.enumerated() {
      let needsAxes = plot.marks.isEmpty || plot.marks.contains { $0.needsAxes }
      let isAlone = plot.marks.contains { $0.standsAlone }
      if isAlone, plot.marks.count > 1 {
        let name = plot.marks.first { $0.standsAlone }.map { type(of: $0).name } ?? ""
        throw Problem(
          "plot", "`\(name)` stands alone in its panel",
          notes: ["this plot has \(plot.summary)"], suggestions: ["figure((a, b))"])
      }
      let start = Scale(lower: 0, upper: 1, isLogarithmic: false)
      let zero = Rectangle(left: 0, bottom: 0, right: 100, top: 70)
      panels.append(
        Panel(
          plot: plot, looks: looks[index], entries: entries[index],
          legend: plot.legend?.position ?? .best, legendColumns: plot.legend?.columns ?? 0,
          hasAxes: !isAlone && (plot.axes.visible ?? needsAxes),
          key: plot.marks.lazy.compactMap(\.colours).first,
          cell: zero, box: zero, x: start, y: start))
    }
    decideSharing()
    try place()
    for index in panels.indices where panels[index].legend == .best {
      panels[index].legend = freePosition(panels[index])
    }
    try place()
  }

  /// A height at which panels have a pleasant shape.
  static func naturalHeight(of figure: Figure) -> Double {
    let width =
      (Double(figure.width) - figure.gap * Double(figure.perRow - 1)) / Double(figure.perRow)
    let heading =
      figure.labels.isEmpty && figure.panels.allSatisfy { $0.axes.title == nil } ? 4.0 : 14
    var rows = 0.0
    for start in stride(from: 0, to: figure.panels.count, by: figure.perRow) {
      let row = figure.panels[start..<min(start + figure.perRow, figure.panels.count)]
      let heights = row.map { plot -> Double in
        let aspect = plot.marks.lazy.compactMap(\.aspect).first
        let needsAxes = plot.marks.isEmpty || plot.marks.contains { $0.needsAxes }
        if needsAxes { return 0.62 * (width - 30) + 26 }
        if let grid = plot.marks.first as? PictureGrid {
          return grid.height(width: width - 1, textSize: figure.tickSize) + 2
        }
        return width / (aspect ?? 1.5) + 2
      }
      // Pictures make do with less width; a row of both is as high as its plots.
      let plots = zip(row, heights).filter { pair in
        pair.0.marks.isEmpty || pair.0.marks.contains { $0.needsAxes }
      }.map(\.1)
      rows += (plots.max() ?? heights.max() ?? 100) + heading
    }
    return min(max(rows + figure.gap * Double(figure.rows - 1), 36), 648)
  }
}

// MARK: colours and legends

extension Layout {
  /// Gives every layer its colour, dash and shape. One label has one look in the whole figure.
  private static func assignLooks(_ figure: Figure) -> ([[Look]], [[LegendEntry]]) {
    // Names that stand in several panels get their turns first, in the order they appear in.
    var turns: [String: Int] = [:]
    let names = figure.panels.map { plot in
      plot.marks.filter { $0.takesTurn && !$0.style.label.isEmpty }.map(\.style.label)
    }
    for (index, own) in names.enumerated() {
      for name in own where turns[name] == nil {
        if names.indices.contains(where: { $0 != index && names[$0].contains(name) }) {
          turns[name] = turns.count
        }
      }
    }
    var looks: [[Look]] = []
    var entries: [[LegendEntry]] = []
    for plot in figure.panels {
      var used = Set(plot.marks.compactMap { $0.takesTurn ? turns[$0.style.label] : nil })
      var own: [String: Int] = [:]
      var row: [Look?] = []
      for mark in plot.marks {
        if mark.takesTurn {
          var turn = turns[mark.style.label] ?? own[mark.style.label]
          if turn == nil {
            turn = (0...used.count).first { !used.contains($0) } ?? 0
            if !mark.style.label.isEmpty { own[mark.style.label] = turn }
          }
          used.insert(turn ?? 0)
          row.append(look(turn ?? 0, mark.style))
        } else if let turn = turns[mark.style.label] ?? own[mark.style.label] {
          row.append(look(turn, mark.style))
        } else {
          row.append(nil)
        }
      }
      for (index, mark) in plot.marks.enumerated() where row[index] == nil {
        let near =
          row[..<index].lazy.reversed().compactMap { $0 }.first
          ?? row[index...].lazy.compactMap { $0 }.first ?? look(0, MarkStyle())
        var own = look(0, mark.style)
        if mark.style.color == .automatic { own.color = near.color }
        if mark.style.dash == .automatic { own.dash = near.dash }
        row[index] = own
      }
      let done = row.compactMap { $0 }
      looks.append(done)
      entries.append(legendEntries(plot, done))
    }
    return (looks, entries)
  }

  private static func look(_ turn: Int, _ style: MarkStyle) -> Look {
    var color = Colour.cycle[turn % Colour.cycle.count]
    if case .fixed(let chosen) = style.color { color = chosen }
    return Look(
      color: color,
      dash: style.dash == .automatic ? Dash.cycle[turn % Dash.cycle.count] : style.dash,
      marker: style.marker == .automatic ? Marker.cycle[turn % Marker.cycle.count] : style.marker)
  }

  private static func legendEntries(_ plot: Plot, _ looks: [Look]) -> [LegendEntry] {
    var result: [LegendEntry] = []
    for (mark, look) in zip(plot.marks, looks) where !mark.style.label.isEmpty {
      let swatches = mark.swatches(look)
      if swatches.isEmpty { continue }
      let label = RichText(mark.style.label)
      if let index = result.firstIndex(where: { $0.label == label }) {
        result[index].swatches = swatches + result[index].swatches
      } else {
        result.append(LegendEntry(label: label, color: look.color, swatches: swatches))
      }
    }
    return result
  }

  /// Panels that show the same names get one legend, below all of them.
  private mutating func decideSharing() {
    let open = panels.indices.filter { !panels[$0].entries.isEmpty && panels[$0].legend == .best }
    let wanted = figure.legend?.position
    if wanted == .off {
      for index in panels.indices { panels[index].legend = .off }
      return
    }
    for index in panels.indices where panels[index].entries.isEmpty { panels[index].legend = .off }
    guard open.count > 1 || (wanted != nil && wanted != .best && !open.isEmpty) else { return }
    guard let most = open.max(by: { panels[$0].entries.count < panels[$1].entries.count }) else {
      return
    }
    let all = panels[most].entries
    let agree = open.allSatisfy { index in
      panels[index].entries.allSatisfy { entry in
        all.contains { $0.label == entry.label && $0.color == entry.color }
      }
    }
    guard agree || wanted == .below || wanted == .above else { return }
    var entries = all
    for index in open {
      for entry in panels[index].entries where !entries.contains(where: { $0.label == entry.label })
      {
        entries.append(entry)
      }
      panels[index].legend = .off
    }
    shared = SharedLegend(
      entries: entries, columns: figure.legend?.columns ?? 0, panels: open,
      isAbove: wanted == .above)
  }
}
