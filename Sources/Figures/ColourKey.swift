import Images

/// Colours that stand for numbers: a map, and the numbers at its ends.
package struct ColourKey: Equatable, Sendable {
  package var map: ColourMap
  package var range: ClosedRange<Double>
  /// What the numbers are; empty for none.
  package var label: String
  /// Whether a bar beside the panel explains them.
  package var hasBar: Bool

  /// Colours for these numbers, from the smallest to the largest where no bounds are given; nil
  /// when there is no map of that name.
  init?(
    _ map: String, of values: [Double], from low: Double = .nan, to high: Double = .nan,
    label: String, hasBar: Bool
  ) {
    guard let map = try? ColourMap.named(map) else { return nil }
    let finite = values.filter(\.isFinite)
    let low = low.isNaN ? finite.min() ?? 0 : low
    let high = high.isNaN ? finite.max() ?? 1 : high
    self.map = map
    range = low < high ? low...high : low...(low + 1)
    self.label = label
    self.hasBar = hasBar
  }
}
