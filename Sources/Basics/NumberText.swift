import Foundation

/// The one way numbers are printed.
package enum NumberText {
  /// `value` with `digits` significant digits, as short as that allows: `9.4248`, `111`, `1.5e-07`.
  ///
  /// Whole numbers below 10^15 are printed whole.
  package static func short(_ value: Double, digits: Int = 5) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return String(format: "%.\(max(1, digits))g", value)
  }

  /// A complex number: `3 - 4im`.
  package static func complex(_ real: Double, _ imaginary: Double, digits: Int = 5) -> String {
    let sign = imaginary < 0 ? "-" : "+"
    return "\(short(real, digits: digits)) \(sign) \(short(abs(imaginary), digits: digits))im"
  }

  /// `value` with exactly `decimals` digits after the point.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    String(format: "%.\(max(0, decimals))f", value)
  }

  /// A number of bytes with a binary unit: `7.3 TiB`.
  package static func bytes(_ count: Double) -> String {
    var value = count
    var unit = "bytes"
    for next in ["KiB", "MiB", "GiB", "TiB", "PiB"] where value >= 1024 {
      value /= 1024
      unit = next
    }
    return unit == "bytes" ? "\(Int(value)) bytes" : "\(String(format: "%.3g", value)) \(unit)"
  }

  /// A duration in seconds for a reader: `0.8 ms`, `41.8 s`, `2 min 05 s`, `1 h 12 min`.
  package static func duration(_ seconds: Double) -> String {
    if seconds < 0.1 { return String(format: "%.2g ms", seconds * 1000) }
    if seconds < 60 { return String(format: "%.1f s", seconds) }
    let whole = Int(seconds.rounded())
    if whole < 3600 { return String(format: "%d min %02d s", whole / 60, whole % 60) }
    return String(format: "%d h %02d min", whole / 3600, whole % 3600 / 60)
  }
}
