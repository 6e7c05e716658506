import Basics
import Foundation
import Notebooks

/// A notebook that has run for its answers.
struct RecordedNotebook {
  /// As the user wrote its name.
  let file: String
  let notebook: Notebook
  let graph: CellGraph
  let recording: Recording
  /// How long the run took.
  let seconds: Double
}

extension Workplace {
  /// Runs each notebook for its answers and hands those that came to their end to `body`.
  ///
  /// - Parameter onFailure: called for one that did not, after the trouble was told.
  func forEachRecording(
    _ files: [String], _ options: ProgramOptions, cell: String?,
    onFailure: (String) -> Void = { _ in }, _ body: (RecordedNotebook) throws -> ExitStatus
  ) throws {
    let interrupt = InterruptSignal(interruption)
    defer { withExtendedLifetime(interrupt) {} }
    try forEach(files) { file in
      let notebook = try notebook(file)
      let graph = CellGraph(notebook, language: language)
      if let status = try rejected(notebook, graph, options) { return status }
      let start = Date()
      let recording = try record(notebook, graph, options, cell: cell)
      if let status = unfinished(recording) {
        onFailure(file)
        return status
      }
      return try body(
        RecordedNotebook(
          file: file, notebook: notebook, graph: graph, recording: recording,
          seconds: Date().timeIntervalSince(start)))
    }
  }

  /// Runs a notebook for its answers, showing on a terminal how far it has come.
  func record(
    _ notebook: Notebook, _ graph: CellGraph, _ options: ProgramOptions, cell: String?
  ) throws -> Recording {
    let engine = try engine(
      options, seed: try notebook.seed,
      folder: folder(of: notebook.name))
    let recording = try Recording(
      notebook, language: language, engine: engine, cells: try graph.cells(labelled: cell)
    ) { cell, progress in
      switch progress {
      case .begins: output.showProgress("\(notebook.name)  \(cell.title)")
      case .progress(let text?):
        output.showProgress("\(notebook.name)  \(cell.title)  \(text)")
      case .progress(nil), .ends: output.showProgress(nil)
      }
    }
    output.showProgress(nil)
    return recording
  }

  /// Tells why a run did not come to its end; nothing when it did.
  func unfinished(_ recording: Recording) -> ExitStatus? {
    switch recording.ending {
    case .finished: return nil
    case .interrupted: return .interrupted
    case .failed(let trouble, _):
      report(trouble)
      return ExitStatus(slug: trouble.slug)
    }
  }

  /// A duration for a reader.
  static func duration(_ seconds: Double) -> String { NumberText.duration(seconds) }
}

extension CellGraph {
  /// A cell with all that it needs; `nil`, which means every cell, without a label.
  func cells(labelled label: String?) throws -> Set<Int>? {
    guard let label else { return nil }
    let labels = notebook.cells.map(\.label)
    guard let index = labels.firstIndex(of: label) else {
      throw Problem(
        "usage", "\(notebook.name) has no cell \"\(label)\"",
        notes: ["it has " + labels.filter { !$0.isEmpty }.joined(separator: ", ")],
        suggestions: Spelling.nearest(to: label, in: labels).map { ["--cell \($0)"] } ?? [])
    }
    return closure(of: [index])
  }
}
