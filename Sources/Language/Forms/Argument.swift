/// One argument of a call, one field of a record, one option in a string's `\(…)`.
package struct Argument: Sendable {
  /// The name before `=`, if there is one.
  package let name: Identifier?
  /// Where its `=` stands.
  package let equals: Span?
  package let value: any Form

  /// From the name, if there is one, to the end of the value.
  package var span: Span { name.map { $0.span.joined(with: value.span) } ?? value.span }

  package var sexpr: String { name.map { "(= \($0.text) \(value.sexpr))" } ?? value.sexpr }

  /// `name = value` or `value`.
  static func parse(_ parser: Parser) throws(Diagnostic) -> Argument {
    let token = parser.current
    if let keyword = token.keyword, parser.next.symbol == .assign {
      throw parser.reserved(keyword)
    }
    if let name = token.name, parser.next.symbol == .assign {
      parser.advance()
      let equals = parser.advance().span
      let value = try parser.expression(after: "`\(name) =`")
      return Argument(
        name: Identifier(text: name, span: token.span), equals: equals, value: value)
    }
    return Argument(name: nil, equals: nil, value: try parser.expression())
  }

  /// Arguments up to the closing bracket, which is read too. A comma may follow the last one.
  static func parseList(
    _ parser: Parser, closedBy opener: Parser.Opening, of what: String
  ) throws(Diagnostic) -> (arguments: [Argument], hasTrailingComma: Bool, end: Span) {
    var arguments: [Argument] = []
    var hasTrailingComma = false
    while !parser.isAt(opener) {
      let start = parser.position
      arguments.append(try parse(parser))
      hasTrailingComma = false
      if parser.isAt(opener) { break }
      try parser.expect(.comma, in: what)
      hasTrailingComma = true
      precondition(parser.position > start, "every argument moves on")
    }
    return (arguments, hasTrailingComma, parser.close(opener))
  }

  func space(_ page: inout Page) {
    if let equals { page.aligned(equals) }
  }
}
