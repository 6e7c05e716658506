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
        starts[own] = try place(index, on: own)
        sizes[own] = 1
        own += 1
      case .slice(let from, let to, let written):
        let step = Self.short(written, shape[own])
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
    let numbers = try Self.fitting(value, places.shape).flattened()
    return try Replacement(positions: places.doubles.map { Int($0) })(self, numbers)
  }

  /// Writes numbers into the part that the items choose, in place when nothing else holds the
  /// tensor.
  package mutating func replace(_ items: [IndexItem], with value: Tensor) throws {
    if let position = try flatPosition(items), value.count == 1, node == nil, value.node == nil {
      self[flat: position] = value.item
      return
    }
    if node == nil, value.node == nil, !isMask, try replaceBlock(items, with: value) { return }
    self = try replacing(items, with: value)
  }

  /// Writes into a part made of places and slices, in place; false where there are other items.
  private mutating func replaceBlock(_ items: [IndexItem], with value: Tensor) throws -> Bool {
    let isRegular = items.allSatisfy { item in
      switch item {
      case .at, .slice: true
      case .new, .list, .mask: false
      }
    }
    guard isRegular, channelBlock == 1 else { return false }
    try checkNumber(of: items)
    var (starts, steps, sizes) = ([Int](), [Int](), [Int]())
    var part: [Int] = []
    for (axis, n) in shape.enumerated() {
      switch axis < items.count ? items[axis] : .all {
      case .at(let index):
        starts.append(try place(index, on: axis))
        steps.append(1)
        sizes.append(1)
      case .slice(let from, let to, let written):
        let step = Self.short(written, n)
        let (start, size) = try Self.bounds(from, to, step, n)
        starts.append(start)
        steps.append(step)
        sizes.append(size)
        part.append(size)
      case .new, .list, .mask: return false
      }
    }
    let numbers = try Self.fitting(value, part).doubles
    guard !numbers.isEmpty else { return true }
    var strides = [Int](repeating: 1, count: rank)
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    var places = [Int](repeating: 0, count: rank)
    var position = zip(starts, strides).reduce(0) { $0 + $1.0 * $1.1 }
    for number in numbers {
      self[flat: position] = number
      // The next place in row-major order of the part.
      for axis in shape.indices.reversed() {
        places[axis] += 1
        position += steps[axis] * strides[axis]
        if places[axis] < sizes[axis] { break }
        position -= sizes[axis] * steps[axis] * strides[axis]
        places[axis] = 0
      }
    }
    return true
  }

  /// The numbers stretched to the shape of the part that they are written into.
  private static func fitting(_ value: Tensor, _ part: [Int]) throws -> Tensor {
    let meeting = try Stretching(part, AxisSet(), value.shape, value.stretchable)
    guard meeting.shape == part else {
      throw Problem("shape", "\(value.shape) does not fit into a part of shape \(part)")
    }
    return try value.stretched(to: part)
  }

  /// A place counted from the start of the axis.
  private func place(_ index: Int, on axis: Int) throws -> Int {
    let n = shape[axis]
    guard (-n..<n).contains(index) else {
      throw Problem(
        "index", "index \(index) is outside axis \(axis) of \(shape)",
        notes: [n == 0 ? "the axis is empty" : "valid are 0..=\(n - 1), or -1 for the last"])
    }
    return index < 0 ? index + n : index
  }

  /// A step that leaves the axis at once, where the written one could not be counted with.
  private static func short(_ step: Int, _ n: Int) -> Int {
    Swift.min(Swift.max(step, -n - 1), n + 1)
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
      position = position * shape[axis] + (try place(index, on: axis))
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
