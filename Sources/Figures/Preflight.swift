import Basics
import Foundation

/// What a careful reader of the proofs would mark in a figure.
package enum Preflight {
  /// One sentence for each fault; empty when the figure may go to the printer.
  package static func remarks(on figure: Figure) throws -> [String] {
    let layout = try Layout(figure)
    var remarks: [String] = []
    if figure.tickSize < 6 || figure.labelSize < 6 {
      let size = NumberText.short(min(figure.tickSize, figure.labelSize))
      remarks.append("text of \(size) pt is smaller than 6 pt")
    }
    for (index, panel) in layout.panels.enumerated() {
      let name =
        figure.panels.count == 1
        ? "the plot" : "panel " + (Figure.letter(figure.labels, index) ?? String(index + 1))
      for sketch in layout.sketch(panel) {
        for text in sketch.texts where text.size < 6 {
          remarks.append("\(name) has text of \(NumberText.short(text.size, digits: 2)) pt")
          break
        }
      }
      remarks += axisRemarks(panel, name) + colourRemarks(panel, name) + dataRemarks(panel, name)
      if panel.box.width < 40 || panel.box.height < 30 {
        remarks.append(
          "\(name) has only \(Int(panel.box.width)) × \(Int(panel.box.height)) pt for its data")
      }
    }
    return remarks
  }

  private static func axisRemarks(_ panel: Layout.Panel, _ name: String) -> [String] {
    guard panel.hasAxes, !panel.plot.marks.contains(where: { $0 is Heat }) else { return [] }
    let axes = panel.plot.axes
    let hasNames = panel.plot.marks.contains { $0.hints.x.names != nil } || axes.xnames != nil
    var missing: [String] = []
    if axes.x?.isEmpty ?? true, !hasNames { missing.append("x") }
    if axes.y?.isEmpty ?? true { missing.append("y") }
    return missing.map { "\(name) has no label on its \($0) axis" }
  }

  private static func colourRemarks(_ panel: Layout.Panel, _ name: String) -> [String] {
    var remarks: [String] = []
    for mark in panel.plot.marks {
      let width = mark.style.width
      if width > 0, width < 0.5 {
        remarks.append("\(name) has lines of \(NumberText.short(width)) pt, thinner than 0.5 pt")
      }
    }
    let series = zip(panel.plot.marks, panel.looks).filter { $0.0.takesTurn }
    for (offset, (first, a)) in series.enumerated() {
      for (second, b) in series.dropFirst(offset + 1) {
        let hasShapes =
          first.swatches(a) != second.swatches(b) && first.swatches(a).count > 0
        if hasShapes || a.color == b.color { continue }
        if looksAlikeWithoutRed(a.color, b.color) {
          remarks.append(
            "\(name) tells layers apart by \(a.color.hex) and \(b.color.hex) alone, which look alike"
              + " to readers who do not tell red from green")
        }
      }
    }
    return remarks
  }

  /// Compares lightness and blueness, what remains in deuteranopia (after Viénot, 1999: red and
  /// green cones are merged by their luminance).
  private static func looksAlikeWithoutRed(_ a: Colour, _ b: Colour) -> Bool {
    func seen(_ c: Colour) -> (Double, Double) {
      let (r, g, b) = (
        pow(Double(c.red) / 255, 2.2), pow(Double(c.green) / 255, 2.2),
        pow(Double(c.blue) / 255, 2.2)
      )
      return (pow(0.29275 * r + 0.70725 * g, 1 / 2.2), pow(max(0, b), 1 / 2.2))
    }
    let (yellow1, blue1) = seen(a)
    let (yellow2, blue2) = seen(b)
    return hypot(yellow1 - yellow2, blue1 - blue2) < 0.13
  }

  private static func dataRemarks(_ panel: Layout.Panel, _ name: String) -> [String] {
    var remarks: [String] = []
    var lost = 0
    for mark in panel.plot.marks where mark.needsAxes {
      for (column, values) in mark.table {
        let scale = column == "x" ? panel.x : column == "y" ? panel.y : nil
        guard let scale else { continue }
        lost += values.filter { scale.place($0) == nil }.count
      }
    }
    if lost > 0 {
      remarks.append("\(name) leaves out \(lost) value\(lost == 1 ? "" : "s") that cannot be shown")
    }
    return remarks
  }
}
