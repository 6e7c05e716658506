/// A sign before its operand: `-x`, `√x`, `not x`.
package struct UnaryForm: Form {
  /// Which sign.
  package enum Operator: String, Sendable {
    case negate = "-"
    case root = "√"
    case not = "not"
  }

  package let sign: Operator
  package let signSpan: Span
  package let operand: any Form

  package var span: Span { signSpan.joined(with: operand.span) }
  package var children: [any Form] { [operand] }
  package var sexpr: String { list(sign.rawValue, [operand.sexpr]) }

  package func space(_ page: inout Page) {
    if sign == .not { page.spaceAfter(signSpan) } else { page.tightAfter(signSpan) }
  }
}

extension UnaryForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    // A negated number is a number: `-3` costs nothing at run time.
    if sign == .negate, let literal = operand as? LiteralForm {
      switch literal.value {
      case .integer(let number) where number != .min:
        return code.place(code.function.constant(.int(-number)), in: target, at: span)
      case .real(let number):
        return code.place(code.function.constant(.real(-number)), in: target, at: span)
      default: break
      }
    }
    let opcode: Opcode =
      switch sign {
      case .negate: .negate
      case .root: .squareRoot
      case .not: .not
      }
    return code.emitUnary(opcode, operand, at: signSpan, to: target)
  }
}
