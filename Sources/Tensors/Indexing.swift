import Basics

/// One item between the brackets of an index.
package enum IndexItem: Sendable {
  /// One place of an axis, which vanishes; negative ones count from the end.
  case at(Int)
  /// `from:to:step`; what is left out reaches to the ends. Bounds beyond the ends are cut.
  case slice(from: Int?, to: Int?, step: Int)
  /// `new`: an axis of size 1 that may stretch.
  case new
  /// A list of places, in the order of the result.
  case list([Int])
  /// Where a mask holds; it covers as many axes as it has and leaves one.
  case mask(Tensor)

  /// A whole axis.
  package static var all: IndexItem { .slice(from: nil, to: nil, step: 1) }
}

extension Tensor {
  /// The part that the items between brackets choose; axes without an item stay whole.
  package func indexed(_ items: [IndexItem]) throws -> Tensor {
    var result = self
    var axis = 0
    // Axes that an `.at` leaves with size 1 are dropped at the end.
    var dropped: [Int] = []
    var starts = [Int](repeating: 0, count: rank)
    var steps = [Int](repeating: 1, count: rank)
    var sizes = shape
    try checkNumber(of: items)
    // First every regular part in one go …
    var own = 0
    for item in items {
      switch item {
      case .new: continue
      case .mask(let mask): own += mask.rank
      case .list: own += 1
      case .at(let index):
        let n = shape[own]
        guard (-n..<n).contains(index) else {
          throw Problem(
            "index", "index \(index) leaves axis \(own) of \(shape)",
            notes: [n == 0 ? "the axis is empty" : "indices are 0 to \(n - 1), or -1 to -\(n)"])
        }
        starts[own] = index < 0 ? index + n : index
        sizes[own] = 1
        own += 1
      case .slice(let from, let to, let step):
        (starts[own], sizes[own]) = try Self.bounds(from, to, step, shape[own])
        steps[own] = step
        own += 1
      }
    }
    if sizes != shape || steps.contains(where: { $0 != 1 }) {
      result = try Slicing(starts: starts, steps: steps, sizes: sizes)(result)
    }
    // … then lists, masks and new axes from the left.
    for item in items {
      switch item {
      case .at:
        dropped.append(axis)
        axis += 1
      case .slice: axis += 1
      case .list(let places):
        result = try result.gathered(places, axis: axis)
        axis += 1
      case .new:
        result = try result.withNewAxis(at: axis)
        axis += 1
      case .mask(let mask):
        result = try result.whereHolds(mask, from: axis)
        axis += 1
      }
    }
    if dropped.isEmpty { return result }
    let kept = result.shape.indices.filter { !dropped.contains($0) }
    let stretchable = AxisSet(
      kept.enumerated().filter { result.stretchable.contains($0.element) }.map(\.offset))
    let isMask = result.isMask
    result = try result.reshaped(kept.map { result.shape[$0] })
    result.stretchable = stretchable
    result.isMask = isMask
    return result
  }

  /// A copy in which the part that the items choose has other numbers, stretched to fit.
  package func replacing(_ items: [IndexItem], with value: Tensor) throws -> Tensor {
    if let position = try flatPosition(items), value.count == 1, node == nil, value.node == nil {
      var copy = self
      copy[flat: position] = value.item
      return copy
    }
    // Doubles hold every position of a tensor that fits into memory.
    let places = try Tensor((0..<count).map(Double.init), shape: shape).indexed(items)
    let meeting = try Stretching(places.shape, AxisSet(), value.shape, value.stretchable)
    guard meeting.shape == places.shape else {
      throw Problem("shape", "\(value.shape) does not fit into a part of shape \(places.shape)")
    }
    let numbers = try value.stretched(to: places.shape).flattened()
    return try Replacement(positions: places.doubles.map { Int($0) })(self, numbers)
  }

  /// Writes numbers into the part that the items choose, in place when nothing else holds the
  /// tensor.
  package mutating func replace(_ items: [IndexItem], with value: Tensor) throws {
    if let position = try flatPosition(items), value.count == 1, node == nil, value.node == nil {
      self[flat: position] = value.item
      return
    }
    self = try replacing(items, with: value)
  }

  /// The number at one place, when the items name one.
  package func number(at items: [IndexItem]) throws -> Double? {
    try flatPosition(items).map { self[flat: $0] }
  }

  /// Where a mask holds, as flat positions.
  package var positions: [Int] {
    withDoubles { values in values.indices.filter { values[$0] != 0 } }
  }

  // The flat position, when there is an `.at` for each axis.
  private func flatPosition(_ items: [IndexItem]) throws -> Int? {
    guard items.count == rank else { return nil }
    var position = 0
    for (axis, item) in items.enumerated() {
      guard case .at(let index) = item else { return nil }
      let n = shape[axis]
      guard (-n..<n).contains(index) else {
        throw Problem(
          "index", "index \(index) leaves axis \(axis) of \(shape)",
          notes: [n == 0 ? "the axis is empty" : "indices are 0 to \(n - 1), or -1 to -\(n)"])
      }
      position = position * n + (index < 0 ? index + n : index)
    }
    return position
  }

  private func checkNumber(of items: [IndexItem]) throws {
    let used = items.reduce(0) { sum, item in
      switch item {
      case .new: sum
      case .mask(let mask): sum + mask.rank
      case .at, .slice, .list: sum + 1
      }
    }
    guard used <= rank else {
      throw Problem(
        "index", "\(used) indices for \(rank) \(rank == 1 ? "axis" : "axes") of \(shape)")
    }
  }

  private func whereHolds(_ mask: Tensor, from axis: Int) throws -> Tensor {
    let covered = Array(shape[axis..<axis + mask.rank])
    guard covered == mask.shape else {
      throw Problem(
        "shape", "a mask of shape \(mask.shape) cannot select from axes of shape \(covered)")
    }
    let merged = Array(shape[..<axis]) + [mask.count] + Array(shape[(axis + mask.rank)...])
    return try reshaped(merged).gathered(mask.positions, axis: axis)
  }

  /// First place and number of places of a slice.
  private static func bounds(_ from: Int?, _ to: Int?, _ step: Int, _ n: Int) throws -> (Int, Int) {
    guard step != 0 else {
      throw Problem("index", "a slice cannot have step 0")
    }
    func cut(_ place: Int, _ low: Int, _ high: Int) -> Int {
      Swift.min(Swift.max(place < 0 ? place + n : place, low), high)
    }
    if step > 0 {
      let (first, end) = (cut(from ?? 0, 0, n), cut(to ?? n, 0, n))
      return (first, Swift.max(0, (end - first + step - 1) / step))
    }
    let first = from.map { cut($0, -1, n - 1) } ?? n - 1
    let end = to.map { cut($0, -1, n - 1) } ?? -1
    return (first, Swift.max(0, (first - end - step - 1) / -step))
  }
}
