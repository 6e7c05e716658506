import ArgumentParser
import Notebooks

/// `fdsl params FILE`: what `-D` can set.
struct ParamsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "params",
    abstract: "List a program's parameters with defaults, ranges, captions.")

  @Argument(help: "Program or notebook.", completion: .file())
  var file: String

  @OptionGroup var display: DisplayOptions

  func run() throws {
    let place = Workplace(display)
    try place.forEach([file]) { file in
      let graph = CellGraph(try place.notebook(file), language: place.language)
      let rows = graph.parameters.map { parameter in
        [
          parameter.name, parameter.value, parameter.range.map { "in \($0)" } ?? "",
          parameter.caption ?? "",
        ]
      }
      place.output.write(Table.text(rows))
      return .done
    }
  }
}

/// Rows of words in aligned columns.
enum Table {
  /// The rows, one line each, columns two blanks apart.
  static func text(_ rows: [[String]]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, word) in row.enumerated() {
        line += word + String(repeating: " ", count: widths[column] - word.count + 2)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
