/// The same numbers in another precision.
package struct Conversion: Operation {
  /// Precision of the result.
  package var precision: Precision

  package var needs: Needs { [] }

  package func forward(_ x: [Tensor]) -> Tensor { x[0].rounded(to: precision) }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    [gradient.rounded(to: x[0].precision)]
  }

  package static var samples: [Sample] {
    [Sample(Conversion(precision: .f64), [Tensor([0.5, -2, 3], shape: [3])])]
  }
}

extension Tensor {
  /// The same numbers stored in `precision`; shares storage when nothing changes.
  package func converted(to precision: Precision) -> Tensor {
    if precision == self.precision { return self }
    let operation = Conversion(precision: precision)
    guard node != nil else { return operation.forward([self]) }
    var y = operation.forward([detached])
    y.node = Node(operation, inputs: [self], output: y)
    return y
  }

  fileprivate func rounded(to precision: Precision) -> Tensor {
    if precision == self.precision { return self }
    var result = Tensor(uninitialised: shape, precision)
    switch precision {
    case .f64:
      let (from, to) = (floatsPointer, result.doublesPointer)
      for i in 0..<count { to[i] = Double(from[i]) }
    case .f32:
      let (from, to) = (doublesPointer, result.floatsPointer)
      for i in 0..<count { to[i] = Float(from[i]) }
    }
    result.isMask = isMask
    result.stretchable = stretchable
    return result
  }
}
