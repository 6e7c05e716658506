import Basics
import Foundation

/// A program with its recorded answers, read from one text file; any script is one.
///
/// Every byte of the text is kept; only recorded answers, keys and the engine's stamp are ever
/// rewritten.
package struct Notebook: Sendable {
  /// What kind of text holds the program.
  package enum Kind: Sendable {
    /// A `.fdsl` file: all of it is program.
    case program
    /// A Markdown file: the program stands in fenced `fdsl` blocks.
    case markdown
  }

  /// The file as the user named it; diagnostics repeat it.
  package let name: String
  package let kind: Kind
  package let lines: [SourceLine]
  /// In the order of the file, covering every line of a program exactly once.
  package let cells: [Cell]

  /// Reads a notebook. Throws when a cell's options make no sense or a label stands twice.
  package init(name: String, text: String) throws {
    let suffix = PathName.ending(name)
    try self.init(
      name: name, text: text, kind: ["md", "markdown"].contains(suffix) ? .markdown : .program)
  }

  /// Reads a notebook of a known kind.
  package init(name: String, text: String, kind: Kind) throws {
    self.name = name
    self.kind = kind
    switch kind {
    case .program:
      lines = SourceLine.lines(of: text) { _, _ in true }
      cells = try Self.marked(lines, name: name)
    case .markdown:
      var fences = Fences()
      lines = SourceLine.lines(of: text) { number, line in fences.isInside(line, number: number) }
      cells = try fences.blocks.enumerated().map { index, block in
        let options = try CellOptions.parse(
          words: block.words, line: block.lines.lowerBound, in: name)
        return Cell(
          label: options.label.isEmpty ? "block\(index + 1)" : options.label, isNamed: false,
          options: options.options, lines: block.lines, keyLine: nil, key: nil)
      }
    }
  }

  /// The whole text, byte for byte.
  package var text: String { lines.map { $0.text + $0.terminator }.joined() }

  /// The end of line that the file uses.
  package var newline: String {
    let first = lines.first?.terminator ?? ""
    return first.isEmpty ? "\n" : first
  }

  /// The value of a header line that stands above all cells, as `seed` in `#: seed 7`.
  package func header(_ key: String) -> String? {
    headerLine(key).flatMap { number in
      if case .header(_, let value) = lines[number].role { value } else { nil }
    }
  }

  /// Where a header line stands.
  package func headerLine(_ key: String) -> Int? {
    guard kind == .program, let first = cells.first else { return nil }
    return first.lines.first { number in
      if case .header(key, _) = lines[number].role { true } else { false }
    }
  }

  /// The seed that the header asks for.
  package var seed: UInt64? {
    get throws {
      guard let text = header("seed") else { return nil }
      guard let seed = UInt64(text) else {
        throw Problem("header", "the seed in the header of \(name) is \"\(text)\", no whole number")
      }
      return seed
    }
  }

  /// Whether answers or keys have ever been recorded in it.
  package var isRecorded: Bool {
    cells.contains { $0.key != nil } || lines.contains { $0.recorded != nil }
  }

  /// The text with every line blanked that is not in one of the chosen cells. Blanks take as many
  /// bytes as what they replace, so every place is a place in the file.
  package func text(ofCells chosen: (Int) -> Bool) -> String {
    var visible = [Bool](repeating: false, count: lines.count)
    for (index, cell) in cells.enumerated() where chosen(index) {
      for number in cell.lines { visible[number] = true }
    }
    var bytes: [UInt8] = []
    for (number, line) in lines.enumerated() {
      let content = line.text + line.terminator
      if visible[number] {
        bytes += content.utf8
      } else {
        bytes += content.utf8.map { $0 == 0x0a || $0 == 0x0d ? $0 : 0x20 }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The number of the line that holds a byte of the file.
  package func line(ofByte byte: Int) -> Int {
    var (low, high) = (0, lines.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if lines[middle].start <= byte { low = middle } else { high = middle }
    }
    return low
  }

  /// The cell that a line stands in.
  package func cell(ofLine line: Int) -> Int? { cells.firstIndex { $0.lines.contains(line) } }
}

extension Notebook {
  /// The cells of a program: what stands before the first mark, then one for each mark.
  private static func marked(_ lines: [SourceLine], name: String) throws -> [Cell] {
    let marks = lines.indices.filter { lines[$0].role == .mark }
    var cells: [Cell] = []
    if marks.first != 0 {
      cells.append(cell(lines, 0..<(marks.first ?? lines.count), "", CellOptions(), false))
    }
    var seen: [String: Int] = [:]
    for (index, mark) in marks.enumerated() {
      let end = index + 1 < marks.count ? marks[index + 1] : lines.count
      let words = lines[mark].text.drop { $0 == " " || $0 == "\t" }.dropFirst(3)
      let parsed = try CellOptions.parse(words: String(words), line: mark, in: name)
      let label = parsed.label.isEmpty ? "cell\(index + 1)" : parsed.label
      if let earlier = seen[label] {
        throw Problem(
          "cell", "two cells of \(name) are labelled \"\(label)\"",
          notes: ["in line \(earlier + 1) and in line \(mark + 1)"],
          suggestions: ["#%% \(label)-2"])
      }
      seen[label] = mark
      cells.append(cell(lines, mark..<end, label, parsed.options, true))
    }
    return cells
  }

  private static func cell(
    _ lines: [SourceLine], _ range: Range<Int>, _ label: String, _ options: CellOptions,
    _ isNamed: Bool
  ) -> Cell {
    var key: (line: Int, text: String)?
    for number in range {
      if case .header("key", let value) = lines[number].role { key = (number, value) }
    }
    return Cell(
      label: label, isNamed: isNamed, options: options, lines: range, keyLine: key?.line,
      key: key.flatMap { RecordedKey(parsing: $0.text) })
  }
}

/// Finds the fenced `fdsl` blocks of a Markdown text, line by line.
private struct Fences {
  /// The lines between the fences, and the words after the word `fdsl`.
  var blocks: [(lines: Range<Int>, words: String)] = []
  private var open: (mark: Character, length: Int, isProgram: Bool)?

  /// Whether a line is program text.
  mutating func isInside(_ line: String, number: Int) -> Bool {
    let trimmed = line.drop { $0 == " " }
    let mark = trimmed.first
    let length = trimmed.prefix { $0 == mark }.count
    let isFence = (mark == "`" || mark == "~") && length >= 3 && line.count - trimmed.count < 4
    guard let fence = open else {
      if isFence, let mark {
        let words = trimmed.dropFirst(length).split(separator: " ", maxSplits: 1)
        let isProgram = words.first == "fdsl"
        open = (mark, length, isProgram)
        if isProgram {
          blocks.append(((number + 1)..<(number + 1), words.count > 1 ? String(words[1]) : ""))
        }
      }
      return false
    }
    if isFence, mark == fence.mark, length >= fence.length,
      trimmed.dropFirst(length).allSatisfy({ $0 == " " })
    {
      open = nil
      return false
    }
    if fence.isProgram {
      blocks[blocks.count - 1].lines = blocks.last!.lines.lowerBound..<(number + 1)
    }
    return fence.isProgram
  }
}
