import Basics

/// Runs the cells of a notebook one after the other in one program.
package struct Runner {
  private let notebook: Notebook
  private let engine: any NotebookEngine

  /// How a run ended.
  package enum Ending {
    case finished
    /// An error that no cell was expected to raise; the cells below it did not run.
    case failed(Trouble, cell: Int)
    case interrupted
  }

  /// - Parameter engine: a program that has run nothing yet.
  package init(_ notebook: Notebook, engine: any NotebookEngine) {
    self.notebook = notebook
    self.engine = engine
  }

  /// Runs the chosen cells, all of them when `cells` is `nil`; cells marked `skip` never run.
  ///
  /// - Parameters:
  ///   - onEvent: called with the number of the cell under way.
  ///   - onCell: called after each cell with the error that it was expected to raise, if it is
  ///     marked `raises`, and the files it read.
  package func run(
    cells: Set<Int>? = nil, onEvent: (Int, EngineEvent) throws -> Void,
    onCell: (Int, Trouble?, [String]) throws -> Void = { _, _, _ in }
  ) throws -> Ending {
    let program = notebook.program
    for (index, cell) in notebook.cells.enumerated() {
      if cell.options.isSkipped || cells.map({ !$0.contains(index) }) == true { continue }
      // A cell that must fail is resolved alone, so that its mistakes are its own.
      let text = cell.options.raises ? notebook.text { $0 == index } : program
      engine.show(digits: cell.options.digits)
      let outcome = try engine.run(
        text, in: notebook.bytes(of: cell), named: notebook.name, cell: cell.label
      ) { try onEvent(index, $0) }
      let files = engine.filesRead()
      switch outcome {
      case .finished where cell.options.raises:
        let mark = notebook.lines[cell.lines.lowerBound]
        return .failed(
          Trouble(
            slug: "raises",
            message: "the cell \"\(cell.title)\" is marked `raises`, but it raised no error",
            range: mark.start..<(mark.start + mark.text.utf8.count)),
          cell: index)
      case .finished: try onCell(index, nil, files)
      case .failed(let trouble) where cell.options.raises: try onCell(index, trouble, files)
      case .failed(let trouble): return .failed(trouble, cell: index)
      case .interrupted: return .interrupted
      }
    }
    return .finished
  }
}

extension Notebook {
  /// What is wrong before anything runs, except in cells that are meant to fail or never run.
  package func troubles(_ language: any NotebookLanguage, parameters: [String: String] = [:])
    -> [Trouble]
  {
    language.troubles(in: program, named: name, parameters: parameters)
  }

  /// The text of the cells that are meant to run to their end.
  package var program: String {
    text { !cells[$0].options.raises && !cells[$0].options.isSkipped }
  }

  /// The bytes of the file that a cell takes.
  func bytes(of cell: Cell) -> Range<Int> {
    guard let first = cell.lines.first, let last = cell.lines.last else { return 0..<0 }
    let end = lines[last]
    return lines[first].start..<(end.start + (end.text + end.terminator).utf8.count)
  }
}
