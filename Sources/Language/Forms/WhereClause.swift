/// `u = expr` behind `where`: a name for a part of the formula before it.
package struct WhereBinding: Sendable {
  package let name: Identifier
  /// Where `=` stands.
  package let equals: Span
  package let value: any Form

  package var sexpr: String { "(= \(name.text) \(value.sexpr))" }
}

/// `where u = …, v = …`; later bindings see earlier ones.
package struct WhereClause: Sendable {
  /// Where `where` stands.
  package let keyword: Span
  package let bindings: [WhereBinding]

  package var span: Span {
    bindings.last.map { keyword.joined(with: $0.value.span) } ?? keyword
  }
  package var children: [any Form] { bindings.map(\.value) }
  package var sexpr: String { list("where", bindings.map(\.sexpr)) }

  /// A clause if one is there; it may begin a line.
  static func parse(_ parser: Parser) throws(Diagnostic) -> WhereClause? {
    guard parser.current.keyword == .where else { return nil }
    let keyword = parser.advance().span
    var bindings: [WhereBinding] = []
    while true {
      let name = try parser.identifier("a name after `where`")
      let equals = parser.current.span
      try parser.expect(.assign, in: "this `where`")
      let value = try parser.expression(after: "`\(name.text) =`")
      bindings.append(WhereBinding(name: name, equals: equals, value: value))
      guard parser.current.symbol == .comma, !parser.isAtLineEnd else { break }
      parser.advance()
    }
    try DefinitionForm.refuseTwice(bindings.map(\.name), parser)
    return WhereClause(keyword: keyword, bindings: bindings)
  }

  func space(_ page: inout Page) {
    page.spaced(keyword)
    for binding in bindings { page.aligned(binding.equals) }
  }
}
