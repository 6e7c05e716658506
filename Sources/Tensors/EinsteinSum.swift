import Basics

/// Sums of products in Einstein's notation: `ij,jk->ik` is the matrix product.
///
/// A letter names an axis; letters that the result lacks are summed over. Operands are taken
/// together from left to right, each step one product of stacks of matrices where there is
/// something to sum, else an elementwise product.
package struct EinsteinSum: Sendable {
  /// The letters of each operand's axes.
  let operands: [[Character]]
  /// The letters of the result's axes.
  let result: [Character]

  /// Reads `ij,jk->ik`; without an arrow the result has, in alphabetical order, the letters that
  /// occur once.
  package init(_ text: String) throws {
    func letters(_ part: Substring) throws -> [Character] {
      try part.filter { $0 != " " }.map { letter in
        if letter == "." {
          throw Problem(
            "einsum", "`...` is not part of the notation here, in \"\(text)\"",
            suggestions: ["\"bij,bjk->bik\"   names the axis of a stack"], argument: 0)
        }
        guard letter.isLetter else {
          throw Problem(
            "einsum", "\"\(letter)\" in \"\(text)\" names no axis", notes: ["axes are letters"],
            suggestions: ["\"ij,jk->ik\""], argument: 0)
        }
        return letter
      }
    }
    let arrow = text.range(of: "->")
    let left = text[..<(arrow?.lowerBound ?? text.endIndex)]
    operands = try left.split(separator: ",", omittingEmptySubsequences: false).map(letters)
    let all = operands.flatMap { $0 }
    if let arrow {
      result = try letters(text[arrow.upperBound...])
    } else {
      result = Set(all).filter { letter in all.count { $0 == letter } == 1 }.sorted()
    }
    if let wrong = result.first(where: { !all.contains($0) }) {
      throw Problem(
        "einsum", "the result of \"\(text)\" has an axis \(wrong) that no operand has", argument: 0)
    }
    if Set(result).count < result.count {
      throw Problem("einsum", "an axis stands twice in the result of \"\(text)\"", argument: 0)
    }
  }

  /// The sum for these operands.
  package func callAsFunction(_ x: [Tensor]) throws -> Tensor {
    guard x.count == operands.count else {
      throw Problem(
        "einsum",
        "the notation speaks of \(operands.count) \(operands.count == 1 ? "tensor" : "tensors"), here are \(x.count)",
        argument: 0)
    }
    var sizes: [Character: Int] = [:]
    for (index, (letters, tensor)) in zip(operands, x).enumerated() {
      guard letters.count == tensor.rank else {
        throw Problem(
          "einsum",
          "\"\(String(letters))\" names \(letters.count) axes of a tensor of shape \(tensor.shape)",
          argument: index + 1)
      }
      for (letter, size) in zip(letters, tensor.shape) {
        guard sizes[letter, default: size] == size else {
          throw Problem(
            "shape", "axis \(letter) has size \(sizes[letter] ?? 0) and size \(size)",
            notes: ["one letter names axes of one size"], argument: index + 1)
        }
        sizes[letter] = size
      }
    }
    var left = try Factor(x[0], operands[0])
    for index in operands.indices.dropFirst() {
      let right = try Factor(x[index], operands[index])
      let later = Set(operands[(index + 1)...].joined()).union(result)
      left = try left.product(right, keeping: later)
    }
    left = try left.summed(keeping: Set(result))
    return try left.tensor.permuted(result.map { letter in left.place(of: letter) })
  }
}

/// A tensor whose axes have names, each another one.
private struct Factor {
  var tensor: Tensor
  var letters: [Character]

  /// Axes that bear one letter become one: the diagonal.
  init(_ tensor: Tensor, _ names: [Character]) throws {
    self.tensor = tensor.rowMajor
    letters = names
    while let second = letters.indices.first(where: { letters[..<$0].contains(letters[$0]) }),
      let first = letters.firstIndex(of: letters[second])
    {
      let n = self.tensor.shape[first]
      let others = letters.indices.filter { $0 != first && $0 != second }
      let moved = try self.tensor.permuted([first, second] + others)
      let rest = Array(moved.shape.dropFirst(2))
      self.tensor = try moved.reshaped([n * n] + rest).gathered((0..<n).map { $0 * (n + 1) })
      letters = [letters[first]] + others.map { letters[$0] }
    }
  }

  private init(_ tensor: Tensor, unique letters: [Character]) {
    self.tensor = tensor
    self.letters = letters
  }

  func place(of letter: Character) -> Int { letters.firstIndex(of: letter) ?? 0 }

  private func size(_ letter: Character) -> Int { tensor.shape[place(of: letter)] }

  /// Summed over every axis that `kept` lacks.
  func summed(keeping kept: Set<Character>) throws -> Factor {
    let gone = letters.indices.filter { !kept.contains(letters[$0]) }
    if gone.isEmpty { return self }
    return Factor(try tensor.sum(axes: gone), unique: letters.filter(kept.contains))
  }

  /// The product of both, summed over every axis that `kept` lacks.
  func product(_ other: Factor, keeping kept: Set<Character>) throws -> Factor {
    let a = try summed(keeping: kept.union(other.letters))
    let b = try other.summed(keeping: kept.union(a.letters))
    let common = a.letters.filter(b.letters.contains)
    let stack = common.filter(kept.contains)
    let inner = common.filter { !kept.contains($0) }
    let rows = a.letters.filter { !common.contains($0) }
    let columns = b.letters.filter { !common.contains($0) }
    func count(_ factor: Factor, _ letters: [Character]) -> Int {
      letters.map(factor.size).reduce(1, *)
    }
    let (m, n) = (count(a, rows), count(b, columns))
    let letters = stack + rows + columns
    // Many products of single numbers are no work for matrices.
    if inner.isEmpty || m * n == 1 {
      let order = stack + rows + columns + inner
      let meeting = try a.aligned(order).multiplying(b.aligned(order))
      return try Factor(meeting, unique: order).summed(keeping: kept)
    }
    let batch = stack.map(a.size)
    let k = count(a, inner)
    let (left, isLeftTurned) = try a.matrices(stack, rows, inner)
    let (right, isRightTurned) = try b.matrices(stack, inner, columns)
    let flat = batch.isEmpty ? [] : [batch.reduce(1, *)]
    let product = try MatrixProduct(transposesLeft: isLeftTurned, transposesRight: isRightTurned)(
      left.reshaped(flat + (isLeftTurned ? [k, m] : [m, k])),
      right.reshaped(flat + (isRightTurned ? [n, k] : [k, n])))
    let shape = batch + rows.map(a.size) + columns.map(b.size)
    return Factor(try product.reshaped(shape), unique: letters)
  }

  /// The axes in the order stack, rows, columns, or with rows and columns exchanged when that
  /// spares moving the numbers.
  private func matrices(_ stack: [Character], _ rows: [Character], _ columns: [Character]) throws
    -> (tensor: Tensor, isTurned: Bool)
  {
    if letters == stack + columns + rows, !rows.isEmpty { return (tensor, true) }
    return (try tensor.permuted((stack + rows + columns).map(place)), false)
  }

  /// The axes in this order, with size 1, free to stretch, where the factor has none.
  private func aligned(_ order: [Character]) throws -> Tensor {
    let own = order.filter(letters.contains)
    var result = try tensor.permuted(own.map(place))
    for (axis, letter) in order.enumerated() where !letters.contains(letter) {
      result = try result.withNewAxis(at: axis)
    }
    return result
  }
}
