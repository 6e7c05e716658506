import Basics
import Foundation

/// Which cell of a notebook needs which, and the key of each.
package struct CellGraph: Sendable {
  /// The notebook that was read.
  package let notebook: Notebook
  private let names: [CellNames]
  /// For each cell, the cells above whose names it uses, in the order of the file.
  package let needs: [[Int]]
  /// For each cell, the parameters it uses itself, in the order of their declarations.
  private let used: [[DeclaredParameter]]
  private let engine: String

  package init(_ notebook: Notebook, language: any NotebookLanguage) {
    self.notebook = notebook
    engine = language.version
    let names = notebook.cells.indices.map { index in
      CellNames(language.tokens(of: notebook.text { $0 == index }))
    }
    self.names = names
    var needs: [[Int]] = []
    var used: [[DeclaredParameter]] = []
    for (index, cell) in names.enumerated() {
      var above: Set<Int> = []
      var parameters: Set<String> = []
      for name in cell.used {
        if cell.parameters.contains(where: { $0.name == name }) {
          parameters.insert(name)
          continue
        }
        for earlier in (0..<index).reversed() where !notebook.cells[earlier].options.isSkipped {
          if names[earlier].bound.contains(name) {
            above.insert(earlier)
            break
          }
          if names[earlier].perhapsBound.contains(name) { above.insert(earlier) }
          if names[earlier].parameters.contains(where: { $0.name == name }) {
            parameters.insert(name)
            break
          }
        }
      }
      for earlier in 0..<index where names[earlier].takesLibrary { above.insert(earlier) }
      needs.append(above.sorted())
      used.append(
        names[...index].flatMap(\.parameters).filter { parameters.contains($0.name) })
    }
    self.needs = needs
    self.used = used
  }

  /// The parameters that the notebook declares, in the order of the file.
  package var parameters: [DeclaredParameter] { names.flatMap(\.parameters) }

  /// A cell and all that it needs, in the order of the file.
  package func closure(of cells: some Sequence<Int>) -> Set<Int> {
    var result: Set<Int> = []
    var open = Array(cells)
    while let cell = open.popLast() {
      guard result.insert(cell).inserted else { continue }
      open += needs[cell]
      // Parameters, seeds and libraries are declarations: they are needed by whatever runs.
      open += names.indices.filter {
        $0 < cell && (!names[$0].seeds.isEmpty || names[$0].takesLibrary)
      }
      open += names.indices.filter { earlier in
        used[cell].contains { parameter in names[earlier].parameters.contains(parameter) }
      }
    }
    return result
  }

  /// The cells that save a file whose name contains one of `words`; all that save when empty.
  package func cellsThatSave(_ words: [String]) -> [Int] {
    names.indices.filter { index in
      names[index].used.contains("save")
        && (words.isEmpty
          || names[index].strings.contains { text in words.contains { text.contains($0) } })
    }
  }

  /// Whether names come from other files, which are not read here.
  package var takesLibrary: Bool { names.contains { $0.takesLibrary } }

  /// Whether the cell has code to run.
  package func hasCode(_ cell: Int) -> Bool { !names[cell].code.isEmpty }

  /// The key of every cell.
  ///
  /// - Parameters:
  ///   - overrides: parameters given on the command line.
  ///   - seed: the seed given there, in place of the header's.
  ///   - files: for each cell, the files it reads with the hash of their content.
  package func keys(
    overrides: [String: String] = [:], seed: UInt64? = nil,
    files: (Int) -> [(path: String, hash: String)]
  ) -> [CellKey] {
    var result: [CellKey] = []
    let base = seed.map { String($0) } ?? notebook.header("seed") ?? "0"
    for (index, cell) in names.enumerated() {
      let code = cell.code.map { ($0.touches ? "\u{1e}" : "\u{1f}") + $0.text }
      result.append(
        CellKey(
          code: code.joined(),
          upstream: needs[index].map { (notebook.cells[$0].label, result[$0].hash) },
          parameters: used[index].map { ($0.name, overrides[$0.name] ?? $0.value) },
          seed: ([base] + names[...index].flatMap(\.seeds)).joined(separator: " "),
          files: files(index), engine: engine, raises: notebook.cells[index].options.raises,
          digits: notebook.cells[index].options.digits))
    }
    return result
  }

  /// The hash by which a key knows a file: of its content, or, beyond 8 MiB, of its length and both
  /// ends, so that `status` stays quick.
  package static func fileHash(_ path: String, _ files: FileAccess) -> String? {
    let (whole, end) = (8 << 20, 1 << 20)
    do {
      guard let size = try files.size(path) else { return nil }
      if size <= whole { return ContentHash(try files.read(path)).short }
      let ends = try files.read(path, first: end) + files.read(path, last: end)
      return ContentHash(Array("\(size) ".utf8) + ends).short
    } catch { return nil }
  }
}
