import Basics

/// A border of one number around the tensor.
package struct Padding: Operation {
  /// Places before and after, for each axis.
  package var before: [Int]
  package var after: [Int]
  /// The number they hold.
  package var value = 0.0

  package var needs: Needs { [] }

  package func forward(_ x: [Tensor]) -> Tensor {
    let shape = x[0].shape.indices.map { before[$0] + x[0].shape[$0] + after[$0] }
    func run<T: Element>(_ type: T.Type) -> Tensor {
      let result = Tensor(repeating: value, shape: shape, precision: T.precision)
      // The border's number is added to by the scatter, so it must not be under the inside.
      let y = result.pointer(T.self)
      let inside = Self.inside(shape, before)
      if x[0].count > 0 {
        let lifted = value == 0 ? x[0] : Scaling(factor: 1, offset: -value).forward([x[0]])
        T.scatterStrided(lifted.pointer(T.self), y + inside.start, x[0].shape, inside.steps)
        withExtendedLifetime(lifted) {}
      }
      return result
    }
    return x[0].precision == .f64 ? run(Double.self) : run(Float.self)
  }

  private static func inside(_ shape: [Int], _ before: [Int]) -> (start: Int, steps: [Int]) {
    var steps = [Int](repeating: 1, count: shape.count)
    var (distance, start) = (1, 0)
    for axis in shape.indices.reversed() {
      steps[axis] = distance
      start += before[axis] * distance
      distance *= shape[axis]
    }
    return (start, steps)
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    [Slicing(starts: before, steps: before.map { _ in 1 }, sizes: x[0].shape).forward([gradient])]
  }

  package static var samples: [Sample] {
    [
      Sample(
        Padding(before: [1, 0], after: [0, 2]), [Tensor([1, 2, 3, 4], shape: [2, 2])]),
      Sample(
        Padding(before: [0, 1], after: [1, 0], value: 3), [Tensor([1, 2, 3, 4], shape: [2, 2])]),
    ]
  }
}

extension Tensor {
  /// The tensor with `before[i]` and `after[i]` places of `value` around axis i.
  package func padded(before: [Int], after: [Int], value: Double = 0) throws -> Tensor {
    guard before.count == rank, after.count == rank, (before + after).allSatisfy({ $0 >= 0 }) else {
      throw Problem("shape", "padding \(before), \(after) does not suit shape \(shape)")
    }
    return try Padding(before: before, after: after, value: value)(self)
  }
}
