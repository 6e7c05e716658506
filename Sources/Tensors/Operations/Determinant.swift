import Basics

/// The determinant of a square matrix, or of each of a stack.
package struct Determinant: Operation {
  package init() {}

  package func forward(_ x: [Tensor]) throws -> Tensor {
    try LUFactors(x[0], for: "det", instead: []).determinants().converted(to: x[0].precision)
  }

  /// Jacobi's formula for invertible matrices: dX = g det(X) X⁻ᵀ.
  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    let factors = try LUFactors(x[0], for: "det", instead: [])
    try factors.requireInvertible(instead: [])
    let scale = try gradient.multiplying(y).withNewAxis(at: y.rank).withNewAxis(at: y.rank + 1)
    let inverse = try factors.inverses().transposed().converted(to: x[0].precision)
    return [try scale.multiplying(inverse)]
  }

  package static var samples: [Sample] {
    let a = Tensor([2, -0.5, 0.3, 0.7, 1.4, -0.2, 0.1, 0.6, -1.7], shape: [3, 3])
    let stack = Tensor([2, 0.5, -0.3, 1.2, 0.9, 0.1, 0.4, -1.6], shape: [2, 2, 2])
    return [Sample(Determinant(), [a]), Sample(Determinant(), [stack])]
  }
}

extension Tensor {
  /// The determinant of a square matrix, or of each of a stack.
  package func determinant() throws -> Tensor { try Determinant()(self) }
}
