/// `[expr for y < 64, x < 64]`: a tensor by its formula.
package struct ComprehensionForm: Form {
  package let element: any Form
  package let binders: [Binder]
  /// Where `for` stands.
  package let keyword: Span
  package let span: Span

  package var children: [any Form] { [element] + binders.flatMap(\.children) }
  package var sexpr: String { list("comprehension", [element.sexpr] + binders.map(\.sexpr)) }

  /// From `for` on.
  static func parse(
    _ parser: inout Parser, element: any Form, opening: Parser.Opening
  ) throws(Diagnostic) -> ComprehensionForm {
    let keyword = parser.advance().span
    parser.ignoreNewlines()
    let binders = try Binder.parseList(&parser)
    if parser.current.keyword == .if {
      throw parser.trouble(
        "habit", "a comprehension has no `if`", at: parser.current.span,
        suggestions: ["filter(xs, x -> condition)", "xs[xs > 0]  for a tensor"])
    }
    guard parser.isAt(opening) else { throw parser.unexpected(expecting: "`]`") }
    return ComprehensionForm(
      element: element, binders: binders, keyword: keyword,
      span: opening.span.joined(with: parser.close(opening)))
  }

  package func space(_ page: inout Page) {
    page.spaced(keyword)
    for binder in binders { binder.space(&page) }
  }
}
