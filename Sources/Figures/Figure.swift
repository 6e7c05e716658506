import Basics
import Foundation

/// Panels on a page of exact size, ready for a paper.
package struct Figure: Sendable {
  package var panels: [Plot]
  /// Panels in a row.
  package var perRow: Int
  /// Whole points.
  package var width: Int
  /// Whole points; chosen from the panels when nobody says.
  package var height: Int
  /// Pattern of panel letters, such as "(a)" or "A"; empty for none.
  package var labels: String
  /// Points between panels.
  package var gap: Double
  /// Shares of the width for the columns of panels; empty to choose.
  package var widths: [Double]
  package var legend: Legend?
  package var font = "DejaVu Sans"
  /// Size of axis labels and titles; a point smaller than the running text.
  package var labelSize: Double
  /// Size of numbers at ticks and in legends.
  package var tickSize: Double

  /// - Parameters:
  ///   - column: a venue ("neurips", "icml page"), or nil for `width`.
  ///   - width: points; used when `column` is nil. 5.5 inches when both are.
  ///   - height: points, rounded to whole ones; nil to choose.
  ///   - labels: pattern of panel letters holding one of a, A, i or 1.
  ///   - perRow: panels in a row; 0 for all in one.
  package init(
    _ panels: [Plot], column: String? = nil, width: Double? = nil, height: Double? = nil,
    labels: String = "", perRow: Int = 0, gap: Double = 12, widths: [Double] = [],
    legend: Legend? = nil
  ) throws {
    guard !panels.isEmpty else {
      throw Problem("plot", "a figure needs at least one panel", suggestions: ["figure((a, b))"])
    }
    var points = width ?? 396
    var body = 10.0
    if let column {
      let (venue, own) = try Venue.width(named: column)
      points = width ?? own
      body = venue.bodySize
    }
    guard (36...3600).contains(points) else {
      throw Problem(
        "range", "a figure cannot be \(NumberText.short(points / 72)) inches wide",
        notes: ["between half an inch and 50 inches"])
    }
    self.panels = panels
    self.perRow = perRow > 0 ? min(perRow, panels.count) : panels.count
    self.width = Int(points.rounded())
    self.labels = labels
    self.gap = gap
    self.widths = widths
    self.legend = legend
    labelSize = body - 1
    tickSize = body - 3
    self.height = 0
    if !widths.isEmpty, widths.count != self.perRow || widths.contains(where: { $0 <= 0 }) {
      throw Problem(
        "shape", "`widths` has \(widths.count) shares for \(self.perRow) panels in a row")
    }
    if labels != "" && Self.letter(labels, 0) == nil {
      throw Problem(
        "choice", "`labels` is \"\(labels)\"", notes: ["it must hold a, A, i or 1"],
        suggestions: ["labels = \"(a)\""])
    }
    if let height {
      guard (24...7200).contains(height) else {
        throw Problem(
          "range", "a figure cannot be \(NumberText.short(height / 72)) inches high",
          notes: ["between a third of an inch and 100 inches"])
      }
      self.height = Int(height.rounded())
    } else {
      self.height = Int(Layout.naturalHeight(of: self).rounded(.up))
    }
  }

  /// A lone plot as it is shown while working.
  package init(_ plot: Plot) throws {
    try self.init([plot], width: 324)
  }

  /// `5.50 × 1.70 in, 2 panels`.
  package var sizeText: String {
    let inches = [width, height].map { NumberText.fixed(Double($0) / 72, decimals: 2) }
    let count = panels.count == 1 ? "1 panel" : "\(panels.count) panels"
    return "\(inches[0]) × \(inches[1]) in, \(count)"
  }

  var rows: Int { (panels.count + perRow - 1) / perRow }

  /// The label of panel `index` by `pattern`; nil when the pattern has no place for it.
  static func letter(_ pattern: String, _ index: Int) -> String? {
    guard let place = pattern.firstIndex(where: { "aAi1".contains($0) }) else { return nil }
    let text: String
    switch pattern[place] {
    case "a", "A":
      let base: UInt32 = pattern[place] == "a" ? 97 : 65
      let letter = Character(Unicode.Scalar(base + UInt32(index % 26)) ?? "?")
      text = String(repeating: letter, count: index / 26 + 1)
    case "i":
      let numerals = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
      text = index < numerals.count ? numerals[index] : String(index + 1)
    default: text = String(index + 1)
    }
    return pattern.replacingCharacters(in: place...place, with: text)
  }
}
