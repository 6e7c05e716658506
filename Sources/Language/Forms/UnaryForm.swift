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
