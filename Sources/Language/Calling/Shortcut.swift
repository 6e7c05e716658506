import CMachine

/// A function as an object, to which code of the core can point.
package final class RealFunction<Body: Sendable>: Sendable {
  package let body: Body
  package init(_ body: Body) { self.body = body }
}

/// What a builtin is for plain numbers: the core of the machine computes it without a call.
///
/// It must agree with the builtin to the bit wherever it answers; what it does not answer, other
/// types and errors, goes the long way.
package enum Shortcut: Sendable {
  /// A real function of one number.
  case unary(RealFunction<@Sendable (Double) -> Double>)
  /// A real function of two numbers.
  case binary(RealFunction<@Sendable (Double, Double) -> Double>)
  /// What the sign of the same meaning does with one number.
  case modulus, squareRoot
  /// Whole numbers, as integers where they fit.
  case floor, ceil, round, truncate
  /// One of two numbers, by their order.
  case least, greatest
  /// One of two values, by a condition in front of them.
  case pick

  /// How many arguments it is for.
  var count: Int {
    switch self {
    case .unary, .modulus, .squareRoot, .floor, .ceil, .round, .truncate: 1
    case .binary, .least, .greatest: 2
    case .pick: 3
    }
  }

  /// A real function of one number.
  package static func real(_ body: @escaping @Sendable (Double) -> Double) -> Shortcut {
    .unary(RealFunction(body))
  }

  /// A real function of two numbers.
  package static func real(_ body: @escaping @Sendable (Double, Double) -> Double) -> Shortcut {
    .binary(RealFunction(body))
  }

  /// The instruction of the core; operands are in bytes, the arguments stand side by side. It
  /// points to the function without holding it.
  func instruction(target: Int32, first: Int32) -> cm_instruction {
    var instruction = cm_instruction()
    (instruction.a, instruction.b) = (target, first)
    switch self {
    case .unary(let function):
      instruction.function = UnsafeRawPointer(Unmanaged.passUnretained(function).toOpaque())
    case .binary(let function):
      instruction.function = UnsafeRawPointer(Unmanaged.passUnretained(function).toOpaque())
    default: break
    }
    instruction.run = cm_handler_of(opcode)
    return instruction
  }

  private var opcode: cm_opcode {
    switch self {
    case .unary: CM_OP_unary
    case .binary: CM_OP_binary
    case .modulus: CM_OP_modulus
    case .squareRoot: CM_OP_square_root
    case .floor: CM_OP_floor
    case .ceil: CM_OP_ceil
    case .round: CM_OP_round
    case .truncate: CM_OP_truncate
    case .least: CM_OP_least
    case .greatest: CM_OP_greatest
    case .pick: CM_OP_pick
    }
  }
}
