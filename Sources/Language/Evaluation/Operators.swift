import Basics
import ComplexModule
import Formulas
import Tensors

/// What the binary and unary signs mean for values of every type.
package enum Operators {
  /// `left op right` for any two values.
  package static func binary(
    _ op: ValueOperator, _ left: Value, _ right: Value, _ call: Call
  ) throws -> Value {
    switch (left, right) {
    case (.int(let a), .int(let b)): return try integers(op, a, b)
    case (.int(let a), .real(let b)): return try reals(op, Double(a), b)
    case (.real(let a), .int(let b)): return try reals(op, a, Double(b))
    case (.real(let a), .real(let b)): return try reals(op, a, b)
    case (.bool(let a), .bool(let b)):
      switch op {
      case .equal: return .bool(a == b)
      case .notEqual: return .bool(a != b)
      case .and: return .bool(a && b)
      case .or: return .bool(a || b)
      default: break
      }
    case (.string(let a), .string(let b)):
      switch op {
      case .add:
        let size = a.utf8.count + b.utf8.count
        if size > 1 << 24 { try Memory.check([size], bytesEach: 1, "a text of bytes") }
        return .string(a + b)
      case .equal: return .bool(a == b)
      case .notEqual: return .bool(a != b)
      case .less: return .bool(a < b)
      case .lessEqual: return .bool(a <= b)
      case .greater: return .bool(a > b)
      case .greaterEqual: return .bool(a >= b)
      default: break
      }
    case (.complex, .complex), (.complex, .int), (.complex, .real), (.int, .complex),
      (.real, .complex):
      if let a = complex(left), let b = complex(right) { return try complexes(op, a, b) }
    case (.host(let host), _):
      if let value = try host.combined(op.sign, with: right, isLeft: true, call) { return value }
      if case .host(let other) = right,
        let value = try other.combined(op.sign, with: left, isLeft: false, call)
      {
        return value
      }
      if op == .equal || op == .notEqual, case .host(let other) = right {
        return .bool((host === other) == (op == .equal))
      }
    case (_, .host(let host)):
      if let value = try host.combined(op.sign, with: left, isLeft: false, call) { return value }
    case (.function(let f), .function(let g)) where op == .compose:
      return try Value.function(FunctionValue(f, then: g)).nested()
    case (.tuple(let a), .tuple(let b)):
      if let value = try tuples(op, a, b, call) { return value }
    default: break
    }
    if let value = try ComplexArray.binary(op, left, right) { return value }
    if op != .compose, let a = operand(left), let b = operand(right) {
      let result = Value(try tensors(op, a, b))
      try Memory.settle("the result of `\(op.sign)`")
      return result
    }
    throw Problem(
      "type", "`\(op.sign)` has no meaning between \(described(left)) and \(described(right))",
      suggestions: hint(op, left, right))
  }

  /// `-x`, `not x`, `√x`, `|x|`.
  package static func unary(_ opcode: Opcode, _ value: Value, _ call: Call) throws -> Value {
    let result = try changed(opcode, value)
    if case .tensor = result { try Memory.settle("the result") }
    return result
  }

  private static func changed(_ opcode: Opcode, _ value: Value) throws -> Value {
    switch (opcode, value) {
    case (.negate, .int(let x)):
      guard x != .min else { throw overflow("-", [x]) }
      return .int(-x)
    case (.negate, .real(let x)): return .real(-x)
    case (.negate, .complex(let z)): return .complex(-z)
    case (.not, .bool(let x)): return .bool(!x)
    case (.modulus, .int(let x)):
      guard x != .min else { throw overflow("abs", [x]) }
      return .int(abs(x))
    case (.modulus, .real(let x)): return .real(abs(x))
    case (.modulus, .complex(let z)): return .real(Reals.hypot(z.real, z.imaginary))
    case (.squareRoot, .int(let x)) where x >= 0: return .real(Double(x).squareRoot())
    case (.squareRoot, .real(let x)): return .real(x.squareRoot())
    case (.squareRoot, .int): return .real(.nan)
    case (.squareRoot, .complex(let z)): return .complex(.sqrt(z))
    default: break
    }
    if let result = try ComplexArray.unary(opcode, value) {
      try Memory.settle("the result")
      return result
    }
    if let tensor = operand(value) {
      switch opcode {
      case .negate: return Value(try tensor.negated())
      case .modulus: return Value(try tensor.elementwise(primitive("abs")))
      case .squareRoot: return Value(try tensor.elementwise(primitive("sqrt")))
      case .not:
        guard tensor.isMask else { break }
        return try inverted(tensor)
      default: break
      }
    }
    let sign =
      ["negate": "-", "not": "not", "squareRoot": "√", "modulus": "|…|"]["\(opcode)"] ?? ""
    throw Problem("type", "`\(sign)` has no meaning for \(described(value))")
  }

  /// Whether a condition holds; only `true` and `false` are conditions.
  package static func condition(_ value: Value) throws -> Bool {
    switch value {
    case .bool(let holds): return holds
    case .tensor(let box) where box.tensor.rank == 0 && box.tensor.isMask:
      return box.tensor.item != 0
    case .tensor(let box) where box.tensor.isMask:
      throw Problem(
        "condition", "a condition must be one true or false, this is \(value.facts) of them",
        suggestions: ["any(…)  or  all(…)"])
    default:
      throw Problem(
        "condition", "a condition must be true or false, not \(described(value))",
        suggestions: value.number != nil ? ["… != 0"] : [])
    }
  }

  /// A complex number, if the value is a number.
  package static func complex(_ value: Value) -> Complex<Double>? {
    if case .complex(let z) = value { return z }
    return value.number.map { Complex($0, 0) }
  }

  /// A complex number, or a real one when the imaginary part is absent by construction.
  static func described(_ value: Value) -> String {
    switch value {
    case .tensor: "a tensor \(value.facts)"
    case .string, .host: value.facts
    case .int, .real, .bool, .complex, .none, .range, .tuple, .function:
      Spelling.article(value.typeName)
    }
  }

  private static func operand(_ value: Value) -> Tensor? {
    switch value {
    case .tensor, .int, .real, .bool, .range: value.tensor
    case .none, .complex, .string, .tuple, .function, .host: nil
    }
  }

  private static func hint(_ op: ValueOperator, _ left: Value, _ right: Value) -> [String] {
    if op == .add {
      if case .string(let text) = left, text.count < 30 {
        return [Display.quoted(text).dropLast() + "\\(right)\"   to put a value into text"]
      }
      if case .string(let text) = right, text.count < 30 {
        return ["\"\\(left)" + Display.quoted(text).dropFirst() + "   to put a value into text"]
      }
    }
    if case .tuple = left { return ["map(x -> …, left)"] }
    if case .tuple = right { return ["map(x -> …, right)"] }
    if case .host(let a) = left, case .host(let b) = right, op == .greater,
      type(of: a) == type(of: b)
    {
      return ["left >> right   to put one after the other"]
    }
    return []
  }

  private static func overflow(_ sign: String, _ values: [Int]) -> Problem {
    Problem(
      "overflow",
      "\(values.map(String.init).joined(separator: " \(sign) ")) leaves the 64-bit integers",
      suggestions: ["\(values.map { "\($0).0" }.first ?? "") \(sign) …   for a real number"])
  }

  static func integers(_ op: ValueOperator, _ a: Int, _ b: Int) throws -> Value {
    func checked(_ result: (partialValue: Int, overflow: Bool)) throws -> Value {
      if result.overflow { throw overflow(op.sign, [a, b]) }
      return .int(result.partialValue)
    }
    switch op {
    case .add: return try checked(a.addingReportingOverflow(b))
    case .subtract: return try checked(a.subtractingReportingOverflow(b))
    case .multiply: return try checked(a.multipliedReportingOverflow(by: b))
    case .floorDivide, .remainder:
      guard b != 0 else { throw Problem("division", "\(a) \(op.sign) 0: division by zero") }
      if b == -1 {
        return op == .remainder ? .int(0) : try checked((0).subtractingReportingOverflow(a))
      }
      let quotient = a / b
      let rest = a % b
      let isOff = rest != 0 && (rest < 0) != (b < 0)
      return .int(op == .remainder ? (isOff ? rest + b : rest) : (isOff ? quotient - 1 : quotient))
    case .power:
      guard b >= 0 else { return .real(Reals.pow(Double(a), Double(b))) }
      var result = 1
      var base = a
      var exponent = b
      while true {
        if exponent & 1 == 1 {
          let product = result.multipliedReportingOverflow(by: base)
          if product.overflow { throw overflow("^", [a, b]) }
          result = product.partialValue
        }
        exponent >>= 1
        if exponent == 0 { return .int(result) }
        let square = base.multipliedReportingOverflow(by: base)
        if square.overflow { throw overflow("^", [a, b]) }
        base = square.partialValue
      }
    case .equal: return .bool(a == b)
    case .notEqual: return .bool(a != b)
    case .less: return .bool(a < b)
    case .lessEqual: return .bool(a <= b)
    case .greater: return .bool(a > b)
    case .greaterEqual: return .bool(a >= b)
    case .divide, .approximately, .matrixProduct, .compose, .and, .or:
      return try reals(op, Double(a), Double(b))
    }
  }

  static func reals(_ op: ValueOperator, _ a: Double, _ b: Double) throws -> Value {
    switch op {
    case .add: return .real(a + b)
    case .subtract: return .real(a - b)
    case .multiply: return .real(a * b)
    case .divide: return .real(a / b)
    case .floorDivide: return .real((a / b).rounded(.down))
    case .remainder: return .real(Reals.modulo(a, b))
    case .power: return .real(Reals.pow(a, b))
    case .equal: return .bool(a == b)
    case .notEqual: return .bool(a != b)
    case .less: return .bool(a < b)
    case .lessEqual: return .bool(a <= b)
    case .greater: return .bool(a > b)
    case .greaterEqual: return .bool(a >= b)
    case .approximately: return .bool(isApproximately(a, b))
    case .matrixProduct:
      throw Problem("type", "`@` multiplies tensors, these are numbers", suggestions: ["a * b"])
    case .compose, .and, .or:
      throw Problem("type", "`\(op.sign)` has no meaning between two numbers")
    }
  }

  /// Relative 1e-9, or absolute 1e-12 near zero.
  static func isApproximately(_ a: Double, _ b: Double) -> Bool {
    a == b || abs(a - b) <= max(1e-9 * max(abs(a), abs(b)), 1e-12)
  }

  private static func complexes(
    _ op: ValueOperator, _ a: Complex<Double>, _ b: Complex<Double>
  ) throws -> Value {
    switch op {
    case .add: return .complex(a + b)
    case .subtract: return .complex(a - b)
    case .multiply: return .complex(a * b)
    case .divide: return .complex(a / b)
    case .power:
      return .complex(ComplexMath.power(a, b))
    case .equal: return .bool(a == b)
    case .notEqual: return .bool(a != b)
    case .approximately:
      return .bool(isApproximately(a.real, b.real) && isApproximately(a.imaginary, b.imaginary))
    case .less, .lessEqual, .greater, .greaterEqual:
      throw Problem(
        "type", "complex numbers have no order", suggestions: ["|z| \(op.sign) …"])
    case .floorDivide, .remainder, .matrixProduct, .compose, .and, .or:
      throw Problem("type", "`\(op.sign)` has no meaning for complex numbers")
    }
  }

  private static func tensors(_ op: ValueOperator, _ a: Tensor, _ b: Tensor) throws -> Tensor {
    switch op {
    case .add: return try a.adding(b)
    case .subtract: return try a.subtracting(b)
    case .multiply: return try a.multiplying(b)
    case .divide: return try a.dividing(b)
    case .floorDivide: return try a.elementwise(primitive("floordivide"), b)
    case .remainder: return try a.elementwise(primitive("modulo"), b)
    case .power: return try a.raised(to: b)
    case .matrixProduct: return try a.matmul(b)
    case .equal: return try mask(a, "equal", b)
    case .notEqual: return try mask(a, "notequal", b)
    case .less: return try mask(a, "less", b)
    case .lessEqual: return try mask(a, "lessequal", b)
    case .greater: return try mask(a, "greater", b)
    case .greaterEqual: return try mask(a, "greaterequal", b)
    case .approximately:
      return try approximately(a, b)
    case .and, .or:
      guard a.isMask, b.isMask else {
        throw Problem(
          "type", "`\(op.sign)` joins masks and true or false, not numbers",
          suggestions: ["x != 0 \(op.sign) y != 0"])
      }
      return try mask(a, op == .and ? "min" : "max", b)
    case .compose: throw Problem("type", "`>>` composes functions")
    }
  }

  /// As for numbers: relative 1e-9, or absolute 1e-12 near zero.
  static func approximately(_ a: Tensor, _ b: Tensor) throws -> Tensor {
    let gap = try a.subtracting(b).elementwise(primitive("abs"))
    let size = try a.elementwise(primitive("abs"))
      .elementwise(primitive("max"), b.elementwise(primitive("abs")))
    let slack = try size.scaled(by: 1e-9).elementwise(primitive("max"), Tensor(1e-12))
    return try mask(gap, "lessequal", slack)
  }

  /// Where a mask does not hold.
  static func inverted(_ tensor: Tensor) throws -> Value {
    Value(try mask(tensor, "equal", Tensor(0)))
  }

  /// A comparison of tensors: 0s and 1s, marked as such.
  private static func mask(_ a: Tensor, _ name: String, _ b: Tensor) throws -> Tensor {
    var result = try a.detached.elementwise(primitive(name), b.detached)
    result.isMask = true
    return result
  }

  private static func primitive(_ name: String) -> Primitive {
    guard let primitive = Primitive.named(name) else {
      preconditionFailure("there is no primitive \(name)")
    }
    return primitive
  }

  private static func tuples(
    _ op: ValueOperator, _ a: TupleValue, _ b: TupleValue, _ call: Call
  ) throws -> Value? {
    switch op {
    case .equal, .notEqual:
      var comparison = TupleComparison(call)
      return .bool(try comparison.agree(a, b) == (op == .equal))
    case .add where !a.isRecord && !b.isRecord: return Value(a.items + b.items)
    default: return nil
    }
  }
}

/// Whether tuples are equal, item by item.
private struct TupleComparison {
  private struct Pair: Hashable {
    let left: ObjectIdentifier
    let right: ObjectIdentifier
  }

  private let call: Call
  private var depth = 0
  /// Pairs that were found equal: `t = (t, t)` many times over holds the same pair ever again.
  private var equal: Set<Pair> = []

  init(_ call: Call) { self.call = call }

  mutating func agree(_ a: TupleValue, _ b: TupleValue) throws -> Bool {
    guard a.items.count == b.items.count, a.names == b.names else { return false }
    let pair = Pair(left: ObjectIdentifier(a), right: ObjectIdentifier(b))
    if equal.contains(pair) { return true }
    guard depth < 1000 else {
      throw Problem("depth", "tuples that are nested more than \(depth) deep cannot be compared")
    }
    depth += 1
    defer { depth -= 1 }
    for (x, y) in zip(a.items, b.items) where try !agree(x, y) { return false }
    equal.insert(pair)
    return true
  }

  private mutating func agree(_ x: Value, _ y: Value) throws -> Bool {
    switch (x, y) {
    case (.tuple(let a), .tuple(let b)): return try agree(a, b)
    case (.tensor(let a), .tensor(let b)) where a.tensor.shape != b.tensor.shape: return false
    default:
      let result: Value
      do {
        result = try Operators.binary(.equal, x, y, call)
      } catch let problem as Problem where problem.slug == "type" {
        // A number and a text are two different things.
        return false
      }
      switch result {
      case .bool(let holds): return holds
      case .tensor(let box): return box.tensor.doubles.allSatisfy { $0 != 0 }
      default: return false
      }
    }
  }
}
