import Basics
import CKernels
import Formulas

/// A function of two numbers, applied elementwise under the stretching rule.
package struct Arithmetic: Operation {
  /// The function; has arity 2.
  package var primitive: Primitive

  package init(_ primitive: Primitive) { self.primitive = primitive }

  /// The primitive of that name; there must be one.
  package init(_ name: String) {
    guard let primitive = Primitive.named(name) else { preconditionFailure("no primitive \(name)") }
    self.primitive = primitive
  }

  package var takesBlocks: Bool { true }

  package var needs: Needs {
    switch primitive.name {
    case "add", "subtract": []
    case "multiply", "min", "max": .inputs
    default: [.inputs, .output]
    }
  }

  /// Whether the result is a mask.
  private var isComparison: Bool {
    primitive.loop.map { $0 >= CK_LESS && $0 <= CK_NOT_EQUAL } ?? false
  }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    let precision = Self.precision(x[0], x[1])
    var (a, b) = (x[0].converted(to: precision), x[1].converted(to: precision))
    if a.channelBlock != b.channelBlock || a.shape != b.shape {
      // A scalar may meet blocks; every other meeting needs one order.
      if a.shape != b.shape, b.rank > 0 || a.rank == 0 { a = a.rowMajor }
      if a.shape != b.shape, a.rank > 0 || b.rank == 0 { b = b.rowMajor }
      if a.shape == b.shape { b = b.rowMajor.blocked(by: a.channelBlock) }
    }
    let meeting = try Stretching(a.shape, a.stretchable, b.shape, b.stretchable)
    var result: Tensor
    switch precision {
    case .f64: result = values(Double.self, a, b, meeting)
    case .f32: result = values(Float.self, a, b, meeting)
    }
    if isComparison {
      result = result.rowMajor.converted(to: .f64)
      result.isMask = true
    }
    result.stretchable = meeting.stretchable
    return result
  }

  /// A scalar or mask never widens a tensor.
  private static func precision(_ a: Tensor, _ b: Tensor) -> Precision {
    func isLight(_ t: Tensor) -> Bool { t.rank == 0 || t.isMask }
    if isLight(a) != isLight(b) { return isLight(a) ? b.precision : a.precision }
    return Precision.joined(a.precision, b.precision)
  }

  private func values<T: Element>(_ type: T.Type, _ a: Tensor, _ b: Tensor, _ meeting: Stretching)
    -> Tensor
  {
    let walk = PairedWalk(
      meeting.shape, Stretching.steps(a.shape, repeats: meeting.leftRepeats),
      Stretching.steps(b.shape, repeats: meeting.rightRepeats))
    let result = Tensor(
      uninitialised: meeting.shape, T.precision, channelBlock: max(a.channelBlock, b.channelBlock))
    if result.count == 0 { return result }
    nonisolated(unsafe) let (p, q, y) = (
      a.pointer(T.self), b.pointer(T.self), result.pointer(T.self)
    )
    let inner = walk.inner
    let perBlock = max(1, Loops.block / inner)
    // One long loop is cut into blocks, many short ones are gathered into them.
    if walk.outer == 1 {
      Loops.forEach(inner) { range in
        let i = range.lowerBound
        row(
          T.self, p + i * walk.left[0], walk.left[0], q + i * walk.right[0], walk.right[0], y + i,
          range.count)
      }
    } else {
      Loops.forEach(walk.outer, block: perBlock) { range in
        for index in range {
          let (i, j) = walk.start(index)
          row(T.self, p + i, walk.left[0], q + j, walk.right[0], y + index * inner, inner)
        }
      }
    }
    withExtendedLifetime((a, b)) {}
    return result
  }

  /// One inner loop.
  private func row<T: Element>(
    _ type: T.Type, _ a: UnsafePointer<T>, _ aStep: Int, _ b: UnsafePointer<T>, _ bStep: Int,
    _ y: UnsafeMutablePointer<T>, _ n: Int
  ) {
    if let loop = primitive.loop, aStep + bStep > 0 || n == 1, aStep < 2, bStep < 2 {
      T.binary(loop, a, aStep, b, bStep, y, n)
      return
    }
    guard case .binary(let value, _) = T.rule(of: primitive) else { return }
    for i in 0..<n { y[i] = value(a[i * aStep], b[i * bStep]) }
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    func settled(_ g: Tensor, _ i: Int) throws -> Tensor {
      try g.summed(to: x[i].shape).converted(to: x[i].precision)
    }
    let g = gradient
    switch primitive.name {
    case "add": return [try settled(g, 0), try settled(g, 1)]
    case "subtract": return [try settled(g, 0), try settled(g.negated(), 1)]
    case "multiply":
      return [try settled(g.multiplying(x[1]), 0), try settled(g.multiplying(x[0]), 1)]
    case "divide":
      let byLeft = try g.dividing(x[1])
      return [try settled(byLeft, 0), try settled(byLeft.multiplying(y).negated(), 1)]
    default:
      guard case .binary(_, let derivative) = primitive.rule else { return [nil, nil] }
      let meeting = try Stretching(
        x[0].shape, x[0].stretchable, x[1].shape, x[1].stretchable)
      let a = x[0].detached.rowMajor.repeated(to: meeting.shape, repeats: meeting.leftRepeats)
      let b = x[1].detached.rowMajor.repeated(to: meeting.shape, repeats: meeting.rightRepeats)
      let value = try y.needsNumbers ? forward(x) : y
      var (left, right) = (g.doubles, g.doubles)
      let (u, v, w) = (a.doubles, b.doubles, value.doubles)
      for i in left.indices {
        let (byLeft, byRight) = derivative(u[i], v[i], w[i])
        left[i] *= byLeft
        right[i] *= byRight
      }
      return [
        try settled(Tensor(left, shape: meeting.shape), 0),
        try settled(Tensor(right, shape: meeting.shape), 1),
      ]
    }
  }

  package static var samples: [Sample] {
    let a = Tensor([0.5, 1.2, 2.1, 0.7, 1.9, 0.3], shape: [2, 3])
    let b = Tensor([1.1, 0.45, 1.6, 2.2, 0.8, 1.3], shape: [2, 3])
    let row = Tensor([1.5, 0.65, 2.5], shape: [3])
    var column = Tensor([0.9, 1.7], shape: [2, 1])
    column.stretchable.insert(1)
    return Primitive.all.filter { $0.arity == 2 }.flatMap { primitive in
      [[a, b], [a, row], [column, row], [Tensor(1.45), a]].map { Sample(Arithmetic(primitive), $0) }
    }
  }
}

extension Tensor {
  /// Whether only the shape is known.
  var needsNumbers: Bool { storage === Storage.none && count > 0 }

  /// The elementwise sum.
  package func adding(_ other: Tensor) throws -> Tensor { try Arithmetic.add(self, other) }

  /// The elementwise difference.
  package func subtracting(_ other: Tensor) throws -> Tensor {
    try Arithmetic.subtract(self, other)
  }

  /// The elementwise product.
  package func multiplying(_ other: Tensor) throws -> Tensor {
    try Arithmetic.multiply(self, other)
  }

  /// The elementwise quotient.
  package func dividing(_ other: Tensor) throws -> Tensor { try Arithmetic.divide(self, other) }

  /// The elementwise power.
  package func raised(to other: Tensor) throws -> Tensor { try Arithmetic.power(self, other) }

  /// A primitive of two numbers, elementwise: `"less"`, `"atan2"`, `"modulo"`, …
  package func elementwise(_ primitive: Primitive, _ other: Tensor) throws -> Tensor {
    try Arithmetic(primitive)(self, other)
  }
}

extension Arithmetic {
  static let add = Arithmetic("add")
  static let subtract = Arithmetic("subtract")
  static let multiply = Arithmetic("multiply")
  static let divide = Arithmetic("divide")
  static let power = Arithmetic("pow")
  static let hypot = Arithmetic("hypot")
  static let atan2 = Arithmetic("atan2")
  static let equal = Arithmetic("equal")
}
