import Basics

/// Every number times one factor plus one offset.
package struct Scaling: Operation {
  /// What each number is multiplied by.
  package var factor: Double
  /// What is added then.
  package var offset = 0.0

  package var needs: Needs { [] }
  package var takesBlocks: Bool { true }

  package func forward(_ x: [Tensor]) -> Tensor {
    switch x[0].precision {
    case .f64: values(Double.self, x[0])
    case .f32: values(Float.self, x[0])
    }
  }

  private func values<T: Element>(_ type: T.Type, _ x: Tensor) -> Tensor {
    let (a, b) = (T(factor), T(offset))
    var result = Tensor.filled(T.self, x.shape, channelBlock: x.channelBlock) { to in
      nonisolated(unsafe) let (p, y) = (x.pointer(T.self), to)
      Loops.forEach(x.count) { for i in $0 { y[i] = a * p[i] + b } }
    }
    result.stretchable = x.stretchable
    return result
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    [factor == 1 ? gradient : Scaling(factor: factor).forward([gradient])]
  }

  package static var samples: [Sample] {
    [Sample(Scaling(factor: -1.5, offset: 0.25), [Tensor([1, 2, 3, 4], shape: [2, 2])])]
  }
}

extension Tensor {
  /// Every number times `factor`, plus `offset`.
  package func scaled(by factor: Double, offset: Double = 0) throws -> Tensor {
    try Scaling(factor: factor, offset: offset)(self)
  }
}
