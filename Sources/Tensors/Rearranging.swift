import Basics

/// Rearrangements that are made of simpler ones, and so have their gradients.
extension Tensor {
  /// The numbers moved by `shift` places along an axis; what leaves at one end comes in at the
  /// other.
  package func rolled(_ shift: Int, axis: Int) throws -> Tensor {
    let axis = try normalised(axis: axis)
    let n = shape[axis]
    guard n > 0 else { return self }
    let start = ((-shift % n) + n) % n
    if start == 0 { return self }
    return try Tensor.concatenated(
      [sliced(axis: axis, start..<n), sliced(axis: axis, 0..<start)], axis: axis)
  }

  /// The axis in reverse order.
  package func flipped(axis: Int) throws -> Tensor {
    let axis = try normalised(axis: axis)
    var items = [IndexItem](repeating: .all, count: axis)
    items.append(.slice(from: nil, to: nil, step: -1))
    return try indexed(items)
  }

  /// The whole tensor so many times along each axis; further repetitions in front make new axes.
  package func tiled(_ times: [Int]) throws -> Tensor {
    if let wrong = times.first(where: { $0 < 0 }) {
      throw Problem("range", "a tensor cannot be repeated \(wrong) times", argument: 1)
    }
    let missing = Swift.max(0, times.count - rank)
    var result = try reshaped([Int](repeating: 1, count: missing) + shape)
    let first = result.rank - times.count
    try Memory.check(
      result.shape.enumerated().map { $0 < first ? $1 : $1 * times[$0 - first] }, "the result")
    for (index, count) in times.enumerated() where count != 1 {
      let n = result.shape[first + index]
      result = try result.gathered((0..<n * count).map { $0 % n }, axis: first + index)
    }
    return result
  }

  /// Each slice along an axis so many times in a row.
  package func repeating(_ times: Int, axis: Int) throws -> Tensor {
    guard times >= 0 else {
      throw Problem("range", "a tensor cannot be repeated \(times) times", argument: 1)
    }
    let axis = try normalised(axis: axis)
    var sizes = shape
    sizes[axis] *= times
    try Memory.check(sizes, "the result")
    return try gathered((0..<sizes[axis]).map { $0 / times }, axis: axis)
  }

  /// The parts that begin at each of the places along an axis, and the one before the first.
  package func parted(at places: [Int], axis: Int) throws -> [Tensor] {
    let axis = try normalised(axis: axis)
    let n = shape[axis]
    let bounds =
      try [0]
      + places.map { place in
        guard (-n...n).contains(place) else {
          throw Problem(
            "index", "there is no place \(place) on axis \(axis) of \(shape)",
            notes: ["places are 0 to \(n), or negative ones counted from the end"], argument: 1)
        }
        return place < 0 ? place + n : place
      } + [n]
    if let wrong = bounds.indices.dropFirst().first(where: { bounds[$0] < bounds[$0 - 1] }) {
      throw Problem(
        "index", "the places of a split rise, \(bounds[wrong]) comes after \(bounds[wrong - 1])",
        argument: 1)
    }
    return try zip(bounds, bounds.dropFirst()).map { try sliced(axis: axis, $0..<$1) }
  }

  /// How the places beyond the border are filled.
  package enum Border: String, CaseIterable, Sendable {
    /// One number.
    case constant
    /// The outermost number.
    case edge
    /// Mirrored at the outermost number, which is not repeated.
    case reflect
    /// From the other end.
    case wrap
  }

  /// The tensor with `before[i]` and `after[i]` further places at both ends of axis i.
  package func padded(
    before: [Int], after: [Int], border: Border, value: Double = 0
  ) throws -> Tensor {
    if let wrong = (before + after).first(where: { $0 < 0 }) {
      throw Problem(
        "range", "a border cannot have \(wrong) places", suggestions: ["x[1:-1]   cuts"],
        argument: 1)
    }
    try Memory.check(shape.indices.map { before[$0] + shape[$0] + after[$0] }, "the result")
    if border == .constant { return try padded(before: before, after: after, value: value) }
    var result = self
    for axis in shape.indices where before[axis] + after[axis] > 0 {
      let n = shape[axis]
      guard n > 0 else {
        throw Problem(
          "empty", "axis \(axis) of \(shape) has no numbers to fill a border with", argument: 0)
      }
      result = try result.gathered(
        (-before[axis]..<n + after[axis]).map { border.source(of: $0, in: n) }, axis: axis)
    }
    return result
  }

  /// log Σ exp(x) along axes, of everything by default; does not overflow.
  package func logSumExp(axes: [Int]? = nil, keep: Bool = false) throws -> Tensor {
    let largest = try detached.max(axes: axes, keep: true)
    // An infinite largest number would leave inf - inf.
    let finite = Tensor(
      largest.doubles.map { $0.isFinite ? $0 : 0 }, shape: largest.shape
    ).converted(to: precision)
    var shift = finite
    shift.stretchable = largest.stretchable
    let sum = try subtracting(shift).exponential().sum(axes: axes, keep: keep)
    var result = try sum.logarithm().adding(Tensor(finite, shape: sum.shape))
    result.stretchable = sum.stretchable
    return result
  }

  /// The order of the numbers along an axis that sorts them, as positions; equal numbers keep
  /// their order, nan comes last.
  package func sortingOrder(axis: Int, isDescending: Bool) throws -> [Int] {
    let axis = try normalised(axis: axis)
    let (n, inner) = (shape[axis], shape[(axis + 1)...].reduce(1, *))
    var order = [Int](repeating: 0, count: count)
    withDoubles { values in
      for line in 0..<(n == 0 ? 0 : count / n) {
        let start = line / inner * n * inner + line % inner
        let sorted = (0..<n).sorted { a, b in
          let (x, y) = (values[start + a * inner], values[start + b * inner])
          if x.isNaN || y.isNaN { return x.isNaN == y.isNaN ? a < b : y.isNaN }
          return x == y ? a < b : (x < y) != isDescending
        }
        for (i, from) in sorted.enumerated() { order[start + i * inner] = from }
      }
    }
    return order
  }

  /// The numbers at these positions along an axis, one for each number of this shape but that axis.
  package func taken(_ order: [Int], axis: Int) throws -> Tensor {
    let axis = try normalised(axis: axis)
    let (n, inner) = (shape[axis], shape[(axis + 1)...].reduce(1, *))
    let places = order.indices.map { place in
      (place / (n * inner)) * n * inner + order[place] * inner + place % inner
    }
    return try flattened().gathered(places).reshaped(shape)
  }
}

extension Tensor.Border {
  /// The place inside 0..<n that fills place `i`.
  fileprivate func source(of i: Int, in n: Int) -> Int {
    switch self {
    case .constant, .edge: return min(max(i, 0), n - 1)
    case .wrap: return ((i % n) + n) % n
    case .reflect:
      let period = max(1, 2 * (n - 1))
      let place = ((i % period) + period) % period
      return place < n ? place : period - place
    }
  }
}
