import Basics
import Foundation
import Notebooks

extension Workplace {
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
