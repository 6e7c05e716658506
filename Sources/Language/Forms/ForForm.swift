/// `for k in 0..3 { … }`.
package struct ForForm: Form {
  /// The names and what they run over (always `each`).
  package let binder: Binder
  package let body: BlockForm
  /// Where `for` stands.
  package let keyword: Span

  package var span: Span { keyword.joined(with: body.span) }
  /// What the names run over.
  package var sequence: any Form { binder.children[0] }
  package var children: [any Form] { binder.children + [body] }
  package var sexpr: String { list("for", [binder.sexpr, body.sexpr]) }

  static func parse(_ parser: inout Parser) throws(Diagnostic) -> ForForm {
    let keyword = parser.advance().span
    if parser.current.symbol == .openParenthesis {
      throw parser.trouble(
        "habit", "a loop needs no brackets", at: parser.current.span,
        suggestions: ["for k in 0..10 { … }"])
    }
    let binder = try Binder.parse(&parser, allowsBound: false)
    if parser.current.symbol == .colon, parser.next.isNumber || parser.next.name != nil,
      !parser.next.startsLine
    {
      throw parser.trouble(
        "habit", "a range is written with dots", at: parser.current.span,
        suggestions: ["a..b  without b", "a..=b  with b"])
    }
    return ForForm(
      binder: binder, body: try BlockForm.parse(&parser, after: "what the loop runs over"),
      keyword: keyword)
  }

  package func space(_ page: inout Page) { binder.space(&page) }
}
