import Basics
import Foundation

extension Layout {
  mutating func chooseScales(_ index: Int) throws {
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
