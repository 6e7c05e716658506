import Basics
import Foundation

/// The 25 rows of six factors that make the instances of a FractalDB category.
package struct WeightTable: Sendable, Equatable {
  /// 25 rows of factors for a ... f. Row 2 changes nothing.
  package let rows: [[Double]]
  /// The distance between neighbouring factors.
  package let step: Double

  /// The table for a step: each row changes one coefficient by one or two steps up or down.
  package init(step: Double) throws {
    guard step >= 0, step <= 1 else {
      throw Problem(
        "range", "a weight step of \(NumberText.short(step))", notes: ["it lies between 0 and 1"],
        suggestions: ["vary = 0.4"])
    }
    self.step = step
    // Written in decimals so that the factors are the doubles that the published files spell.
    let places = 10_000.0
    let scaled =
      (step * places).rounded() / places == step ? (step * places).rounded() : step * places
    let factors = [-2.0, -1, 0, 1, 2].map { (places + $0 * scaled) / places }
      // The published table for 0.5 has 0.01 where a coefficient would vanish.
      .map { $0 == 0 ? 0.01 : $0 }
    var rows: [[Double]] = []
    for coefficient in 0..<6 {
      for (index, factor) in factors.enumerated() where coefficient == 0 || index != 2 {
        var row = [Double](repeating: 1, count: 6)
        row[coefficient] = factor
        rows.append(row)
      }
    }
    self.rows = rows
  }

  /// As the published files have it: no header, no line end after the last row.
  package var csv: String {
    rows.map { row in row.map { String(format: "%.6g", $0) }.joined(separator: ",") }
      .joined(separator: "\r\n")
  }
}
