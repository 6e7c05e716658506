/// `assert run.accuracy[-1] > 0.5, "pre-training failed"`.
package struct AssertionForm: Form {
  package let condition: any Form
  package let message: (any Form)?
  /// Where `assert` stands.
  package let keyword: Span
  package let span: Span

  package var children: [any Form] { [condition] + (message.map { [$0] } ?? []) }
  package var sexpr: String { list("assert", children.map(\.sexpr)) }

  /// Whether one begins here: `assert` is an ordinary name when an operator follows.
  static func isNext(_ parser: Parser) -> Bool {
    guard parser.current.name == "assert" else { return false }
    let next = parser.next
    if next.startsLine, !next.isEnd { return false }
    switch next.kind {
    case .integer, .real, .text, .name, .end: return true
    case .keyword(let keyword): return [.not, .true, .false, .if].contains(keyword)
    case .symbol(let symbol):
      switch symbol {
      case .bar, .root, .openParenthesis: return true
      case .openBracket, .minus: return next.hasSpaceBefore
      default: return false
      }
    case .invalid: return true
    }
  }

  static func parse(_ parser: Parser) throws(Diagnostic) -> AssertionForm {
    let keyword = parser.advance().span
    // `assert(x > 0, "…")`, as a call would have it, says the same.
    let isCall = parser.current.symbol == .openParenthesis && !parser.current.hasSpaceBefore
    let form = try parser.condition(after: "`assert`")
    if isCall, let tuple = form as? TupleForm, tuple.items.count == 2 {
      return AssertionForm(
        condition: tuple.items[0], message: tuple.items[1], keyword: keyword,
        span: keyword.joined(with: tuple.span))
    }
    var message: (any Form)?
    if parser.current.symbol == .comma, !parser.isAtLineEnd {
      parser.advance()
      message = try parser.expression(after: "`,`")
    }
    return AssertionForm(
      condition: form, message: message, keyword: keyword,
      span: keyword.joined(with: (message ?? form).span))
  }
}

extension AssertionForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    var message: Int32?
    if let form = self.message {
      let register = code.function.register()
      code.emit(form, into: register)
      message = register
    }
    let result: Int32
    var operands: [(form: any Form, register: Int32)] = []
    if let comparison = condition as? ComparisonForm {
      (result, operands) = comparison.emitLinks(code)
    } else {
      result = code.emit(condition)
    }
    let shown = operands.filter { $0.register >= 0 && !($0.form is LiteralForm) }
    code.function.assertionSites.append(
      AssertionSite(
        text: code.source.text(in: condition.span), message: message,
        operands: shown.map { (code.source.text(in: $0.form.span), $0.register) }))
    code.add(
      .assertion, result, Int32(code.function.assertionSites.count - 1), at: condition.span)
    for operand in operands { code.release(operand.register) }
    code.release(result)
    if let message { code.release(message) }
    return code.place(code.function.constant(.none), in: target, at: span)
  }

  package var echoes: Bool { false }
}
