import Basics

/// A stretch of a notebook that runs as one and whose answers are recorded together.
package struct Cell: Equatable, Sendable {
  /// Keys the random streams and names the side files; empty for what stands above all marks.
  package let label: String
  /// Whether the cell has a mark of its own.
  package let isNamed: Bool
  package let options: CellOptions
  /// Its lines, the mark included.
  package let lines: Range<Int>
  /// Where its `#: key` line stands.
  package let keyLine: Int?
  /// What that line says.
  package let key: RecordedKey?

  /// The label for a reader.
  package var title: String { label.isEmpty ? "(top)" : label }
}

/// What stands behind the label of a cell's mark.
package struct CellOptions: Equatable, Sendable {
  /// Its values may be kept between runs.
  package var isCached = false
  /// How far numbers may move; 0 when they may not.
  package var tolerance = 0.0
  /// It must end in an error, which is recorded.
  package var raises = false
  /// Exports leave it out.
  package var isHidden = false
  /// It is never run.
  package var isSkipped = false
  /// Significant digits of its answers; `nil` for the usual ones.
  package var digits: Int?

  package init() {}
}

extension CellOptions {
  /// Reads `label words tol=1e-3 raises`: options are the words at the end that are known ones.
  static func parse(words: String, line: Int, in name: String) throws
    -> (label: String, options: CellOptions)
  {
    var words = words.split { $0 == " " || $0 == "\t" }.map(String.init)
    var options = CellOptions()
    reading: while let word = words.last {
      switch word {
      case "cache": options.isCached = true
      case "raises": options.raises = true
      case "hide": options.isHidden = true
      case "skip": options.isSkipped = true
      case _ where word.hasPrefix("tol="):
        guard let value = Double(word.dropFirst(4)), value >= 0, value.isFinite else {
          throw Problem(
            "cell", "the tolerance \"\(word)\" in line \(line + 1) of \(name) is no number",
            suggestions: ["tol=1e-3"])
        }
        options.tolerance = value
      case _ where word.hasPrefix("digits="):
        guard let digits = Int(word.dropFirst(7)), (1...17).contains(digits) else {
          throw Problem(
            "cell", "\"\(word)\" in line \(line + 1) of \(name) is no number of digits",
            notes: ["there are 1 to 17 of them"], suggestions: ["digits=8"])
        }
        options.digits = digits
      case _ where word.contains("="):
        throw Problem(
          "cell", "there is no cell option \"\(word)\", in line \(line + 1) of \(name)",
          notes: ["the options are cache, tol=1e-3, digits=8, raises, hide, skip"])
      default: break reading
      }
      words.removeLast()
    }
    return (words.joined(separator: " "), options)
  }
}
