import Basics

/// A tensor stretched to a larger shape: repeated along axes that it lacks or that have size 1.
package struct Repetition: Operation {
  /// Shape of the result.
  package var shape: [Int]

  package var needs: Needs { [] }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    let missing = shape.count - x[0].rank
    guard missing >= 0,
      x[0].shape.indices.allSatisfy({
        x[0].shape[$0] == shape[missing + $0] || x[0].shape[$0] == 1
      })
    else { throw Problem("shape", "\(x[0].shape) cannot be stretched to \(shape)") }
    let repeats = shape.indices.map {
      $0 < missing || (x[0].shape[$0 - missing] == 1 && shape[$0] != 1)
    }
    return x[0].repeated(to: shape, repeats: repeats)
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    [try gradient.summed(to: x[0].shape)]
  }

  package static var samples: [Sample] {
    [
      Sample(Repetition(shape: [2, 3]), [Tensor([1, 2, 3], shape: [3])]),
      Sample(Repetition(shape: [4, 2, 3]), [Tensor([1, 2], shape: [2, 1])]),
    ]
  }
}

extension Tensor {
  /// The tensor stretched to `shape`; axes of size 1 and missing ones repeat.
  package func stretched(to shape: [Int]) throws -> Tensor {
    shape == self.shape ? self : try Repetition(shape: shape)(self)
  }

  func repeated(to shape: [Int], repeats: [Bool]) -> Tensor {
    if shape == self.shape { return self }
    let steps = Stretching.steps(self.shape, repeats: repeats)
    return strided(shape, steps: steps, from: 0)
  }

  /// A copy of numbers that stand `steps` apart along each axis, from flat position `start`.
  func strided(_ shape: [Int], steps: [Int], from start: Int) -> Tensor {
    func run<T: Element>(_ type: T.Type) -> Tensor {
      Tensor.filled(T.self, shape) { y in
        if shape.contains(0) { return }
        guard let first = shape.first, shape.count > 1 else {
          T.gatherStrided(pointer(T.self) + start, y, shape, steps)
          return
        }
        let inner = shape.dropFirst().reduce(1, *)
        nonisolated(unsafe) let (from, to) = (pointer(T.self) + start, y)
        if inner * first <= 2 * Loops.block || first == 1 || (shape.count == 2 && steps[0] == 1) {
          T.gatherStrided(from, to, shape, steps)
          return
        }
        let (rest, restSteps) = (Array(shape.dropFirst()), Array(steps.dropFirst()))
        Loops.forEach(first, block: Swift.max(1, Loops.block / inner)) { range in
          for i in range {
            T.gatherStrided(from + i * steps[0], to + i * inner, rest, restSteps)
          }
        }
      }
    }
    let source = rowMajor
    if source.channelBlock != channelBlock {
      return source.strided(shape, steps: steps, from: start)
    }
    return precision == .f64 ? run(Double.self) : run(Float.self)
  }
}
