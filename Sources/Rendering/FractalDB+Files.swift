import Basics
import Foundation

extension FractalDB {
  /// `00000/00000_02_count_0_flip0.png` as published, else `00000/00000_00007.png`.
  package func path(_ c: Int, _ k: Int) -> String {
    let folder = padded(c, 5)
    guard settings.isPublished else { return "\(folder)/\(folder)_\(padded(k, 5)).png" }
    let row = padded(k / (4 * patterns), 2)
    return "\(folder)/\(folder)_\(row)_count_\(k / 4 % patterns)_flip\(k % 4).png"
  }

  /// The table of each category under the published name, and the weights.
  package func sideFiles() throws -> [(path: String, text: String)] {
    let folder = "csv_rate\(settings.rule.threshold)_category\(categories)"
    var files = try (0..<categories).map { c in
      ("\(folder)/\(padded(c, 5)).csv", try found(c).csv)
    }
    files.append(("weights/weights_\(String(format: "%.6g", settings.vary)).csv", weights.csv))
    return files
  }
}
