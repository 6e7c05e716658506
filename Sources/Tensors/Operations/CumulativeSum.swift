import Basics

/// Running sums along an axis.
package struct CumulativeSum: Operation {
  package var axis: Int
  /// Whether the sums run from the end.
  package var isReversed = false

  package var needs: Needs { [] }

  package func forward(_ x: [Tensor]) -> Tensor {
    let shape = x[0].shape
    let (n, inner) = (shape[axis], shape[(axis + 1)...].reduce(1, *))
    func run<T: Element>(_ type: T.Type) -> Tensor {
      Tensor.filled(T.self, shape) { y in
        let from = x[0].pointer(T.self)
        for row in 0..<(n * inner == 0 ? 0 : x[0].count / (n * inner)) {
          for j in 0..<inner {
            var sum = 0.0
            for i in 0..<n {
              let place = (row * n + (isReversed ? n - 1 - i : i)) * inner + j
              sum += Double(from[place])
              y[place] = T(sum)
            }
          }
        }
      }
    }
    return x[0].precision == .f64 ? run(Double.self) : run(Float.self)
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    [CumulativeSum(axis: axis, isReversed: !isReversed).forward([gradient])]
  }

  package static var samples: [Sample] {
    let x = Tensor((0..<24).map { Double(($0 * 7) % 24) / 5 - 2 }, shape: [2, 3, 4])
    return [
      Sample(CumulativeSum(axis: 1), [x]), Sample(CumulativeSum(axis: 2, isReversed: true), [x]),
    ]
  }
}

extension Tensor {
  /// Running sums along an axis.
  package func cumulativeSum(axis: Int) throws -> Tensor {
    try CumulativeSum(axis: normalised(axis: axis))(self)
  }
}
