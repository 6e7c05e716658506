import Basics

/// The axes in another order.
package struct Permutation: Operation {
  /// For each axis of the result, the axis of the input.
  package var order: [Int]

  package var needs: Needs { [] }

  package func forward(_ x: [Tensor]) -> Tensor {
    if order == Array(order.indices) { return x[0] }
    var steps = [Int](repeating: 1, count: x[0].rank)
    for axis in steps.indices.dropLast().reversed() {
      steps[axis] = steps[axis + 1] * x[0].shape[axis + 1]
    }
    var result = x[0].strided(order.map { x[0].shape[$0] }, steps: order.map { steps[$0] }, from: 0)
    result.isMask = x[0].isMask
    result.stretchable = AxisSet(
      order.indices.filter { x[0].stretchable.contains(order[$0]) })
    return result
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    var inverse = order
    for (to, from) in order.enumerated() { inverse[from] = to }
    return [Permutation(order: inverse).forward([gradient])]
  }

  package static var samples: [Sample] {
    let x = Tensor((0..<24).map { Double($0) / 7 }, shape: [2, 3, 4])
    return [[2, 0, 1], [0, 2, 1], [1, 0, 2]].map { Sample(Permutation(order: $0), [x]) }
  }
}

extension Tensor {
  /// The axes in another order: axis i of the result is axis `order[i]` of this tensor.
  package func permuted(_ order: [Int]) throws -> Tensor {
    let axes = try order.map { try normalised(axis: $0) }
    guard axes.count == rank, Set(axes).count == rank else {
      throw Problem(
        "axis", "\(order) does not name each axis of \(shape) once",
        suggestions: ["\(Array((0..<rank).reversed()))"])
    }
    return try Permutation(order: axes)(self)
  }

  /// The last two axes exchanged; a vector stays as it is.
  package func transposed() throws -> Tensor {
    if rank < 2 { return self }
    return try permuted(Array(0..<rank - 2) + [rank - 1, rank - 2])
  }
}
