import Basics
import Foundation

/// Compares what a notebook has recorded with the answers of a run.
package struct Check {
  /// One answer that does not hold.
  package struct Difference: Equatable, Sendable {
    /// Line of the file, counted from 1.
    package var line: Int
    /// Title of the cell.
    package var cell: String
    /// The first line of the code.
    package var code: String
    /// Lines with their sign: " " agrees, "-" recorded, "+" computed.
    package var lines: [(sign: Character, text: String)]

    package static func == (left: Difference, right: Difference) -> Bool {
      left.line == right.line && left.cell == right.cell && left.code == right.code
        && left.lines.map { "\($0.sign)\($0.text)" } == right.lines.map { "\($0.sign)\($0.text)" }
    }
  }

  package let differences: [Difference]
  /// How many recorded answers were compared.
  package let compared: Int
  /// Titles of cells that ran with other parameters than the recorded ones, and why they were not
  /// compared.
  package let uncompared: [String]
  private let notebook: Notebook

  /// Compares; writes and runs nothing.
  ///
  /// - Parameter overrides: parameters that the run was given. Cells that depend on one whose value
  ///   differs from the recorded one have no recorded answer to agree with.
  package init(
    _ notebook: Notebook, _ recording: Recording, graph: CellGraph,
    language: any NotebookLanguage, folder: URL, overrides: [String: String] = [:],
    seed: UInt64? = nil
  ) {
    self.notebook = notebook
    let usual = graph.keys { _ in [] }
    let actual = graph.keys(overrides: overrides, seed: seed) { _ in [] }
    let pictures = RecordedPictures(folder: folder, recording: recording, language: language)
    var differences: [Difference] = []
    var uncompared: [String] = []
    var compared = 0
    for (index, cell) in notebook.cells.enumerated() where recording.cells[index].wasRun {
      if usual[index] != actual[index] {
        uncompared.append(cell.title)
        continue
      }
      let comparison = Comparison(tolerance: cell.options.tolerance) { pictures.same($0, $1) }
      for number in recording.cells[index].stray {
        let text = notebook.lines[number].text
        differences.append(
          Difference(line: number + 1, cell: cell.title, code: "", lines: [("-", text)]))
      }
      for group in recording.cells[index].groups {
        // A page shows the answers that matter to it; a notebook records all.
        if notebook.kind == .markdown, group.entry.recorded.isEmpty { continue }
        compared += group.entry.recorded.isEmpty ? 0 : 1
        if comparison.agrees(group.entry.recorded, group.computed) { continue }
        let first = group.entry.lines.lowerBound
        differences.append(
          Difference(
            line: (group.entry.places.first ?? first) + 1, cell: cell.title,
            code: notebook.lines[first].code.text.trimmingCharacters(in: .whitespaces),
            lines: Self.diff(
              group.entry.recorded, group.computed, comparison, pictures: pictures)))
      }
    }
    self.differences = differences
    self.compared = compared
    self.uncompared = uncompared
  }

  /// Whether every answer that was compared holds.
  package var holds: Bool { differences.isEmpty }

  /// The differences for a reader.
  ///
  /// - Parameter paint: gives a line its colour by its sign.
  package func text(paint: (Character, String) -> String = { $1 }) -> String {
    var result = ""
    if !notebook.isRecorded, !differences.isEmpty {
      result += "\(notebook.name): nothing is recorded in it yet\n"
      result += "   try:  fdsl update \(notebook.name)\n"
    }
    for difference in differences {
      let place = difference.cell == "(top)" ? "" : "  in \(difference.cell)"
      result += "\(notebook.name):\(difference.line)\(place)\n"
      if !difference.code.isEmpty { result += "   \(difference.code)\n" }
      for (sign, text) in difference.lines {
        result += paint(sign, sign == " " ? "   \(text)" : " \(sign) \(text)") + "\n"
      }
    }
    return result
  }

  /// The recorded and the computed lines as one list; long stretches that agree are left out.
  private static func diff(
    _ recorded: [RecordedLine], _ computed: [RecordedLine], _ comparison: Comparison,
    pictures: RecordedPictures
  ) -> [(sign: Character, text: String)] {
    let changes = computed.difference(from: recorded) { comparison.agrees($1, $0) }
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in changes {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [(sign: Character, text: String)] = []
    var (old, new) = (0, 0)
    while old < recorded.count || new < computed.count {
      if removed.contains(old) {
        var text = "#>" + recorded[old].rendered
        if case .picture(_, let path, _) = recorded[old], pictures.recorded(path) == nil {
          text += "   (this file is missing)"
        }
        lines.append(("-", text))
        old += 1
      } else if inserted.contains(new) {
        lines.append(("+", "#>" + computed[new].rendered))
        new += 1
      } else {
        lines.append((" ", "#>" + recorded[old].rendered))
        old += 1
        new += 1
      }
    }
    return shortened(lines)
  }

  private static func shortened(_ lines: [(sign: Character, text: String)])
    -> [(sign: Character, text: String)]
  {
    let near = 2
    let shown = lines.indices.map { index in
      lines[max(0, index - near)...min(lines.count - 1, index + near)].contains { $0.sign != " " }
    }
    var result: [(sign: Character, text: String)] = []
    for index in lines.indices {
      if shown[index] {
        result.append(lines[index])
      } else if index == 0 || shown[index - 1] {
        let hidden = shown[index...].prefix { !$0 }.count
        result.append((" ", "… \(hidden) line\(hidden == 1 ? "" : "s") that agree"))
      }
    }
    return result
  }
}
