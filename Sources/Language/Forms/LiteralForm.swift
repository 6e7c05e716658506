/// A number, `true` or `false`.
package struct LiteralForm: Form {
  /// What is written.
  package enum Value: Sendable, Equatable {
    case integer(Int)
    case real(Double)
    case boolean(Bool)
  }

  package let value: Value
  package let span: Span

  package var children: [any Form] { [] }

  package var sexpr: String {
    switch value {
    case .integer(let value): String(value)
    case .real(let value): String(value)
    case .boolean(let value): String(value)
    }
  }

  static func parse(_ parser: Parser) -> LiteralForm? {
    let token = parser.current
    let value: Value
    switch token.kind {
    case .integer(let number): value = .integer(number)
    case .real(let number): value = .real(number)
    case .keyword(.true): value = .boolean(true)
    case .keyword(.false): value = .boolean(false)
    default: return nil
    }
    parser.advance()
    return LiteralForm(value: value, span: token.span)
  }
}

extension LiteralForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    let constant: Language.Value =
      switch value {
      case .integer(let number): .int(number)
      case .real(let number): .real(number)
      case .boolean(let flag): .bool(flag)
      }
    return code.place(code.function.constant(constant), in: target, at: span)
  }
}
