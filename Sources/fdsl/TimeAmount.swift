import ArgumentParser
import Foundation

/// A duration as a user writes it: `90`, `30s`, `10min`, `2h`.
struct TimeAmount: ExpressibleByArgument {
  let seconds: Double

  init?(argument: String) {
    let units: [String: Double] = ["": 1, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600]
    let digits = argument.prefix { $0.isNumber || $0 == "." }
    let unit = argument.dropFirst(digits.count).trimmingCharacters(in: .whitespaces)
    guard let number = Double(digits), number.isFinite, number > 0,
      let factor = units[unit.lowercased()]
    else { return nil }
    seconds = number * factor
  }
}
