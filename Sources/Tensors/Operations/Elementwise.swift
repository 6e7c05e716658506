import Basics
import CKernels
import Formulas

/// A function of one number, applied to each.
package struct Elementwise: Operation {
  /// The function; has arity 1.
  package var primitive: Primitive

  package init(_ primitive: Primitive) { self.primitive = primitive }

  init(_ name: String) {
    guard let primitive = Primitive.named(name) else { preconditionFailure("no primitive \(name)") }
    self.primitive = primitive
  }

  package var takesBlocks: Bool { true }

  package var needs: Needs {
    switch primitive.name {
    case "relu": .output
    case "negate": []
    case "square", "abs", "gelu", "silu": .inputs
    default: [.inputs, .output]
    }
  }

  package func forward(_ x: [Tensor]) -> Tensor {
    var result =
      switch x[0].precision {
      case .f64: values(Double.self, x[0])
      case .f32: values(Float.self, x[0])
      }
    result.stretchable = x[0].stretchable
    return result
  }

  private func loop<T: Element>(_ type: T.Type) -> Int32? {
    T.precision == .f32 || primitive.hasDoubleLoop ? primitive.loop : nil
  }

  private func values<T: Element>(_ type: T.Type, _ x: Tensor) -> Tensor {
    Tensor.filled(T.self, x.shape, channelBlock: x.channelBlock) { to in
      nonisolated(unsafe) let (p, y) = (x.pointer(T.self), to)
      let loop = loop(T.self)
      guard case .unary(let value, _) = T.rule(of: primitive) else { return }
      Loops.forEach(x.count, block: Loops.block / 2) { range in
        if let loop {
          T.unary(loop, p + range.lowerBound, y + range.lowerBound, range.count)
        } else {
          for i in range { y[i] = value(p[i]) }
        }
      }
    }
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    switch x[0].precision {
    case .f64: [derivative(Double.self, gradient, x[0], y)]
    case .f32: [derivative(Float.self, gradient, x[0], y)]
    }
  }

  private func derivative<T: Element>(_ type: T.Type, _ g: Tensor, _ x: Tensor, _ y: Tensor)
    -> Tensor
  {
    let block = x.needsNumbers ? (y.needsNumbers ? g : y).channelBlock : x.channelBlock
    let g = g.converted(to: T.precision).blocked(by: block)
    defer { withExtendedLifetime((g, x, y)) {} }
    return Tensor.filled(T.self, x.shape, channelBlock: block) { to in
      nonisolated(unsafe) let d = to
      nonisolated(unsafe) let h = g.pointer(T.self)
      nonisolated(unsafe) let u = x.needsNumbers ? nil : x.pointer(T.self)
      nonisolated(unsafe) let v = y.needsNumbers ? nil : y.pointer(T.self)
      let loop = loop(T.self)
      guard case .unary(_, let derivative) = T.rule(of: primitive) else { return }
      Loops.forEach(x.count, block: Loops.block / 2) { range in
        let i = range.lowerBound
        if let loop {
          T.unaryGradient(loop, u.map { $0 + i }, v.map { $0 + i }, h + i, d + i, range.count)
        } else if let u {
          // Rules of primitives that need no result do not read it.
          for i in range { d[i] = h[i] * derivative(u[i], v.map { $0[i] } ?? 0) }
        }
      }
    }
  }

  package static var samples: [Sample] {
    Primitive.all.filter { $0.arity == 1 }.map { primitive in
      let x: [Double] =
        switch primitive.name {
        case "acosh": [1.3, 2.2, 1.8]
        case "asin", "acos", "atanh": [0.3, -0.6, 0.8]
        case "log", "log2", "log10", "log1p", "sqrt", "gamma", "lgamma": [0.4, 1.7, 2.6]
        default: [0.4, -1.7, 2.6]
        }
      return Sample(Elementwise(primitive), [Tensor(x, shape: [3])])
    }
  }
}

extension Tensor {
  /// A primitive of one number applied to each: `"exp"`, `"relu"`, …
  package func elementwise(_ primitive: Primitive) throws -> Tensor {
    try Elementwise(primitive)(self)
  }

  /// The negative of each number.
  package func negated() throws -> Tensor { try Elementwise.negate(self) }
  /// The square of each number.
  package func squared() throws -> Tensor { try Elementwise.square(self) }
  /// The square root of each number.
  package func squareRoot() throws -> Tensor { try Elementwise.squareRoot(self) }
  /// The distance of each number from 0.
  package func magnitude() throws -> Tensor { try Elementwise.magnitude(self) }
  /// e to the power of each number.
  package func exponential() throws -> Tensor { try Elementwise.exponential(self) }
  /// The natural logarithm of each number.
  package func logarithm() throws -> Tensor { try Elementwise.logarithm(self) }
  /// Each number, but not below 0.
  package func relu() throws -> Tensor { try Elementwise.relu(self) }
  /// Each number times the share of a normal distribution below it.
  package func gelu() throws -> Tensor { try Elementwise.gelu(self) }
}

extension Elementwise {
  static let negate = Elementwise("negate")
  static let square = Elementwise("square")
  static let squareRoot = Elementwise("sqrt")
  static let exponential = Elementwise("exp")
  static let logarithm = Elementwise("log")
  static let magnitude = Elementwise("abs")
  static let relu = Elementwise("relu")
  static let gelu = Elementwise("gelu")
}
