import Basics
import COneDNN

/// Products of matrices: [.., m, k] with [.., k, n], stacks of which pair up.
///
/// A vector on the left is a row, on the right a column, and its axis vanishes.
package struct MatrixProduct: Operation {
  /// Whether the matrices of an operand are used with their axes exchanged; spares a copy.
  package var transposesLeft = false
  package var transposesRight = false

  package var needs: Needs { .inputs }

  /// Sizes of one application.
  private struct Sizes {
    var m: Int
    var n: Int
    var k: Int
    /// Stack sizes of the result, and of each operand with 1s where it repeats.
    var stack: [Int]
    var left: [Int]
    var right: [Int]
    var shape: [Int]
  }

  /// The shape of the product of tensors of these shapes.
  package static func shape(of a: [Int], times b: [Int]) throws -> [Int] {
    try MatrixProduct().sizes(a, b).shape
  }

  private func sizes(_ a: [Int], _ b: [Int]) throws -> Sizes {
    guard !a.isEmpty, !b.isEmpty else {
      throw Problem(
        "shape", "@ multiplies matrices and vectors, not scalars", suggestions: ["* instead of @"])
    }
    var (left, right) = (a, b)
    if a.count == 1 { left.insert(1, at: 0) }
    if b.count == 1 { right.append(1) }
    var (m, k) = (left[left.count - 2], left[left.count - 1])
    if transposesLeft { swap(&m, &k) }
    var (k2, n) = (right[right.count - 2], right[right.count - 1])
    if transposesRight { swap(&k2, &n) }
    guard k == k2 else { throw Self.misfit(a, b, k, k2) }
    let (leftStack, rightStack) = (Array(left.dropLast(2)), Array(right.dropLast(2)))
    let rank = Swift.max(leftStack.count, rightStack.count)
    func filled(_ s: [Int]) -> [Int] { [Int](repeating: 1, count: rank - s.count) + s }
    let (l, r) = (filled(leftStack), filled(rightStack))
    var stack: [Int] = []
    for (p, q) in zip(l, r) {
      guard p == q || p == 1 || q == 1 else {
        throw Problem(
          "shape", "stacks of matrices \(a) and \(b) do not pair up, \(p) ≠ \(q)")
      }
      stack.append(p == 1 ? q : p)
    }
    var shape = stack
    if a.count > 1 { shape.append(m) }
    if b.count > 1 { shape.append(n) }
    try Memory.check(shape, "the product")
    return Sizes(m: m, n: n, k: k, stack: stack, left: l, right: r, shape: shape)
  }

  private static func misfit(_ a: [Int], _ b: [Int], _ k: Int, _ k2: Int) -> Problem {
    var suggestions: [String] = []
    func result(_ a: [Int], _ b: [Int]) -> [Int]? {
      let (p, q) = (a.count == 1 ? [1] + a : a, b.count == 1 ? b + [1] : b)
      guard p.count == 2, q.count == 2, p[1] == q[0] else { return nil }
      return (a.count == 1 ? [] : [p[0]]) + (b.count == 1 ? [] : [q[1]])
    }
    func swapped(_ s: [Int]) -> [Int] { s.count == 2 ? [s[1], s[0]] : s }
    if a.count == 2, let shape = result(swapped(a), b) {
      suggestions.append("left.T @ right        gives \(shape)")
    }
    if b.count == 2, let shape = result(a, swapped(b)) {
      suggestions.append("left @ right.T        gives \(shape)")
    }
    if suggestions.isEmpty, let shape = result(b, a) {
      suggestions.append("right @ left        gives \(shape)")
    }
    return Problem(
      "shape", "\(a) and \(b) do not fit together",
      notes: ["the inner sizes must agree, \(k) ≠ \(k2)"], suggestions: suggestions)
  }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    let s = try sizes(x[0].shape, x[1].shape)
    let precision = Precision.joined(x[0].precision, x[1].precision)
    let (a, b) = (x[0].converted(to: precision), x[1].converted(to: precision))
    let result = Tensor(uninitialised: s.shape, precision)
    if s.k == 0 || result.count == 0 { return result.zeros() }
    defer { withExtendedLifetime((a, b)) {} }
    switch precision {
    case .f64: multiply(Double.self, a, b, s, result)
    case .f32: if !multiplyFast(a, b, s, result) { multiply(Float.self, a, b, s, result) }
    }
    return result
  }

  /// Steps along a stack's axes, in numbers; 0 where the operand repeats.
  private static func steps(_ own: [Int], _ matrix: Int) -> [Int] {
    var (step, steps) = (matrix, own)
    for axis in own.indices.reversed() {
      steps[axis] = own[axis] == 1 ? 0 : step
      step *= own[axis]
    }
    return steps
  }

  /// One call to oneDNN for the whole stack, when it has at most two axes.
  private func multiplyFast(_ a: Tensor, _ b: Tensor, _ s: Sizes, _ y: Tensor) -> Bool {
    var (outer, inner) = (1, 1)
    let (sa, sb) = (Self.steps(s.left, s.m * s.k), Self.steps(s.right, s.k * s.n))
    var (oa, ia, ob, ib, m) = (0, 0, 0, 0, s.m)
    switch s.stack.count {
    case 0: break
    case 1: (outer, oa, ob) = (s.stack[0], sa[0], sb[0])
    case 2: (outer, inner, oa, ia, ob, ib) = (s.stack[0], s.stack[1], sa[0], sa[1], sb[0], sb[1])
    default: return false
    }
    // A stack that meets one matrix is one tall matrix.
    if !transposesLeft, s.right.allSatisfy({ $0 == 1 }) {
      (m, outer, inner, oa, ia, ob, ib) = (s.m * outer * inner, 1, 1, 0, 0, 0, 0)
    }
    let left = dn_strides(
      outer: Int64(oa), inner: Int64(ia), row: Int64(transposesLeft ? 1 : s.k),
      column: Int64(transposesLeft ? s.m : 1))
    let right = dn_strides(
      outer: Int64(ob), inner: Int64(ib), row: Int64(transposesRight ? 1 : s.n),
      column: Int64(transposesRight ? s.k : 1))
    let to = dn_strides(
      outer: Int64(m * s.n * inner), inner: Int64(m * s.n), row: Int64(s.n), column: 1)
    return dn_matmul(
      Int64(outer), Int64(inner), Int64(m), Int64(s.n), Int64(s.k), a.floatsPointer, left,
      b.floatsPointer, right, nil, 1, y.floatsPointer, to, Int32(Parallel.threads)) == 0
  }

  private func multiply<T: Element>(
    _ type: T.Type, _ a: Tensor, _ b: Tensor, _ s: Sizes, _ y: Tensor
  ) {
    let (sa, sb) = (Self.steps(s.left, s.m * s.k), Self.steps(s.right, s.k * s.n))
    for index in 0..<s.stack.reduce(1, *) {
      var (rest, i, j) = (index, 0, 0)
      for axis in s.stack.indices.reversed() {
        i += rest % s.stack[axis] * sa[axis]
        j += rest % s.stack[axis] * sb[axis]
        rest /= s.stack[axis]
      }
      T.product(
        transposesLeft, transposesRight, s.m, s.n, s.k, 1, a.pointer(T.self) + i,
        transposesLeft ? s.m : s.k, b.pointer(T.self) + j, transposesRight ? s.k : s.n, 0,
        y.pointer(T.self) + index * s.m * s.n, s.n, threads: Parallel.threads)
    }
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    // With both as matrices: da = g bᵀ and db = aᵀ g, transposed where the operand was.
    let s = try sizes(x[0].shape, x[1].shape)
    let g = Tensor(gradient, shape: s.stack + [s.m, s.n])
    let a = x[0].rank == 1 ? Tensor(x[0], shape: [1, s.k]) : x[0]
    let b = x[1].rank == 1 ? Tensor(x[1], shape: [s.k, 1]) : x[1]
    // A stack that meets one matrix gives that matrix one product over the whole stack.
    if !transposesLeft, !transposesRight, s.right.allSatisfy({ $0 == 1 }), b.rank == 2 {
      let rows = g.count / s.n
      let (tallG, tallA) = (Tensor(g, shape: [rows, s.n]), Tensor(a, shape: [rows, s.k]))
      let da = try MatrixProduct(transposesRight: true).forward([tallG, b])
      let db = try MatrixProduct(transposesLeft: true).forward([tallA, tallG])
      return [
        Tensor(da, shape: x[0].shape).converted(to: x[0].precision),
        Tensor(db, shape: x[1].shape).converted(to: x[1].precision),
      ]
    }
    let da =
      transposesLeft
      ? try MatrixProduct(transposesLeft: transposesRight, transposesRight: true).forward([b, g])
      : try MatrixProduct(transposesRight: !transposesRight).forward([g, b])
    let db =
      transposesRight
      ? try MatrixProduct(transposesLeft: true, transposesRight: transposesLeft).forward([g, a])
      : try MatrixProduct(transposesLeft: !transposesLeft).forward([a, g])
    return [
      Tensor(try da.summed(to: a.shape), shape: x[0].shape).converted(to: x[0].precision),
      Tensor(try db.summed(to: b.shape), shape: x[1].shape).converted(to: x[1].precision),
    ]
  }

  package static var samples: [Sample] {
    func t(_ shape: [Int]) -> Tensor {
      Tensor((0..<shape.reduce(1, *)).map { Double(($0 * 5) % 7) / 3 - 0.8 }, shape: shape)
    }
    return [
      Sample(MatrixProduct(), [t([2, 3]), t([3, 4])]),
      Sample(MatrixProduct(), [t([3]), t([3, 4])]),
      Sample(MatrixProduct(), [t([2, 3]), t([3])]),
      Sample(MatrixProduct(), [t([3]), t([3])]),
      Sample(MatrixProduct(), [t([5, 2, 3]), t([3, 4])]),
      Sample(MatrixProduct(), [t([2, 5, 2, 3]), t([5, 3, 4])]),
      Sample(MatrixProduct(transposesLeft: true), [t([3, 2]), t([3, 4])]),
      Sample(MatrixProduct(transposesRight: true), [t([5, 2, 3]), t([4, 3])]),
      Sample(
        MatrixProduct(transposesLeft: true, transposesRight: true), [t([5, 3, 2]), t([5, 4, 3])]),
    ]
  }
}

extension Tensor {
  /// The matrix product; vectors are rows on the left and columns on the right.
  package func matmul(_ other: Tensor) throws -> Tensor { try MatrixProduct()(self, other) }

  /// The matrix product with the transpose of `other`, without copying it.
  package func matmul(transposed other: Tensor) throws -> Tensor {
    try MatrixProduct(transposesRight: true)(self, other)
  }
}
