/// A matrix of numbers, row-major.
package struct Matrix: Equatable, Sendable {
  package let rows: Int
  package let columns: Int
  package let values: [Double]

  /// - Precondition: there are `rows` × `columns` values.
  package init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "a matrix holds rows × columns values")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  package subscript(row: Int, column: Int) -> Double { values[row * columns + column] }
}
