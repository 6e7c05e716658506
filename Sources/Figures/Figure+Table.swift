import Basics

extension Figure {
  /// The numbers behind the figure, one row each, as comma-separated values (RFC 4180).
  ///
  /// Columns: panel, layer, mark, label, then the channels any layer has. Pictures are not in it.
  package var csv: String {
    let order = ["x", "y", "lo", "hi", "z", "dx", "dy"]
    let present = Set(panels.flatMap(\.marks).flatMap(\.table).map(\.name))
    let columns = order.filter(present.contains)
    var lines = [(["panel", "layer", "mark", "label"] + columns).joined(separator: ",")]
    for (panelIndex, plot) in panels.enumerated() {
      for (layer, mark) in plot.marks.enumerated() {
        let table = mark.table
        let count = table.map(\.values.count).max() ?? 0
        let head = [
          String(panelIndex + 1), String(layer + 1), Self.quoted(type(of: mark).name),
          Self.quoted(mark.style.label),
        ]
        for row in 0..<count {
          let cells = columns.map { name -> String in
            guard let values = table.first(where: { $0.name == name })?.values, row < values.count
            else { return "" }
            let value = values[row]
            return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
          }
          lines.append((head + cells).joined(separator: ","))
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ text: String) -> String {
    // A cell that starts like a formula would be run by a spreadsheet.
    let safe = text.first.map { "=+-@\t\r".contains($0) } ?? false ? "'" + text : text
    guard safe.contains(where: { ",\"\n\r".contains($0) }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }
}
