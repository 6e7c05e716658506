import Basics
import Foundation
import Notebooks

/// The answers that a session has given, told again as if its notebook ran.
///
/// So the notebook module alone decides how answers are recorded.
package final class RecordedSession: NotebookEngine {
  private let cells: [String: (cell: SessionNotebook.Cell, start: Int)]
  private var files: [String] = []

  package init(_ notebook: SessionNotebook) {
    let starts = notebook.source.starts
    cells = Dictionary(
      zip(notebook.cells, starts).map { ($0.entry.cell, ($0, $1)) }, uniquingKeysWith: { $1 })
  }

  package func run(
    _ text: String, in range: Range<Int>, named name: String, cell: String,
    onEvent: (EngineEvent) throws -> Void
  ) throws -> CellOutcome {
    guard let (recorded, start) = cells[cell] else { return .finished }
    files = recorded.entry.filesRead
    for statement in recorded.entry.statements {
      if !statement.printed.isEmpty { try onEvent(.print(statement.printed)) }
      let place = recorded.place(of: statement)
      var output = StatementOutput(
        range: (start + place.lowerBound)..<(start + place.upperBound), shown: statement.text,
        isVolatile: statement.isVolatile)
      if let picture = statement.picture {
        output.picture = ProducedPicture(
          fileExtension: picture.fileExtension, caption: picture.caption, data: picture.data
        ) {
          let pixels = try picture.pixels()
          return Pixels(width: pixels.width, height: pixels.height, samples: pixels.rgb)
        }
      }
      try onEvent(.statement(output))
    }
    return .finished
  }

  package func filesRead() -> [String] {
    defer { files = [] }
    return files
  }

  /// Writes a notebook with the answers of its session recorded in it.
  package static func write(
    _ notebook: SessionNotebook, to url: URL, language: any NotebookLanguage = FDSLLanguage()
  ) throws {
    let text = notebook.source.text
    let parsed = try Notebook(name: url.path, text: text)
    let recording = try Recording(
      parsed, language: language, engine: RecordedSession(notebook))
    let update = try Update(
      parsed, recording, graph: CellGraph(parsed, language: language), language: language,
      folder: url.deletingLastPathComponent())
    try FileAccess.replace(url, with: Data(text.utf8))
    try update.write(to: url)
  }
}
