import CKernels

/// A function of one or two numbers: its name, meaning, derivative and text.
///
/// The table is the one list of elementary functions; scalar builtins, elementwise tensor
/// operations, formulas and their gradients are made from it. Values have the same bits on every
/// machine, in the evaluator and in compiled code.
package struct Primitive: Sendable {
  /// The function itself, from which code for any lanes is made.
  package let function: Function
  /// Value and derivatives in double precision.
  package let rule: Rule<Double>
  /// Value and derivatives in single precision.
  package let singleRule: Rule<Float>
  /// Number of the vector loop that computes it for single precision tensors, if there is one.
  package let loop: Int32?
  /// Whether that loop exists for double precision, too.
  package let hasDoubleLoop: Bool

  /// A function by its number of arguments.
  package enum Function: Sendable {
    case unary(any UnaryFunction)
    case binary(any BinaryFunction)
  }

  /// How a primitive is computed for one type of numbers.
  package enum Rule<Number>: Sendable {
    /// A value, and the derivative given the argument and the value.
    case unary(
      @Sendable (Number) -> Number, derivative: @Sendable (_ x: Number, _ y: Number) -> Number)
    /// A value, and the derivatives by both arguments given them and the value.
    case binary(
      @Sendable (Number, Number) -> Number,
      derivative: @Sendable (_ a: Number, _ b: Number, _ y: Number) -> (Number, Number))
  }

  /// The name a user types.
  package var name: String {
    switch function {
    case .unary(let function): function.name
    case .binary(let function): function.name
    }
  }

  /// What it returns, one sentence.
  package var text: String {
    switch function {
    case .unary(let function): function.text
    case .binary(let function): function.text
    }
  }

  /// How many arguments it takes.
  package var arity: Int {
    switch function {
    case .unary: 1
    case .binary: 2
    }
  }

  // Inlined, so that each closure is compiled for its function and number.
  @inline(__always)
  init(_ function: some UnaryFunction, loop: Int? = nil, inDouble: Bool = false) {
    self.function = .unary(function)
    self.loop = loop.map(Int32.init)
    hasDoubleLoop = inDouble
    rule = .unary({ function.value($0) }, derivative: { function.derivative($0, $1) })
    singleRule = .unary({ function.value($0) }, derivative: { function.derivative($0, $1) })
  }

  @inline(__always)
  init(_ function: some BinaryFunction, loop: Int? = nil) {
    self.function = .binary(function)
    self.loop = loop.map(Int32.init)
    hasDoubleLoop = loop != nil
    rule = .binary({ function.value($0, $1) }, derivative: { function.derivatives($0, $1, $2) })
    singleRule = .binary(
      { function.value($0, $1) }, derivative: { function.derivatives($0, $1, $2) })
  }

  /// The value of a function of one number.
  package func callAsFunction(_ x: Double) -> Double {
    guard case .unary(let value, _) = rule else {
      preconditionFailure("\(name) takes two numbers")
    }
    return value(x)
  }

  /// The value of a function of two numbers.
  package func callAsFunction(_ a: Double, _ b: Double) -> Double {
    guard case .binary(let value, _) = rule else { preconditionFailure("\(name) takes one number") }
    return value(a, b)
  }

  /// The primitive of a name.
  package static func named(_ name: String) -> Primitive? { index[name] }

  private static let index = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// Every primitive, functions of one number first.
  package static let all: [Primitive] =
    Functions.powers + Functions.circles + Functions.steps + Functions.bells
    + Functions.arithmetic + Functions.planes + Functions.comparisons
}
