import Basics

/// From two tensors, elementwise: the first where a mask is not 0, else the second.
package struct Selection: Operation {
  package init() {}

  package var needs: Needs { .inputs }

  /// Inputs: mask, first, second.
  package func forward(_ x: [Tensor]) throws -> Tensor {
    let (mask, a, b) = try meeting(x)
    func run<T: Element>(_ type: T.Type) -> Tensor {
      Tensor.filled(T.self, a.shape) { y in
        let (p, q) = (a.pointer(T.self), b.pointer(T.self))
        mask.withDoubles { m in for i in m.indices { y[i] = m[i] != 0 ? p[i] : q[i] } }
      }
    }
    defer { withExtendedLifetime((a, b)) {} }
    return a.precision == .f64 ? run(Double.self) : run(Float.self)
  }

  /// All three in the shape of the result.
  private func meeting(_ x: [Tensor]) throws -> (Tensor, Tensor, Tensor) {
    let pair = try Stretching(x[1].shape, x[1].stretchable, x[2].shape, x[2].stretchable)
    let all = try Stretching(x[0].shape, x[0].stretchable, pair.shape, pair.stretchable)
    let precision =
      x[1].rank == 0 && x[2].rank > 0
      ? x[2].precision
      : x[2].rank == 0 && x[1].rank > 0
        ? x[1].precision : Precision.joined(x[1].precision, x[2].precision)
    return try (
      x[0].detached.stretched(to: all.shape),
      x[1].detached.converted(to: precision).stretched(to: all.shape),
      x[2].detached.converted(to: precision).stretched(to: all.shape)
    )
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    let mask = try x[0].stretched(to: y.shape)
    let zero = Tensor(repeating: 0, shape: [], precision: gradient.precision)
    let first = try Selection().forward([mask, gradient, zero])
    let second = try Selection().forward([mask, zero, gradient])
    return [
      nil, try first.summed(to: x[1].shape).converted(to: x[1].precision),
      try second.summed(to: x[2].shape).converted(to: x[2].precision),
    ]
  }

  package static var samples: [Sample] {
    let mask = Tensor([1, 0, 0, 1], shape: [4])
    let a = Tensor([1, 2, 3, 4], shape: [4])
    return [
      Sample(
        Selection(), [mask, a, Tensor([5, 6, 7, 8], shape: [4])],
        differentiable: [false, true, true]),
      Sample(Selection(), [mask, a, Tensor(0.5)], differentiable: [false, true, true]),
    ]
  }
}

extension Tensor {
  /// `first` where this mask holds, else `second`.
  package func selecting(_ first: Tensor, _ second: Tensor) throws -> Tensor {
    try Selection()(self, first, second)
  }
}
