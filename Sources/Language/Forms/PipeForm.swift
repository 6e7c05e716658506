/// `x |> f(a)`, which is `f(x, a)`; `x |> f`, which is `f(x)`.
package struct PipeForm: Form {
  package let value: any Form
  package let signSpan: Span
  /// A call gets the value as its first argument; anything else is called with it.
  package let function: any Form
  /// Whether nothing stands before the sign, so that the value is the last answer.
  package let continuesAnswer: Bool

  package var span: Span {
    (continuesAnswer ? signSpan : value.span).joined(with: function.span)
  }
  package var children: [any Form] { [value, function] }
  package var sexpr: String { list("|>", [value.sexpr, function.sexpr]) }

  /// From `|>` on. The function is what calls and `>>` hold together; the expression goes on with
  /// the result, so `x |> max < 1` compares.
  static func parse(_ parser: Parser, value: (any Form)?) throws(Diagnostic) -> PipeForm {
    let sign = parser.advance()
    var function = try parser.operand(after: sign)
    while parser.current.symbol == .compose, parser.mayContinue(startingLine: true) {
      let compose = parser.advance()
      function = BinaryForm(
        left: function, sign: .compose, signSpan: compose.span,
        right: try parser.operand(after: compose))
    }
    return PipeForm(
      value: value ?? NameForm(text: "ans", span: Span(at: sign.span.start)),
      signSpan: sign.span, function: function, continuesAnswer: value == nil)
  }

  package func space(_ page: inout Page) {
    if continuesAnswer { page.spaceAfter(signSpan) } else { page.spaced(signSpan) }
  }
}

extension PipeForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    if let call = function as? CallForm {
      let arguments = [(nil, value)] + call.arguments.map { ($0.name?.text, $0.value) }
      return code.emitCall(call.function, arguments, at: call.span, to: target)
    }
    return code.emitCall(function, [(nil, value)], at: function.span, to: target)
  }
}
