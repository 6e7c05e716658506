/// Amounts as a user writes them.
package enum Amount {
  /// Bytes from `8G`, `500 MB`, `1.5GiB` or `4096`; nil when the text is none. Units are binary.
  package static func bytes(_ text: String) -> Int? {
    let units: [String: Double] = [
      "": 1, "b": 1, "k": 0x1p10, "m": 0x1p20, "g": 0x1p30, "t": 0x1p40,
    ]
    guard let (number, unit) = parts(text),
      let factor = units[unit] ?? units[String(unit.prefix(1))],
      unit.count < 2 || ["b", "ib"].contains(unit.dropFirst())
    else { return nil }
    let bytes = number * factor
    return bytes >= 1 && bytes < 0x1p62 ? Int(bytes) : nil
  }

  /// Seconds from `90`, `30s`, `10min` or `2h`; nil when the text is none.
  package static func seconds(_ text: String) -> Double? {
    let units: [String: Double] = [
      "": 1, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600,
    ]
    guard let (number, unit) = parts(text), let factor = units[unit] else { return nil }
    return number * factor
  }

  /// A positive number and what stands behind it in small letters.
  private static func parts(_ text: String) -> (number: Double, unit: String)? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = Double(digits), number.isFinite, number > 0 else { return nil }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
    return (number, unit)
  }
}
