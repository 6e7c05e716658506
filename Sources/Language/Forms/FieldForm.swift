/// `run.loss`, `A.T`.
package struct FieldForm: Form {
  package let base: any Form
  package let name: Identifier

  package var span: Span { base.span.joined(with: name.span) }
  package var children: [any Form] { [base] }
  package var sexpr: String { list("field", [base.sexpr, name.text]) }

  /// From `.` on.
  static func parse(_ parser: Parser, base: any Form) throws(Diagnostic) -> FieldForm {
    let dot = parser.advance()
    let token = parser.current
    if case .integer(let index) = token.kind, !token.hasSpaceBefore {
      throw parser.trouble(
        "habit", "elements are taken with brackets", at: dot.span.joined(with: token.span),
        suggestions: ["\(parser.source.text(in: base.span))[\(index)]"])
    }
    guard let name = token.name, !parser.isAtLineEnd else {
      throw parser.unexpected(expecting: "a field's name after `.`")
    }
    parser.advance()
    return FieldForm(base: base, name: Identifier(text: name, span: token.span))
  }
}

extension FieldForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    let operand = code.emit(base)
    code.release(operand)
    let result = target ?? code.function.register()
    code.function.names.append(name.text)
    code.add(
      .field, result, operand, Int32(code.function.names.count - 1), at: name.span,
      operands: [base.span])
    return result
  }
}
