import Basics
import Foundation

/// One axis after its range is known: where values lie, and which of them are marked.
package struct Scale: Equatable, Sendable {
  /// A marked value with what is written there.
  package struct Tick: Equatable, Sendable {
    package var value: Double
    package var label: RichText
  }

  /// The value at the left or lower end; larger than `upper` on a reversed axis.
  package var lower: Double
  package var upper: Double
  package var isLogarithmic: Bool
  package var ticks: [Tick] = []
  package var minorTicks: [Double] = []

  /// The place of `value` along the axis: 0 at the lower end, 1 at the upper; nil when it has none.
  package func place(_ value: Double) -> Double? {
    if isLogarithmic {
      guard value > 0, value.isFinite else { return nil }
      return log(value / lower) / log(upper / lower)
    }
    guard value.isFinite else { return nil }
    return (value - lower) / (upper - lower)
  }

  /// The value at `place`, 0 at the lower end and 1 at the upper.
  package func value(at place: Double) -> Double {
    isLogarithmic ? lower * pow(upper / lower, place) : lower + place * (upper - lower)
  }

  /// Whether `value` lies between the ends, with a little tolerance for rounding.
  package func contains(_ value: Double) -> Bool {
    guard let place = place(value) else { return false }
    return place > -1e-6 && place < 1 + 1e-6
  }
}

extension Scale {
  /// Marks at round numbers, at most `count` of them, no nearer to each other than `minimumStep`.
  package mutating func chooseTicks(count: Int, minimumStep: Double = 0) {
    if isLogarithmic, chooseLogarithmicTicks(count: count) { return }
    chooseLinearTicks(count: count, minimumStep: minimumStep)
  }

  /// Marks exactly at `values`.
  package mutating func setTicks(_ values: [Double], labels: [String]?) {
    let shown = zip(values.indices, values).filter { contains($0.1) }
    let texts = isLogarithmic ? values.map(Self.logarithmicLabel) : Self.labels(of: values)
    ticks = shown.map { index, value in
      let label = labels.flatMap { $0.indices.contains(index) ? RichText($0[index]) : nil }
      return Tick(value: value, label: label ?? texts[index])
    }
    minorTicks = []
  }

  private mutating func chooseLinearTicks(count: Int, minimumStep: Double) {
    let low = min(lower, upper)
    let high = max(lower, upper)
    let span = high - low
    // Narrower than doubles can tell apart there are no round numbers.
    guard span.isFinite, span > 1e-290, span > 1e-13 * max(abs(low), abs(high)) else { return }
    // The finest of the round steps that does not give more marks than there is room for.
    var exponent = (log10(span / Double(max(count, 1)))).rounded(.down) - 1
    var step = 0.0
    var (first, last) = (0.0, -1.0)
    search: while true {
      for factor in [1, 2, 2.5, 5] {
        step = max(factor * pow(10, exponent), minimumStep)
        if minimumStep > 0, step != step.rounded() { continue }
        first = (low / step - 1e-9).rounded(.up)
        last = (high / step + 1e-9).rounded(.down)
        if Int(last - first) + 1 <= max(count, 1) { break search }
      }
      exponent += 1
    }
    guard first <= last else { return }
    let values = stride(from: first, through: last, by: 1).map { index -> Double in
      // The product carries rounding; the shortest decimal near it is what is meant.
      Double(String(format: "%.12g", index * step)) ?? index * step
    }
    ticks = zip(values, Self.labels(of: values)).map { Tick(value: $0, label: $1) }
    minorTicks = []
  }

  /// Powers of ten, and 1-2-5 between them when there are few. False when the range is so narrow
  /// that plain numbers serve better.
  private mutating func chooseLogarithmicTicks(count: Int) -> Bool {
    let low = min(lower, upper)
    let high = max(lower, upper)
    guard low > 0, high.isFinite else { return false }
    let first = Int((log10(low) - 1e-9).rounded(.up))
    let last = Int((log10(high) + 1e-9).rounded(.down))
    let decades = last - first + 1
    func inside(_ factors: [Double]) -> [Double] {
      (first - 1...max(last, first - 1)).flatMap { exponent in
        factors.map { Double(String(format: "%.12g", $0 * pow(10, Double(exponent)))) ?? 0 }
      }.filter(contains)
    }
    var values: [Double]
    switch decades {
    case 3...:
      let stride = max(1, (decades + count - 1) / max(count, 1))
      values = inside([1]).enumerated().filter { $0.offset % stride == 0 }.map(\.element)
    case 2: values = inside(count >= 5 ? [1, 2, 5] : count >= 4 ? [1, 3] : [1])
    default:
      values = inside([1, 2, 5])
      if values.count < 3 { return false }
    }
    if values.count > count + 2 { values = inside([1, 3]) }
    ticks = values.map { Tick(value: $0, label: Self.logarithmicLabel($0)) }
    minorTicks =
      decades > 7
      ? []
      : inside(Array(1...9).map(Double.init)).filter {
        !values.contains($0)
      }
    return true
  }

  /// Numbers with as many decimals as their distances need; a common power of ten when large or
  /// small.
  static func labels(of values: [Double]) -> [RichText] {
    let largest = values.map(abs).filter(\.isFinite).max() ?? 0
    if largest >= 1e6 || (largest > 0 && largest < 1e-3) {
      return values.map { value in
        guard value != 0 else { return .plain("0") }
        let exponent = Int((log10(largest) + 1e-9).rounded(.down))
        let text = signed(NumberText.short(value / pow(10, Double(exponent)), digits: 4))
        return .power(mantissa: text, exponent: exponent)
      }
    }
    let decimals = (0...6).first { digits in
      values.allSatisfy {
        abs((Double(NumberText.fixed($0, decimals: digits)) ?? .infinity) - $0) <= 1e-9
          * max(largest, 1e-12)
      }
    }
    return values.map { value in
      guard let decimals else { return .plain(signed(NumberText.short(value, digits: 4))) }
      return .plain(signed(NumberText.fixed(value == 0 ? 0 : value, decimals: decimals)))
    }
  }

  private static func logarithmicLabel(_ value: Double) -> RichText {
    let exponent = Int((log10(value) + 1e-9).rounded(.down))
    if (-2...3).contains(exponent) || value == 1e4 { return .plain(NumberText.short(value)) }
    let mantissa = value / pow(10, Double(exponent))
    return .power(
      mantissa: abs(mantissa - 1) < 1e-9 ? nil : NumberText.short(mantissa), exponent: exponent)
  }

  /// With a minus sign instead of a hyphen.
  private static func signed(_ text: String) -> String { text.replacing("-", with: "−") }
}
