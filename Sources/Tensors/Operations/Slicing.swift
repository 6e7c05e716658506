import Basics

/// A regular part: from each axis a start, a step and a size.
package struct Slicing: Operation {
  package var starts: [Int]
  package var steps: [Int]
  package var sizes: [Int]

  package var needs: Needs { [] }

  /// Flat position of the first number and distance between neighbours along each axis.
  private func walk(_ shape: [Int]) -> (start: Int, steps: [Int]) {
    var (distance, start) = (1, 0)
    var walk = steps
    for axis in shape.indices.reversed() {
      start += starts[axis] * distance
      walk[axis] *= distance
      distance *= shape[axis]
    }
    return (sizes.contains(0) ? 0 : start, walk)
  }

  package func forward(_ x: [Tensor]) -> Tensor {
    let (start, steps) = walk(x[0].shape)
    var result = x[0].strided(sizes, steps: steps, from: start)
    result.isMask = x[0].isMask
    result.stretchable = x[0].stretchable
    return result
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    func run<T: Element>(_ type: T.Type) -> Tensor {
      let result = Tensor(repeating: 0, shape: x[0].shape, precision: T.precision)
      if gradient.count > 0 {
        let (start, steps) = walk(x[0].shape)
        T.scatterStrided(gradient.pointer(T.self), result.pointer(T.self) + start, sizes, steps)
      }
      return result
    }
    return [gradient.precision == .f64 ? run(Double.self) : run(Float.self)]
  }

  package static var samples: [Sample] {
    let x = Tensor((0..<24).map { Double($0) / 7 }, shape: [2, 3, 4])
    return [
      Sample(Slicing(starts: [0, 1, 0], steps: [1, 1, 2], sizes: [2, 2, 2]), [x]),
      Sample(Slicing(starts: [1, 2, 3], steps: [1, -1, -2], sizes: [1, 3, 2]), [x]),
    ]
  }
}

extension Tensor {
  /// The numbers from `range` along `axis`.
  package func sliced(axis: Int, _ range: Range<Int>) throws -> Tensor {
    let axis = try normalised(axis: axis)
    guard range.lowerBound >= 0, range.upperBound <= shape[axis] else {
      throw Problem(
        "index", "\(range.lowerBound):\(range.upperBound) leaves axis \(axis) of \(shape)")
    }
    var starts = [Int](repeating: 0, count: rank)
    var sizes = shape
    starts[axis] = range.lowerBound
    sizes[axis] = range.count
    return try Slicing(starts: starts, steps: starts.map { _ in 1 }, sizes: sizes)(self)
  }
}
