import Basics

/// The solution x of A x = b for a square matrix, or each of a stack; b is a vector [n] or a
/// matrix [.., n, columns].
package struct Solution: Operation {
  package init() {}

  /// The right side as matrices with the stack of `a`.
  private func sides(_ a: Tensor, _ b: Tensor, _ matrices: Matrices) throws -> Tensor {
    let n = matrices.order
    guard b.rank > 0, b.shape[b.rank == 1 ? 0 : b.rank - 2] == n else {
      throw Problem(
        "shape", "`solve` cannot meet \(a.shape) with a right side of shape \(b.shape)",
        notes: ["the right side needs \(n) rows, one for each of the matrix"], argument: 1)
    }
    let columns = b.rank == 1 ? Tensor(b, shape: [n, 1]) : b
    let shape = matrices.stack + columns.shape.suffix(2)
    guard columns.rank == 2 || columns.shape == shape else {
      throw Problem(
        "shape", "stacks of matrices \(a.shape) and \(b.shape) do not pair up", argument: 1)
    }
    try matrices.requireFinite(columns, argument: 1)
    return try columns.converted(to: .f64).stretched(to: shape)
  }

  private func solved(_ a: Tensor, _ b: Tensor, isTransposed: Bool) throws -> Tensor {
    let factors = try LUFactors(a, for: "solve", instead: ["lstsq(left, right)"])
    try factors.requireInvertible(
      instead: ["lstsq(left, right)   gives the shortest of the best solutions"])
    let sides = try sides(a, b, factors.matrices)
    let x = try factors.solutions(sides, isTransposed: isTransposed)
    return b.rank == 1 ? Tensor(x, shape: factors.matrices.stack + [factors.matrices.order]) : x
  }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    try solved(x[0], x[1], isTransposed: false)
      .converted(to: .joined(x[0].precision, x[1].precision))
  }

  /// With Aᵀ u = g: db = u and dA = -u xᵀ.
  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    let isVector = x[1].rank == 1
    func columns(_ t: Tensor) -> Tensor { isVector ? Tensor(t, shape: t.shape + [1]) : t }
    let u = try solved(x[0], columns(gradient), isTransposed: true)
    let da = try u.matmul(transposed: columns(y)).negated()
    let db = try u.summed(to: columns(x[1]).shape)
    return [
      try da.summed(to: x[0].shape).converted(to: x[0].precision),
      Tensor(db, shape: x[1].shape).converted(to: x[1].precision),
    ]
  }

  package static var samples: [Sample] {
    let a = Tensor([2, -0.5, 0.3, 0.7, 1.4, -0.2, 0.1, 0.6, -1.7], shape: [3, 3])
    let stack = Tensor([2, 0.5, -0.3, 1.2, 0.9, 0.1, 0.4, -1.6], shape: [2, 2, 2])
    let b = Tensor([1, -0.4, 0.6, 0.2, 1.1, -0.9], shape: [3, 2])
    return [
      Sample(Solution(), [a, Tensor([0.5, -1.2, 0.8], shape: [3])]), Sample(Solution(), [a, b]),
      Sample(Solution(), [stack, Tensor([0.5, 1.2, -0.7, 0.3], shape: [2, 2])]),
    ]
  }
}

extension Tensor {
  /// The x with `self @ x` equal to `b`.
  package func solving(_ b: Tensor) throws -> Tensor { try Solution()(self, b) }
}
