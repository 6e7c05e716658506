import Basics

/// A copy in which the numbers at some flat positions are others.
package struct Replacement: Operation {
  /// Row-major positions, one for each number of the second input; the last one wins.
  package var positions: [Int]

  package var needs: Needs { [] }

  /// Inputs: the tensor, the numbers.
  package func forward(_ x: [Tensor]) -> Tensor {
    var result = x[0].rowMajor
    let values = x[1].converted(to: result.precision)
    func run<T: Element>(_ to: UnsafeMutableBufferPointer<T>) {
      let from = values.pointer(T.self)
      for (k, position) in positions.enumerated() { to[position] = from[k] }
    }
    switch result.precision {
    case .f64: result.withMutableDoubles { run($0) }
    case .f32: result.withMutableFloats { run($0) }
    }
    withExtendedLifetime(values) {}
    return result
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    let zeros = Tensor(repeating: 0, shape: x[1].shape, precision: gradient.precision)
    let all = gradient.doubles
    // A position written twice belongs to its last number.
    var owner: [Int: Int] = [:]
    for (k, position) in positions.enumerated() { owner[position] = k }
    let own = positions.enumerated().map { owner[$1] == $0 ? all[$1] : 0 }
    return [
      forward([gradient, zeros]).converted(to: x[0].precision),
      Tensor(own, shape: x[1].shape).converted(to: x[1].precision),
    ]
  }

  package static var samples: [Sample] {
    let x = Tensor([1, 2, 3, 4], shape: [2, 2])
    return [
      Sample(Replacement(positions: [3, 0]), [x, Tensor([7, 8], shape: [2])]),
      Sample(Replacement(positions: [1, 1]), [x, Tensor([7, 8], shape: [2])]),
    ]
  }
}
