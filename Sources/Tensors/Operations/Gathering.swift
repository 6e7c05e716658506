import Basics

/// Slices along one axis, chosen by number: rows of a table, embeddings, samples of a batch.
package struct Gathering: Operation {
  /// Which slices, in the order of the result; may repeat.
  package var indices: [Int]
  /// The axis they are counted along.
  package var axis = 0

  package var needs: Needs { [] }

  private func split(_ shape: [Int]) -> (outer: Int, n: Int, inner: Int) {
    (shape[..<axis].reduce(1, *), shape[axis], shape[(axis + 1)...].reduce(1, *))
  }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    let (outer, n, inner) = split(x[0].shape)
    if let wrong = indices.first(where: { $0 < 0 || $0 >= n }) {
      throw Problem(
        "index", "index \(wrong) leaves axis \(axis) of \(x[0].shape)",
        notes: [n == 0 ? "the axis is empty" : "indices are 0 to \(n - 1), or -1 to -\(n)"])
    }
    var shape = x[0].shape
    shape[axis] = indices.count
    func run<T: Element>(_ type: T.Type) -> Tensor {
      Tensor.filled(T.self, shape) { y in
        let from = x[0].pointer(T.self)
        for o in 0..<outer {
          for (k, index) in indices.enumerated() {
            (y + (o * indices.count + k) * inner).update(
              from: from + (o * n + index) * inner, count: inner)
          }
        }
      }
    }
    var result = x[0].precision == .f64 ? run(Double.self) : run(Float.self)
    result.isMask = x[0].isMask
    return result
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    let (outer, n, inner) = split(x[0].shape)
    func run<T: Element>(_ type: T.Type) -> Tensor {
      let result = Tensor(repeating: 0, shape: x[0].shape, precision: T.precision)
      let (from, to) = (gradient.pointer(T.self), result.pointer(T.self))
      for o in 0..<outer {
        for (k, index) in indices.enumerated() {
          T.addScaled(
            1, from + (o * indices.count + k) * inner, to + (o * n + index) * inner, inner)
        }
      }
      return result
    }
    return [gradient.precision == .f64 ? run(Double.self) : run(Float.self)]
  }

  package static var samples: [Sample] {
    let x = Tensor((0..<24).map { Double($0) / 7 }, shape: [2, 3, 4])
    return [
      Sample(Gathering(indices: [2, 0, 2], axis: 1), [x]),
      Sample(Gathering(indices: [1], axis: 0), [x]),
      Sample(Gathering(indices: [3, 3, 1, 0, 2], axis: 2), [x]),
    ]
  }
}

extension Tensor {
  /// The slices along `axis` with these numbers; negative ones count from the end.
  package func gathered(_ indices: [Int], axis: Int = 0) throws -> Tensor {
    let axis = try normalised(axis: axis)
    let n = shape[axis]
    return try Gathering(indices: indices.map { $0 < 0 ? $0 + n : $0 }, axis: axis)(self)
  }
}
