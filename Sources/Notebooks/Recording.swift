import Basics
import Foundation

/// A finished run of a notebook, held beside what the notebook has recorded.
package struct Recording {
  /// What stands on some lines of code, and what they gave.
  package struct Group {
    /// The recorded answer and the lines it belongs to.
    package var entry: Transcript.Entry
    /// The answer of this run.
    package var computed: [RecordedLine] = []
  }

  /// The groups of one cell.
  package struct CellRecording {
    package var groups: [Group]
    /// Lines recorded above the first statement, where no answer can stand.
    package var stray: [Int]
    package var filesRead: [String] = []
    /// False when the cell was not among the chosen ones.
    package var wasRun = false
  }

  /// A file that the notebook mentions and that holds a picture.
  package struct SideFile {
    /// Relative to the notebook's folder: `probe.out/codes-5b0e1f7a.png`.
    package let path: String
    package let data: [UInt8]
  }

  /// How far a cell has come.
  package enum CellProgress: Equatable {
    case begins
    /// What long work says of itself; `nil` when it is done.
    case progress(String?)
    case ends
  }

  /// One for each cell of the notebook.
  package private(set) var cells: [CellRecording]
  /// By path, each once.
  package private(set) var sideFiles: [String: SideFile] = [:]
  package private(set) var ending = Runner.Ending.finished

  private let notebook: Notebook
  private let language: any NotebookLanguage

  /// Runs `notebook` and keeps every answer in the form in which it would be recorded.
  package init(
    _ notebook: Notebook, language: any NotebookLanguage, engine: any NotebookEngine,
    cells chosen: Set<Int>? = nil, onCell: (Cell, CellProgress) -> Void = { _, _ in }
  ) throws {
    self.notebook = notebook
    self.language = language
    cells = notebook.cells.indices.map { Self.layout(of: $0, in: notebook, language) }
    var current: Int?
    var printed = ""
    ending = try Runner(notebook, engine: engine).run(cells: chosen) { cell, event in
      if current != cell {
        current = cell
        onCell(notebook.cells[cell], .begins)
      }
      switch event {
      case .print(let text): printed += text
      case .progress(let text): onCell(notebook.cells[cell], .progress(text))
      case .statement(let output):
        try add(output, printed: printed, to: cell)
        printed = ""
      }
    } onCell: { cell, trouble, files in
      cells[cell].wasRun = true
      cells[cell].filesRead = files
      if let trouble { add(trouble, printed: printed, to: cell) }
      printed = ""
      for index in cells[cell].groups.indices {
        cells[cell].groups[index].computed = Transcript.limited(cells[cell].groups[index].computed)
      }
      onCell(notebook.cells[cell], .ends)
    }
  }

  /// The folder of a notebook's side files: `probe.out` beside `probe.fdsl`.
  package static func folder(of name: String) -> String {
    PathName.withoutEnding(PathName.last(name)) + ".out"
  }

  /// The statements of a cell with the answers that stand beside or below them.
  private static func layout(
    of index: Int, in notebook: Notebook, _ language: any NotebookLanguage
  ) -> CellRecording {
    var groups: [Group] = []
    for range in language.statements(of: notebook.text { $0 == index }) where !range.isEmpty {
      let first = notebook.line(ofByte: range.lowerBound)
      let last = notebook.line(ofByte: range.upperBound - 1)
      // Statements that share a line share their answers.
      if let previous = groups.last?.entry.lines, previous.upperBound >= first {
        groups[groups.count - 1].entry.lines =
          previous.lowerBound...max(previous.upperBound, last)
      } else {
        let entry = Transcript.Entry(lines: first...last, recorded: [], places: [])
        groups.append(Group(entry: entry))
      }
    }
    var result = CellRecording(groups: groups, stray: [])
    var group = -1
    for number in notebook.cells[index].lines {
      while group + 1 < groups.count, groups[group + 1].entry.lines.lowerBound <= number {
        group += 1
      }
      guard let recorded = notebook.lines[number].recorded else { continue }
      if group < 0 {
        result.stray.append(number)
      } else {
        result.groups[group].entry.recorded.append(recorded)
        result.groups[group].entry.places.append(number)
      }
    }
    return result
  }

  private mutating func add(_ output: StatementOutput, printed: String, to cell: Int) throws {
    let line = notebook.line(ofByte: output.range.lowerBound)
    guard let group = cells[cell].groups.lastIndex(where: { $0.entry.lines.lowerBound <= line })
    else { return }
    var lines = Self.textLines(printed).map { RecordedLine.text($0) }
    if let picture = output.picture {
      lines.append(try add(picture, label: notebook.cells[cell].label))
    } else if let shown = output.shown {
      lines += Self.textLines(shown).map { output.isVolatile ? .volatile($0) : .text($0) }
    }
    cells[cell].groups[group].computed += lines
  }

  /// The expected error of a `raises` cell: its first line, at the statement that raised it.
  private mutating func add(_ trouble: Trouble, printed: String, to cell: Int) {
    let groups = cells[cell].groups
    let line = trouble.range.map { notebook.line(ofByte: $0.lowerBound) }
    let group = line.flatMap { line in
      groups.lastIndex { $0.entry.lines.lowerBound <= line }
    }
    guard let group = group ?? groups.indices.last else { return }
    cells[cell].groups[group].computed +=
      Self.textLines(printed).map { .text($0) }
      + [.text("error[\(trouble.slug)]: \(trouble.message)")]
  }

  private mutating func add(_ picture: ProducedPicture, label: String) throws -> RecordedLine {
    let data = try picture.data()
    let hash = Self.contentHash(of: data, language)
    let label = label.isEmpty ? "picture" : label
    let safe = String(label.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "-" })
    let path = "\(Self.folder(of: notebook.name))/\(safe)-\(hash).\(picture.fileExtension)"
    sideFiles[path] = SideFile(path: path, data: data)
    return .picture(label: label, path: path, caption: picture.caption)
  }

  /// A picture is named by its pixels, so that another version of the compressor, or another
  /// recipe in its text chunks, does not give it another name.
  static func contentHash(of data: [UInt8], _ language: any NotebookLanguage) -> String {
    guard let pixels = language.pixels(of: data) else { return ContentHash(data).short }
    return ContentHash(Array("\(pixels.width)×\(pixels.height) ".utf8) + pixels.samples).short
  }

  private static func textLines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
