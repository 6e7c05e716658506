import Basics
import CKernels

/// One axis taken together: its sum, product, largest or smallest number.
package struct Reduction: Operation {
  /// How numbers are taken together.
  package enum Kind: String, Sendable, CaseIterable {
    case sum
    case product
    case largest
    case smallest

    fileprivate var code: Int32 {
      switch self {
      case .sum: Int32(CK_SUM)
      case .product: Int32(CK_PRODUCT)
      case .largest: Int32(CK_LARGEST)
      case .smallest: Int32(CK_SMALLEST)
      }
    }
  }

  package var kind: Kind
  /// The first axis taken together.
  package var axis: Int
  /// How many neighbouring axes are taken together.
  package var axes = 1

  package var needs: Needs { kind == .sum ? [] : [.inputs, .output] }

  /// Numbers before, in and after the axes.
  private func split(_ shape: [Int]) -> (outer: Int, n: Int, inner: Int) {
    (
      shape[..<axis].reduce(1, *), shape[axis..<axis + axes].reduce(1, *),
      shape[(axis + axes)...].reduce(1, *)
    )
  }

  package func forward(_ x: [Tensor]) -> Tensor {
    switch x[0].precision {
    case .f64: values(Double.self, x[0])
    case .f32: values(Float.self, x[0])
    }
  }

  private func values<T: Element>(_ type: T.Type, _ x: Tensor) -> Tensor {
    var shape = x.shape
    shape.removeSubrange(axis..<axis + axes)
    let (outer, n, inner) = split(x.shape)
    return Tensor.filled(T.self, shape) { to in
      nonisolated(unsafe) let (p, y) = (x.pointer(T.self), to)
      if outer >= 2, x.count >= 2 * Loops.block {
        Loops.forEach(outer, block: max(1, Loops.block / max(1, n * inner))) { range in
          T.reduce(
            kind.code, p + range.lowerBound * n * inner, y + range.lowerBound * inner, range.count,
            n, inner)
        }
      } else if kind == .sum, inner > 1, x.count >= 4 * Loops.block {
        // Few long columns: sums of 64 stretches of rows, then their sum.
        let rows = (n + 63) / 64
        let parts = (n + rows - 1) / rows
        let partial = [T](unsafeUninitializedCapacity: parts * inner) { buffer, count in
          count = parts * inner
          guard let base = buffer.baseAddress else { return }
          nonisolated(unsafe) let part = base
          Loops.forEach(parts, block: 1) { range in
            for i in range {
              T.reduce(
                kind.code, p + i * rows * inner, part + i * inner, 1,
                min(rows, n - i * rows), inner)
            }
          }
        }
        partial.withUnsafeBufferPointer {
          if let base = $0.baseAddress { T.reduce(kind.code, base, y, 1, parts, inner) }
        }
      } else {
        T.reduce(kind.code, p, y, outer, n, inner)
      }
    }
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    var kept = x[0].shape
    for i in axis..<axis + axes { kept[i] = 1 }
    let g = Tensor(gradient, shape: kept)
    let spread = try g.stretched(to: x[0].shape)
    switch kind {
    case .sum: return [spread]
    case .product:
      return [
        Tensor(productGradient(spread, x[0]), shape: x[0].shape).converted(to: x[0].precision)
      ]
    case .largest, .smallest:
      // Equal winners share the gradient.
      let winners = try x[0].elementwise(
        Arithmetic("equal").primitive, Tensor(y, shape: kept).stretched(to: x[0].shape))
      let count = Reduction(kind: .sum, axis: axis, axes: axes).forward([winners])
      let share = try winners.dividing(
        Tensor(count, shape: kept).stretched(to: x[0].shape))
      return [try spread.multiplying(share.converted(to: x[0].precision))]
    }
  }

  /// The product of all others, without dividing, so that zeros are no trouble.
  private func productGradient(_ g: Tensor, _ x: Tensor) -> [Double] {
    let (outer, n, inner) = split(x.shape)
    let values = x.doubles
    var result = g.doubles
    for o in 0..<outer {
      for j in 0..<inner {
        func place(_ i: Int) -> Int { (o * n + i) * inner + j }
        var before = 1.0
        for i in 0..<n {
          result[place(i)] *= before
          before *= values[place(i)]
        }
        var after = 1.0
        for i in (0..<n).reversed() {
          result[place(i)] *= after
          after *= values[place(i)]
        }
      }
    }
    return result
  }

  package static var samples: [Sample] {
    let x = Tensor((0..<24).map { Double(($0 * 7) % 24) / 5 + 0.3 }, shape: [2, 3, 4])
    return Kind.allCases.flatMap { kind in
      [
        Sample(Reduction(kind: kind, axis: 0), [x]), Sample(Reduction(kind: kind, axis: 1), [x]),
        Sample(Reduction(kind: kind, axis: 1, axes: 2), [x]),
      ]
    }
  }
}

extension Tensor {
  /// The numbers along `axes` (all when nil) taken together. A negative axis counts from the right;
  /// with `keep` the axes stay, with size 1, and may stretch.
  package func reduced(_ kind: Reduction.Kind, axes: [Int]? = nil, keep: Bool = false) throws
    -> Tensor
  {
    let chosen = try normalised(axes: axes)
    var result = self
    if chosen.isEmpty { return self }
    if kind == .largest || kind == .smallest, chosen.contains(where: { shape[$0] == 0 }) {
      throw Problem("empty", "there is no \(kind.rawValue) number in a tensor of shape \(shape)")
    }
    // Neighbouring axes go at once, from the right so that the others keep their places.
    var end = chosen.count
    while end > 0 {
      var start = end - 1
      while start > 0, chosen[start - 1] == chosen[start] - 1 { start -= 1 }
      result = try Reduction(kind: kind, axis: chosen[start], axes: end - start)(result)
      end = start
    }
    guard keep else { return result }
    var kept = shape
    for axis in chosen { kept[axis] = 1 }
    result = try result.reshaped(kept)
    result.stretchable = AxisSet(chosen)
    return result
  }

  /// The sum along axes, of everything by default.
  package func sum(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor {
    try reduced(.sum, axes: axes, keep: keep)
  }

  /// The sum along one axis.
  package func sum(axis: Int, keep: Bool = false) throws -> Tensor {
    try sum(axes: [axis], keep: keep)
  }

  /// The product along axes, of everything by default.
  package func product(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor {
    try reduced(.product, axes: axes, keep: keep)
  }

  /// The largest number along axes, of everything by default.
  package func max(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor {
    try reduced(.largest, axes: axes, keep: keep)
  }

  /// The smallest number along axes, of everything by default.
  package func min(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor {
    try reduced(.smallest, axes: axes, keep: keep)
  }

  /// The mean along axes, of everything by default.
  package func mean(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor {
    let n = try normalised(axes: axes).map { shape[$0] }.reduce(1, *)
    let sum = try sum(axes: axes, keep: keep)
    var result = try sum.scaled(by: 1 / Double(n))
    result.stretchable = sum.stretchable
    return result
  }

  /// The variance along axes: the mean squared distance from the mean, divided by n - `lost`.
  package func variance(axes: [Int]? = nil, keep: Bool = false, lost: Int = 0) throws -> Tensor {
    let n = try normalised(axes: axes).map { shape[$0] }.reduce(1, *)
    let squares = try subtracting(mean(axes: axes, keep: true)).squared()
    let sum = try squares.sum(axes: axes, keep: keep)
    var result = try sum.scaled(by: 1 / Double(n - lost))
    result.stretchable = sum.stretchable
    return result
  }

  /// The axes meant, ascending and without repetition; all when nil.
  package func normalised(axes: [Int]?) throws -> [Int] {
    guard let axes else { return Array(0..<rank) }
    return try Set(axes.map { try normalised(axis: $0) }).sorted()
  }

  /// The axis meant, counted from the left.
  package func normalised(axis: Int) throws -> Int {
    let counted = axis < 0 ? axis + rank : axis
    guard counted >= 0, counted < rank else {
      throw Problem(
        "axis", "there is no axis \(axis) in a tensor of shape \(shape)",
        notes: [
          rank == 0 ? "a scalar has no axes" : "axes are 0 to \(rank - 1), or -1 to -\(rank)"
        ])
    }
    return counted
  }

  /// The sum over the axes along which `smaller` was stretched to this shape.
  func summed(to smaller: [Int]) throws -> Tensor {
    if shape == smaller { return self }
    let missing = rank - smaller.count
    let axes = shape.indices.filter {
      $0 < missing || (smaller[$0 - missing] == 1 && shape[$0] != 1)
    }
    let sum = try detached.rowMajor.sum(axes: axes)
    return Tensor(sum, shape: smaller)
  }
}
