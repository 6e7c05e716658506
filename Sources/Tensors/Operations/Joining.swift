import Basics

/// Tensors one after the other along an axis.
package struct Joining: Operation {
  package var axis: Int

  package var needs: Needs { [] }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    var shape = x[0].shape
    for (i, part) in x.enumerated().dropFirst() {
      var (a, b) = (shape, part.shape)
      if a.count == b.count {
        a[axis] = 0
        b[axis] = 0
      }
      guard a == b else {
        throw Problem(
          "shape", "\(x[0].shape) and \(part.shape) cannot be joined along axis \(axis)",
          notes: ["all other axes must have the same sizes"], argument: i)
      }
      shape[axis] += part.shape[axis]
    }
    let precision = x.map(\.precision).reduce(x[0].precision, Precision.joined)
    try Memory.check(shape, bytesEach: precision.size, "the result")
    let parts = x.map { $0.converted(to: precision) }
    func run<T: Element>(_ type: T.Type) -> Tensor {
      let outer = shape[..<axis].reduce(1, *)
      return Tensor.filled(T.self, shape) { y in
        var to = y
        for o in 0..<outer {
          for part in parts {
            let n = part.count / Swift.max(1, outer)
            to.update(from: part.pointer(T.self) + o * n, count: n)
            to += n
          }
        }
      }
    }
    var result = precision == .f64 ? run(Double.self) : run(Float.self)
    result.isMask = x.allSatisfy(\.isMask)
    return result
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    var at = 0
    return try x.map { part in
      defer { at += part.shape[axis] }
      return try gradient.sliced(axis: axis, at..<at + part.shape[axis])
        .converted(to: part.precision)
    }
  }

  package static var samples: [Sample] {
    let a = Tensor((0..<6).map { Double($0) / 7 }, shape: [2, 3])
    let b = Tensor((0..<4).map { Double($0) / 3 }, shape: [2, 2])
    return [Sample(Joining(axis: 1), [a, b]), Sample(Joining(axis: 0), [a, a])]
  }
}

extension Tensor {
  /// The tensors one after the other along an existing axis.
  package static func concatenated(_ parts: [Tensor], axis: Int = 0) throws -> Tensor {
    guard let first = parts.first else {
      throw Problem("empty", "there is nothing to join")
    }
    return try Joining(axis: first.normalised(axis: axis)).applied(to: parts)
  }

  /// Tensors of one shape along a new axis.
  package static func stacked(_ parts: [Tensor], axis: Int = 0) throws -> Tensor {
    guard let first = parts.first else {
      throw Problem("empty", "there is nothing to stack")
    }
    if let wrong = parts.firstIndex(where: { $0.shape != first.shape }) {
      throw Problem(
        "shape", "\(first.shape) and \(parts[wrong].shape) cannot be stacked",
        notes: ["all parts must have the same shape"], argument: wrong)
    }
    let place = axis < 0 ? axis + first.rank + 1 : axis
    return try concatenated(parts.map { try $0.withNewAxis(at: place) }, axis: place)
  }
}
