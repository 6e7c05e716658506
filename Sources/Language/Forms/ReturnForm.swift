/// `return` or `return value`.
package struct ReturnForm: Form {
  package let value: (any Form)?
  /// Where `return` stands.
  package let keyword: Span

  package var span: Span { value.map { keyword.joined(with: $0.span) } ?? keyword }
  package var children: [any Form] { value.map { [$0] } ?? [] }
  package var sexpr: String { list("return", children.map(\.sexpr)) }

  static func parse(_ parser: inout Parser) throws(Diagnostic) -> ReturnForm {
    let keyword = parser.advance().span
    if parser.isAtStatementEnd { return ReturnForm(value: nil, keyword: keyword) }
    return ReturnForm(value: try parser.expression(after: "`return`"), keyword: keyword)
  }
}
