import Basics

/// exp(x) divided by its sum along the last axis, or the logarithm of that.
package struct Softmax: Operation {
  /// Whether the logarithm is meant.
  package var isLogarithm = false

  package var needs: Needs { .output }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    guard let n = x[0].shape.last, n > 0 else {
      throw Problem("shape", "softmax needs an axis of at least one number, not \(x[0].shape)")
    }
    func run<T: Element>(_ type: T.Type) -> Tensor {
      Tensor.filled(T.self, x[0].shape) { to in
        nonisolated(unsafe) let (p, y) = (x[0].pointer(T.self), to)
        Loops.forEach(x[0].count / n, block: Loops.block / 4 / n + 1) { range in
          let i = range.lowerBound * n
          T.softmax(p + i, y + i, range.count, n, isLogarithm)
        }
      }
    }
    return x[0].precision == .f64 ? run(Double.self) : run(Float.self)
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    let n = y.shape[y.rank - 1]
    func run<T: Element>(_ type: T.Type) -> Tensor {
      Tensor.filled(T.self, y.shape) { to in
        nonisolated(unsafe) let (v, g, d) = (y.pointer(T.self), gradient.pointer(T.self), to)
        Loops.forEach(y.count / n, block: Loops.block / 4 / n + 1) { range in
          let i = range.lowerBound * n
          T.softmaxGradient(v + i, g + i, d + i, range.count, n, isLogarithm)
        }
      }
    }
    return [y.precision == .f64 ? run(Double.self) : run(Float.self)]
  }

  package static var samples: [Sample] {
    let x = Tensor([0.2, 1.5, -0.7, 2, 0.1, 0.4], shape: [2, 3])
    return [Sample(Softmax(), [x]), Sample(Softmax(isLogarithm: true), [x])]
  }
}

extension Tensor {
  /// exp(x) divided by its sum along `axis`.
  package func softmax(axis: Int = -1) throws -> Tensor {
    try alongLast(axis) { try Softmax()($0) }
  }

  /// The logarithm of `softmax`, exact for large numbers, too.
  package func logSoftmax(axis: Int = -1) throws -> Tensor {
    try alongLast(axis) { try Softmax(isLogarithm: true)($0) }
  }

  private func alongLast(_ axis: Int, _ body: (Tensor) throws -> Tensor) throws -> Tensor {
    let axis = try normalised(axis: axis)
    if axis == rank - 1 { return try body(self) }
    var order = Array(0..<rank)
    order.swapAt(axis, rank - 1)
    return try body(permuted(order)).permuted(order)
  }
}
