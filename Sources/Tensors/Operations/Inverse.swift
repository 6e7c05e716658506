import Basics

/// The inverse of a square matrix, or of each of a stack.
package struct Inverse: Operation {
  package init() {}

  package var needs: Needs { .output }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    let factors = try LUFactors(
      x[0], for: "inv", instead: ["pinv(left)   has a value for every matrix"])
    try factors.requireInvertible(instead: ["pinv(left)", "lstsq(left, b)   for a system"])
    return try factors.inverses().converted(to: x[0].precision)
  }

  /// From Y X = 1: dX = -Yᵀ G Yᵀ.
  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    let left = try MatrixProduct(transposesLeft: true)(y, gradient)
    return [try left.matmul(transposed: y).negated()]
  }

  package static var samples: [Sample] {
    let a = Tensor([2, -0.5, 0.3, 0.7, 1.4, -0.2, 0.1, 0.6, -1.7], shape: [3, 3])
    let stack = Tensor([2, 0.5, -0.3, 1.2, 0.9, 0.1, 0.4, -1.6], shape: [2, 2, 2])
    return [Sample(Inverse(), [a]), Sample(Inverse(), [stack])]
  }
}

extension Tensor {
  /// The inverse of a square matrix, or of each of a stack.
  package func inverse() throws -> Tensor { try Inverse()(self) }
}
