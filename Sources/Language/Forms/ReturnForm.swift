/// `return` or `return value`.
package struct ReturnForm: Form {
  package let value: (any Form)?
  /// Where `return` stands.
  package let keyword: Span

  package var span: Span { value.map { keyword.joined(with: $0.span) } ?? keyword }
  package var children: [any Form] { value.map { [$0] } ?? [] }
  package var sexpr: String { list("return", children.map(\.sexpr)) }

  static func parse(_ parser: Parser) throws(Diagnostic) -> ReturnForm {
    let keyword = parser.advance().span
    if parser.isAtStatementEnd { return ReturnForm(value: nil, keyword: keyword) }
    return ReturnForm(value: try parser.expression(after: "`return`"), keyword: keyword)
  }
}

extension ReturnForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    if code.function.isTopLevel {
      code.report("return", "`return` stands outside of a function", at: keyword)
    }
    let operand = value.map { code.emit($0) } ?? code.function.constant(.none)
    code.add(.result, 0, operand, at: span)
    code.release(operand)
    return code.place(code.function.constant(.none), in: target, at: span)
  }

  package var echoes: Bool { false }
}
