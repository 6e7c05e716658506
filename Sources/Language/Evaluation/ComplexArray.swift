import Basics
import ComplexModule
import Tensors

/// A complex tensor as a value.
///
/// `@unchecked Sendable`: written only by the machine, and only while the reference is unique.
package final class ComplexArray: HostValue, @unchecked Sendable {
  package static let typeName = "complex tensor"
  package private(set) var tensor: ComplexTensor

  package init(_ tensor: ComplexTensor) { self.tensor = tensor }

  package var facts: String { "a complex tensor \(tensor.shape)" }

  package func show(_ style: DisplayStyle) -> Shown {
    Shown(TensorText.text(of: tensor, digits: style.digits))
  }

  package func summary(_ style: DisplayStyle) -> String {
    let lines = show(style).text.split(separator: "\n", maxSplits: 1)
    return lines.count > 1 ? TensorText.facts(of: tensor, digits: style.digits) : String(lines[0])
  }

  package let fieldNames = ["real", "imag", "T", "shape", "size", "rank"]

  package func field(_ name: String, _ call: Call) throws -> Value? {
    switch name {
    case "real", "re": Value(tensor.real)
    case "imag", "im": Value(tensor.imaginary)
    case "T": Value(try tensor.mapped { try $0.transposed() })
    case "shape": Value(tensor.shape.map(Value.int))
    case "size": .int(tensor.count)
    case "rank": .int(tensor.rank)
    default: nil
    }
  }

  package var elementCount: Int? { tensor.shape.first }

  package func element(_ indices: [SubscriptItem], _ call: Call) throws -> Value {
    let items = try indices.map { try Indexing.tensorIndex($0) }
    return Value(try tensor.mapped { try $0.indexed(items) })
  }

  package func combined(_ sign: String, with other: Value, isLeft: Bool, _ call: Call) throws
    -> Value?
  {
    guard let op = ValueOperator(sign: sign) else { return nil }
    return isLeft
      ? try Self.binary(op, .host(self), other) : try Self.binary(op, other, .host(self))
  }

  /// Writes into the part that the items choose.
  func assign(_ value: Value, at indices: [SubscriptItem]) throws {
    guard let numbers = ComplexTensor.converted(from: value) else {
      throw Problem("type", "a tensor holds numbers, not \(Operators.described(value))")
    }
    try tensor.replace(try indices.map { try Indexing.tensorIndex($0) }, with: numbers)
  }
}

extension ComplexArray {
  /// `left op right` where one side is complex and both can be complex tensors; else nil.
  static func binary(_ op: ValueOperator, _ left: Value, _ right: Value) throws -> Value? {
    let value = try result(op, left, right)
    if value != nil { try Memory.settle("the result of `\(op.sign)`") }
    return value
  }

  private static func result(_ op: ValueOperator, _ left: Value, _ right: Value) throws -> Value? {
    guard left.isComplex || right.isComplex, let a = ComplexTensor.converted(from: left),
      let b = ComplexTensor.converted(from: right)
    else { return nil }
    switch op {
    case .add: return Value(try a.adding(b))
    case .subtract: return Value(try a.subtracting(b))
    case .multiply: return Value(try a.multiplying(b))
    case .divide: return Value(try a.dividing(b))
    case .matrixProduct: return Value(try a.matmul(b))
    case .power: return Value(try power(a, b, right))
    case .equal: return Value(try a.equal(b))
    case .notEqual: return try Operators.inverted(a.equal(b))
    case .approximately:
      let near = try Operators.approximately(a.real, b.real)
      var both = try near.multiplying(Operators.approximately(a.imaginary, b.imaginary))
      both.isMask = true
      return Value(both)
    case .less, .lessEqual, .greater, .greaterEqual:
      throw Problem("type", "complex numbers have no order", suggestions: ["|z| \(op.sign) …"])
    case .floorDivide, .remainder, .compose, .and, .or: return nil
    }
  }

  /// Whole exponents by multiplication, so that a gradient flows and small powers are exact.
  private static func power(_ a: ComplexTensor, _ b: ComplexTensor, _ exponent: Value) throws
    -> ComplexTensor
  {
    if let n = exponent.integer, (1...64).contains(n) {
      var (result, base, rest) = (ComplexTensor?.none, a, n)
      while true {
        if rest & 1 == 1 { result = try result?.multiplying(base) ?? base }
        rest >>= 1
        if rest == 0, let result { return result }
        base = try base.multiplying(base)
      }
    }
    return try a.combined(with: b, "^") { x, y in
      let z = ComplexMath.power(Complex(x.0, x.1), Complex(y.0, y.1))
      return (z.real, z.imaginary)
    }
  }

  /// `-z`, `|z|`, `√z` of a complex tensor; nil for other values and signs.
  static func unary(_ opcode: Opcode, _ value: Value) throws -> Value? {
    guard case .host(let host) = value, let array = host as? ComplexArray else { return nil }
    switch opcode {
    case .negate: return Value(try array.tensor.negated())
    case .modulus: return Value(try array.tensor.modulus())
    case .squareRoot: return Value(try array.tensor.elementwise("sqrt", ComplexMath.sqrt))
    default: return nil
    }
  }

  /// The array of a value, which lets go of it: the caller is the only owner if nobody else
  /// refers to it.
  static func taken(from value: inout Value) -> ComplexArray? {
    guard case .host(let host) = value, let array = host as? ComplexArray else { return nil }
    value = .none
    return array
  }
}

extension ComplexTensor: ValueConvertible {
  package static var typeName: String { "complex tensor" }

  /// Real tensors and numbers count as complex ones.
  package static func converted(from value: Value) -> ComplexTensor? {
    switch value {
    case .complex(let z): return ComplexTensor(z.real, z.imaginary)
    case .host(let host): return (host as? ComplexArray)?.tensor
    case .none, .string, .function: return nil
    case .int, .real, .bool, .tensor, .range: return value.tensor.map(ComplexTensor.init)
    case .tuple(let tuple):
      if let tensor = value.tensor { return ComplexTensor(tensor) }
      guard case .complex(let all)? = AnyTensor.stacked(tuple.items) else { return nil }
      return all
    }
  }

  package var value: Value { Value(self) }

  /// A function of one complex number applied to each.
  package func elementwise(_ name: String, _ body: (Complex<Double>) -> Complex<Double>) throws
    -> ComplexTensor
  {
    try elementwise(name) { x in
      let z = body(Complex(x.0, x.1))
      return (z.real, z.imaginary)
    }
  }
}

extension Value {
  /// A complex tensor as a value; a scalar that carries no gradient becomes a number.
  package init(_ tensor: ComplexTensor) {
    if tensor.rank == 0, !tensor.isTracked {
      let z = tensor[flat: 0]
      self = .complex(Complex(z.real, z.imaginary))
    } else {
      self = .host(ComplexArray(tensor))
    }
  }

  /// Whether it is a complex number or a complex tensor.
  package var isComplex: Bool {
    switch self {
    case .complex: true
    case .host(let host): host is ComplexArray
    case .none, .int, .real, .bool, .string, .range, .tensor, .tuple, .function: false
    }
  }
}
