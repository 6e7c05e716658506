import Basics

/// How tensors are shown.
package enum TensorText {
  /// Rows as the language writes them; over 200 numbers a line of facts and a corner.
  ///
  /// `[11, 21, 31]`, `[1, 2; 3, 4]`. A matrix stands on one line when its entries are equally wide,
  /// so that the eye needs no columns, and the line is short; a single row would look like a vector.
  /// Every other matrix stands in columns beside its shape.
  package static func text(of tensor: Tensor, digits: Int = 5, width: Int = 72) -> String {
    text(tensor.shape, facts: facts(of: tensor, digits: digits), width) {
      number(tensor, $0, digits)
    }
  }

  /// The same for complex numbers: `[1 + 2im, 3 - 1im]`.
  package static func text(of tensor: ComplexTensor, digits: Int = 5, width: Int = 72) -> String {
    text(tensor.shape, facts: facts(of: tensor, digits: digits), width) {
      let z = tensor[flat: $0]
      return NumberText.complex(z.real, z.imaginary, digits: digits)
    }
  }

  private static func text(
    _ shape: [Int], facts: @autoclosure () -> String, _ width: Int, _ cell: (Int) -> String
  ) -> String {
    let count = shape.reduce(1, *)
    if shape.isEmpty { return cell(0) }
    if count > 200 { return facts() + "\n" + corner(shape, cell) }
    if count == 0 { return shape.count == 1 ? "[]" : "\(shapeText(shape)) of nothing" }
    let cells = (0..<count).map(cell)
    if shape.count == 1 {
      let line = "[" + cells.joined(separator: ", ") + "]"
      return line.count <= width ? line : wrapped(cells, width)
    }
    if shape.count == 2 {
      let columns = shape[1]
      let rows = (0..<shape[0]).map { cells[$0 * columns..<($0 + 1) * columns] }
      let line = "[" + rows.map { $0.joined(separator: ", ") }.joined(separator: "; ") + "]"
      let isEven = rows.count > 1 && cells.allSatisfy { $0.count == cells[0].count }
      if isEven, line.count <= width { return line }
    }
    return table(shapeText(shape), cells, shape)
  }

  /// `[1024] complex  |z| min 0  mean 0.5  max 1  nan 0`.
  package static func facts(of tensor: ComplexTensor, digits: Int = 5) -> String {
    let size = Tensor(
      (0..<tensor.count).map { index in
        let z = tensor[flat: index]
        return (z.real * z.real + z.imaginary * z.imaginary).squareRoot()
      }, shape: tensor.shape)
    return facts(of: size, kind: "complex  |z|", digits)
  }

  /// `[60000, 784] f32  min 0  mean 0.1307  max 1  nan 0`.
  package static func facts(of tensor: Tensor, digits: Int = 5) -> String {
    let kind = tensor.isMask ? "mask" : tensor.precision == .f32 ? "f32" : "f64"
    return facts(of: tensor, kind: kind, digits)
  }

  private static func facts(of tensor: Tensor, kind: String, _ digits: Int) -> String {
    var (low, high, sum, missing) = (Double.infinity, -Double.infinity, 0.0, 0)
    for value in tensor.doubles {
      if value.isNaN {
        missing += 1
        continue
      }
      low = min(low, value)
      high = max(high, value)
      sum += value
    }
    let count = Double(max(1, tensor.count - missing))
    func text(_ value: Double) -> String { NumberText.short(value, digits: min(digits, 4)) }
    return
      "\(shapeText(tensor.shape)) \(kind)  min \(text(low))  mean \(text(sum / count))  max \(text(high))  nan \(missing)"
  }

  private static func shapeText(_ shape: [Int]) -> String {
    "[" + shape.map(String.init).joined(separator: ", ") + "]"
  }

  private static func number(_ tensor: Tensor, _ index: Int, _ digits: Int) -> String {
    let value = tensor[flat: index]
    if tensor.isMask { return value != 0 ? "true" : "false" }
    // Single precision carries seven digits; its noise behind them is not shown.
    let shown = tensor.precision == .f32 ? min(digits, 7) : digits
    if tensor.precision == .f32, value != value.rounded() {
      return NumberText.short(Double("\(Float(value))") ?? value, digits: shown)
    }
    return NumberText.short(value, digits: shown)
  }

  private static func wrapped(_ cells: [String], _ width: Int) -> String {
    var lines = ["["]
    for (index, cell) in cells.enumerated() {
      let piece = cell + (index == cells.count - 1 ? "]" : ", ")
      if lines[lines.count - 1].count + piece.count > width { lines.append(" ") }
      lines[lines.count - 1] += piece
    }
    return lines.map { $0.hasSuffix(" ") ? String($0.dropLast()) : $0 }.joined(separator: "\n")
  }

  /// Aligned columns behind the shape, a blank line between the matrices of higher ranks.
  private static func table(_ lead: String, _ cells: [String], _ shape: [Int]) -> String {
    let columns = shape[shape.count - 1]
    let rows = shape[shape.count - 2]
    let widths = (0..<columns).map { column in
      stride(from: column, to: cells.count, by: columns).map { cells[$0].count }.max() ?? 0
    }
    var lines: [String] = []
    for row in 0..<cells.count / max(1, columns) {
      if row > 0, row % rows == 0 { lines.append("") }
      let text = (0..<columns).map { column in
        let cell = cells[row * columns + column]
        return String(repeating: " ", count: widths[column] - cell.count) + cell
      }.joined(separator: "  ")
      let indent = row == 0 ? lead + "  " : String(repeating: " ", count: lead.count + 2)
      lines.append(indent + text)
    }
    return lines.joined(separator: "\n")
  }

  /// The first rows and columns of the last two axes, with dots where more follows.
  private static func corner(_ shape: [Int], _ cell: (Int) -> String) -> String {
    let columns = shape[shape.count - 1]
    let rows = shape.count > 1 ? shape[shape.count - 2] : 1
    let shownColumns = min(columns, 6)
    let shownRows = min(rows, 3)
    var cells: [[String]] = (0..<shownRows).map { row in
      var line = (0..<shownColumns).map { cell(row * columns + $0) }
      if columns > shownColumns { line.append("…") }
      return line
    }
    if rows > shownRows { cells.append(cells[0].map { _ in "⋮" }) }
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.map { line in
      "   "
        + line.enumerated().map { column, cell in
          String(repeating: " ", count: widths[column] - cell.count) + cell
        }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
