import CEdit

/// Where each character of an entry stands on the screen, by libedit's own rules.
struct ScreenLayout: Equatable {
  /// A cell, counted from the entry's first row and the screen's first column.
  struct Cell: Equatable {
    var row: Int
    var column: Int
  }

  /// The cell of each scalar, and of the place after the last.
  let cells: [Cell]
  /// Whether every character has a shape of one or two columns, so that cells can be trusted.
  let isPlain: Bool

  /// - Parameter prompt: columns before the first character.
  init(_ scalars: [Unicode.Scalar], columns: Int, prompt: Int) {
    var cells: [Cell] = []
    cells.reserveCapacity(scalars.count + 1)
    var cell = Cell(row: 0, column: prompt)
    var isPlain = true
    for scalar in scalars {
      if scalar == "\n" {
        cells.append(cell)
        cell = Cell(row: cell.row + 1, column: 0)
        continue
      }
      let width = Int(ce_columns(scalar.value))
      if width < 1 { isPlain = false }
      // A wide character does not start in the last column.
      if cell.column + width > columns { cell = Cell(row: cell.row + 1, column: 0) }
      cells.append(cell)
      cell.column += max(1, width)
      // A full row goes on in the next at once.
      if cell.column >= columns { cell = Cell(row: cell.row + 1, column: 0) }
    }
    cells.append(cell)
    self.cells = cells
    self.isPlain = isPlain
  }

  /// Rows the entry takes.
  var rows: Int { (cells.last?.row ?? 0) + 1 }
}
