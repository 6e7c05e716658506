/// `x -> x + 1`, `(x, y) -> x*y`, `() -> block(192, 3)`, `x -> { … }`.
package struct LambdaForm: Form {
  package let parameters: [Identifier]
  /// Where `->` stands.
  package let arrow: Span
  package let body: any Form
  package let span: Span

  package var children: [any Form] { [body] }
  package var sexpr: String {
    "(lambda (\(parameters.map(\.text).joined(separator: " "))) \(body.sexpr))"
  }

  /// Whether a function begins here: `name ->` or `( … ) ->`.
  static func isNext(_ parser: Parser) -> Bool {
    if parser.current.name != nil { return parser.next.symbol == .arrow }
    guard parser.current.symbol == .openParenthesis, let end = parser.partner else { return false }
    return parser.tokens[end + 1].symbol == .arrow
  }

  static func parse(_ parser: Parser) throws(Diagnostic) -> LambdaForm {
    let start = parser.current.span
    var parameters: [Identifier] = []
    if parser.current.name != nil {
      parameters.append(try parser.identifier("a name"))
    } else {
      let opening = try parser.open(.openParenthesis, newlines: .ignored)
      while !parser.isAt(opening) {
        parameters.append(try parser.identifier("the name of a parameter"))
        if parser.isAt(opening) { break }
        try parser.expect(.comma, in: "these parameters")
      }
      _ = parser.close(opening)
      try DefinitionForm.refuseTwice(parameters, parser)
    }
    let arrow = parser.advance().span
    let body: any Form =
      parser.current.symbol == .openBrace
      ? try BlockForm.parse(parser, after: "`->`") : try parser.expression(after: "`->`")
    return LambdaForm(
      parameters: parameters, arrow: arrow, body: body, span: start.joined(with: body.span))
  }

  package func space(_ page: inout Page) { page.spaced(arrow) }
}

extension LambdaForm {
  /// Its parameters, for checks of its calls.
  var described: [ParameterCode] {
    parameters.map { ParameterCode(name: $0.text, hasDefault: false) }
  }

  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    var assigned: Set<String> = []
    body.collectAssigned(&assigned)
    let text = code.source.text(in: span)
    let index = code.function(named: "", text: text, assigned: assigned) { function in
      code.declare(parameters.map { ($0.text, false) }, assigned)
      let operand = code.emit(body)
      code.add(.result, 0, operand, at: body.span)
    }
    let result = target ?? code.function.register()
    code.add(.closure, result, index, at: span)
    return result
  }

  /// What a lambda assigns is its own.
  package func collectAssigned(_ names: inout Set<String>) {}
}
