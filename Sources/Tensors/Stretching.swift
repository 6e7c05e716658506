import Basics

/// How two shapes meet in an elementwise operation.
///
/// The language's rule: an axis stretches only if it is missing on the left, belongs to a scalar,
/// or has size 1 because `new` or `keep = true` made it. Everything else must match.
package struct Stretching: Sendable, Equatable {
  /// Shape of the result.
  package let shape: [Int]
  /// Axes of the result that may stretch again.
  package let stretchable: AxisSet
  /// For each axis of the result, whether each side repeats along it.
  let leftRepeats: [Bool]
  let rightRepeats: [Bool]

  /// The meeting of two shapes, or a `Problem` that says why they do not fit.
  ///
  /// Its suggestions call the operands `left` and `right` (`Problem.naming`).
  package init(
    _ left: [Int], _ leftAxes: AxisSet = AxisSet(), _ right: [Int],
    _ rightAxes: AxisSet = AxisSet()
  ) throws {
    let rank = max(left.count, right.count)
    var shape: [Int] = []
    var stretchable = AxisSet()
    var (leftRepeats, rightRepeats): ([Bool], [Bool]) = ([], [])
    for axis in 0..<rank {
      let l = axis - (rank - left.count)
      let r = axis - (rank - right.count)
      let a = l < 0 ? nil : left[l]
      let b = r < 0 ? nil : right[r]
      let aMay = l < 0 || leftAxes.contains(l)
      let bMay = r < 0 || rightAxes.contains(r)
      switch (a, b) {
      case (nil, nil): break
      case (nil, let size?), (let size?, nil):
        shape.append(size)
        if size == 1, a == nil ? bMay : aMay { stretchable.insert(axis) }
        leftRepeats.append(a == nil)
        rightRepeats.append(b == nil)
      case (let a?, let b?) where a == b:
        shape.append(a)
        if a == 1, aMay, bMay { stretchable.insert(axis) }
        leftRepeats.append(false)
        rightRepeats.append(false)
      case (1?, let b?) where aMay:
        shape.append(b)
        leftRepeats.append(true)
        rightRepeats.append(false)
      case (let a?, 1?) where bMay:
        shape.append(a)
        leftRepeats.append(false)
        rightRepeats.append(true)
      default: throw Self.problem(left, right, axis, rank)
      }
    }
    // Where both sides repeat, the result is larger than either.
    if leftRepeats.contains(true), rightRepeats.contains(true) {
      try Memory.check(shape, "the result")
    }
    self.shape = shape
    self.stretchable = stretchable
    self.leftRepeats = leftRepeats
    self.rightRepeats = rightRepeats
  }

  private static func problem(_ left: [Int], _ right: [Int], _ axis: Int, _ rank: Int) -> Problem {
    let l = axis - (rank - left.count)
    let r = axis - (rank - right.count)
    let (a, b) = (left[l], right[r])
    guard a == 1 || b == 1 else {
      let place = l == r ? "axis \(l)" : "axis \(l) and axis \(r)"
      return Problem(
        "shape", "\(left) and \(right) differ on \(place)",
        notes: ["elementwise operations need the same sizes, \(a) ≠ \(b)"])
    }
    let isLeft = a == 1
    let own = isLeft ? left : right
    let other = isLeft ? right : left
    let ownAxis = isLeft ? l : r
    let (name, otherName) = isLeft ? ("left", "right") : ("right", "left")
    var result = [Int]()
    for k in 0..<rank {
      let (i, j) = (k - (rank - own.count), k - (rank - other.count))
      result.append(max(i < 0 ? 1 : own[i], j < 0 ? 1 : other[j]))
    }
    func index(_ word: String) -> String {
      "\(name)["
        + own.indices.map { $0 == ownAxis ? word : ":" }.joined(separator: ", ") + "]"
    }
    var dropped = own
    dropped.remove(at: ownAxis)
    var suggestions: [String] = []
    if (try? Stretching(isLeft ? dropped : other, isLeft ? other : dropped)) != nil {
      let pair = isLeft ? "\(index("0")) ∘ \(otherName)" : "\(otherName) ∘ \(index("0"))"
      let size = dropped.count > other.count ? dropped : other
      suggestions.append("\(pair)        gives \(size)")
    }
    let again =
      "\(index("0"))["
      + own.indices.map { $0 == ownAxis ? "new" : ":" }.joined(separator: ", ") + "]"
    let pair = isLeft ? "\(again) ∘ \(otherName)" : "\(otherName) ∘ \(again)"
    suggestions.append("\(pair)        if you do want \(result)")
    let bothStretch =
      other.count < own.count
      || zip(own.reversed(), other.reversed()).contains { $0 != $1 && $1 == 1 }
    return Problem(
      "stretch",
      bothStretch
        ? "both sides would have to stretch, \(left) and \(right)"
        : "axis \(ownAxis) of \(own) would have to stretch to meet \(other)",
      notes: [
        "the result would be \(result), rarely meant",
        "only axes made by `new` or `keep = true` stretch",
      ],
      suggestions: suggestions)
  }

  /// The meeting of shapes without marked axes.
  private init(_ left: [Int], _ right: [Int]) throws {
    try self.init(left, AxisSet(), right, AxisSet())
  }

  /// Steps through one side in the axes of the result: 0 where it repeats.
  static func steps(_ shape: [Int], repeats: [Bool]) -> [Int] {
    var steps = [Int](repeating: 0, count: repeats.count)
    var step = 1
    for axis in repeats.indices.reversed() {
      let own = axis - (repeats.count - shape.count)
      if own < 0 || repeats[axis] { continue }
      steps[axis] = step
      step *= shape[own]
    }
    return steps
  }
}

/// A walk over two operands in few, long inner loops: neighbouring axes that both sides step
/// through alike are one.
struct PairedWalk {
  private(set) var sizes: [Int] = []
  private(set) var left: [Int] = []
  private(set) var right: [Int] = []

  init(_ shape: [Int], _ leftSteps: [Int], _ rightSteps: [Int]) {
    for axis in shape.indices.reversed() where shape[axis] != 1 {
      let (n, a, b) = (shape[axis], leftSteps[axis], rightSteps[axis])
      if let size = sizes.last, let l = left.last, let r = right.last,
        a == (l == 0 ? 0 : l * size), b == (r == 0 ? 0 : r * size),
        (l == 0) == (a == 0), (r == 0) == (b == 0)
      {
        sizes[sizes.count - 1] = size * n
        continue
      }
      sizes.append(n)
      left.append(a)
      right.append(b)
    }
    if sizes.isEmpty { (sizes, left, right) = ([1], [1], [1]) }
  }

  /// Numbers in the inner loop.
  var inner: Int { sizes[0] }
  /// How many inner loops there are.
  var outer: Int { sizes.dropFirst().reduce(1, *) }

  /// Where inner loop `index` starts on both sides.
  func start(_ index: Int) -> (Int, Int) {
    var (rest, a, b) = (index, 0, 0)
    for axis in sizes.indices.dropFirst() {
      let i = rest % sizes[axis]
      rest /= sizes[axis]
      a += i * left[axis]
      b += i * right[axis]
    }
    return (a, b)
  }
}
