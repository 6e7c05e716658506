import Basics

/// Systems of complex equations, through the real matrix [R, -I; I, R] that does to the parts of
/// x, one below the other, what R + iI does to x. Inverses and shortest solutions of one are those
/// of the other.
extension ComplexTensor {
  /// The inverse of a square matrix, or of each of a stack.
  package func inverse() throws -> ComplexTensor {
    _ = try Matrices(real, for: "inv", isSquare: true, instead: ["pinv(left)"])
    return try Self.unfolded(folded().inverse())
  }

  /// The pseudo-inverse of a matrix, or of each of a stack.
  package func pseudoInverse(cut: Double? = nil) throws -> ComplexTensor {
    _ = try Matrices(real, for: "pinv")
    return try Self.unfolded(folded().pseudoInverse(cut: cut))
  }

  /// The x with `self @ x` equal to `b`.
  package func solving(_ b: ComplexTensor) throws -> ComplexTensor {
    try solved(b, "solve", isSquare: true) { try $0.solving($1) }
  }

  /// The shortest x for which |self @ x - b| is least.
  package func leastSquares(_ b: ComplexTensor, cut: Double? = nil) throws -> ComplexTensor {
    try solved(b, "lstsq", isSquare: false) { try $0.leastSquares($1, cut: cut) }
  }

  private func solved(
    _ b: ComplexTensor, _ name: String, isSquare: Bool, _ body: (Tensor, Tensor) throws -> Tensor
  ) throws -> ComplexTensor {
    let matrices = try Matrices(
      real, for: name, isSquare: isSquare, instead: ["lstsq(left, right)"])
    let axis = b.rank == 1 ? 0 : b.rank - 2
    guard b.rank > 0, b.shape[axis] == matrices.rows else {
      throw Problem(
        "shape", "`\(name)` cannot meet \(shape) with a right side of shape \(b.shape)",
        notes: ["the right side needs \(matrices.rows) rows, one for each of the matrix"],
        argument: 1)
    }
    let x = try body(folded(), Tensor.concatenated([b.real, b.imaginary], axis: axis))
    let place = b.rank == 1 ? x.rank - 1 : x.rank - 2
    let n = matrices.columns
    return try ComplexTensor(
      x.sliced(axis: place, 0..<n), x.sliced(axis: place, n..<2 * n))
  }

  /// [R, -I; I, R].
  private func folded() throws -> Tensor {
    try Tensor.concatenated(
      [
        Tensor.concatenated([real, imaginary.negated()], axis: -1),
        Tensor.concatenated([imaginary, real], axis: -1),
      ], axis: -2)
  }

  private static func unfolded(_ matrix: Tensor) throws -> ComplexTensor {
    let (m, n) = (matrix.shape[matrix.rank - 2] / 2, matrix.shape[matrix.rank - 1] / 2)
    let left = try matrix.sliced(axis: -1, 0..<n)
    return try ComplexTensor(left.sliced(axis: -2, 0..<m), left.sliced(axis: -2, m..<2 * m))
  }
}
