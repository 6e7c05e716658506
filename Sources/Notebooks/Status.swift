import Basics
import Foundation

/// Which cells of a notebook are stale, and why. Runs nothing.
package struct Status: Sendable {
  /// What is known of one cell.
  package struct Row: Equatable, Sendable {
    package var cell: String
    /// Why the recorded answers may no longer hold; empty when the cell is fresh.
    package var reasons: [String]
    /// Whether the recorded answers hold.
    package var isFresh: Bool { reasons.isEmpty }
  }

  /// The cells that keep a key, in the order of the file.
  package let rows: [Row]

  /// - Parameter folder: where the notebook is; files it has read are looked up from there.
  package init(
    _ graph: CellGraph, language: any NotebookLanguage, folder: URL,
    overrides: [String: String] = [:], seed: UInt64? = nil
  ) {
    let notebook = graph.notebook
    // The content now of the files that each cell read when it was recorded.
    let access = FileAccess(root: folder)
    let files = notebook.cells.map { cell in
      (cell.key?.files ?? []).map { file in
        (
          path: file.path,
          hash: CellGraph.fileHash(file.path, access) ?? "missing"
        )
      }
    }
    let keys = graph.keys(overrides: overrides, seed: seed) { files[$0] }
    let recordedEngine = notebook.header("engine")?.split(separator: " ").first.map(String.init)
    var rows: [Row] = []
    var stale: Set<Int> = []
    for (index, cell) in notebook.cells.enumerated() {
      if cell.options.isSkipped || !graph.hasCode(index) { continue }
      guard let recorded = cell.key else {
        if cell.isNamed {
          rows.append(Row(cell: cell.title, reasons: ["never recorded"]))
          stale.insert(index)
        }
        continue
      }
      if recorded.hash == keys[index].hash {
        rows.append(Row(cell: cell.title, reasons: []))
        continue
      }
      stale.insert(index)
      var reasons = Self.parameterReasons(recorded.parameters, keys[index].parameters)
      for (old, new) in zip(recorded.files, files[index]) where old.hash != new.hash {
        reasons.append("file \(old.path) \(new.hash == "missing" ? "is missing" : "changed")")
      }
      let staleNeeds = graph.needs[index].filter { stale.contains($0) }
      if !staleNeeds.isEmpty {
        let labels = staleNeeds.map { notebook.cells[$0].title }
        reasons.append("needs " + labels.joined(separator: ", "))
      }
      if let recordedEngine, recordedEngine != language.version {
        reasons.append("engine \(recordedEngine) → \(language.version)")
      }
      if reasons.isEmpty {
        let above = graph.needs[index].contains { notebook.cells[$0].key == nil }
        let seed = notebook.header("seed") != nil ? " or seed" : ""
        reasons.append(above ? "code\(seed) changed, here or above" : "code\(seed) changed")
      }
      rows.append(Row(cell: cell.title, reasons: reasons))
    }
    self.rows = rows
  }

  /// Whether every cell is fresh.
  package var isFresh: Bool { rows.allSatisfy(\.isFresh) }

  /// The table for a reader, one line a cell.
  package var text: String {
    let width = rows.map(\.cell.count).max() ?? 0
    return rows.map { row in
      let name = row.cell + String(repeating: " ", count: width - row.cell.count)
      return row.isFresh
        ? "\(name)  fresh\n" : "\(name)  stale   \(row.reasons.joined(separator: "; "))\n"
    }.joined()
  }

  private static func parameterReasons(
    _ recorded: [(name: String, value: String)], _ current: [(name: String, value: String)]
  ) -> [String] {
    var reasons: [String] = []
    for new in current {
      let old = recorded.first { $0.name == new.name }
      guard old?.value != new.value else { continue }
      reasons.append("parameter \(new.name): \(old?.value ?? "unused") → \(new.value)")
    }
    return reasons
  }
}
