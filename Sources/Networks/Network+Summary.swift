import Basics

extension Network {
  /// The layers with the shapes they make and their numbers of parameters, as a table; the last
  /// row says for which samples.
  package var summary: String {
    (presumedInputShape.flatMap { try? summary(for: $0) }) ?? unbuiltSummary
  }

  /// The layers, shapes and numbers of parameters for samples of that shape.
  package func summary(for input: [Int]) throws -> String {
    let shapes = try shapes(for: input)
    var rows = [["", "layer", "output", "parameters"]]
    var total = 0
    for index in stages.indices {
      let layer = stages[index].layer
      let count = try layer.affordableParameters(for: shapes[index]).reduce(0) {
        $0 + $1.shape.reduce(1, *)
      }
      total += count
      rows.append([
        stageName(index), layer.written, Self.text(of: shapes[index + 1]),
        count == 0 ? "" : Self.grouped(count),
      ])
    }
    let frozen = entries.reduce(0) {
      $1.isFrozen && !$1.isBuffer ? $0 + $1.shape.reduce(1, *) : $0
    }
    rows.append([
      "", "", Self.text(of: input) + " → " + Self.text(of: shapes[stages.count]),
      Self.grouped(total),
    ])
    return Self.table(rows) + (frozen > 0 ? "\n\(Self.grouped(frozen)) of them frozen" : "")
  }

  private var unbuiltSummary: String {
    Self.table([["", "layer"]] + stages.indices.map { [stageName($0), stages[$0].layer.written] })
  }

  private func stageName(_ index: Int) -> String {
    stages[index].name.flatMap { $0.isEmpty ? "" : $0 } ?? String(index)
  }

  private static func text(of shape: [Int]) -> String {
    "[" + shape.map(String.init).joined(separator: ", ") + "]"
  }

  /// An integer in groups of three digits: `11,689,512`.
  static func grouped(_ number: Int) -> String {
    var digits = Array(String(number))
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
    return String(digits)
  }

  /// Columns as wide as their widest entry; long descriptions are cut. The last of four columns
  /// stands flush right.
  private static func table(_ rows: [[String]]) -> String {
    let limit = 44
    let rows = rows.map { row in row.map { $0.count > limit ? $0.prefix(limit - 1) + "…" : $0 } }
    let columns = rows[0].count
    let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 3 ? space + row[column] : row[column] + space
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
