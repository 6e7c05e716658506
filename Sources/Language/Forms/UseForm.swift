/// `use "lib/blocks.fdsl"`: the definitions of another file.
package struct UseForm: Form {
  package let path: TextForm
  /// Where `use` stands.
  package let keyword: Span

  package var span: Span { keyword.joined(with: path.span) }
  package var children: [any Form] { [path] }
  package var sexpr: String { list("use", [path.sexpr]) }

  /// Whether one begins here: `use` is an ordinary name unless a text follows.
  static func isNext(_ parser: Parser) -> Bool {
    parser.current.name == "use" && parser.next.isText && !parser.next.startsLine
  }

  static func parse(_ parser: inout Parser) throws(Diagnostic) -> UseForm {
    let keyword = parser.advance().span
    guard let path = try TextForm.parse(&parser) else {
      preconditionFailure("`use` was seen with its text")
    }
    if path.constant == nil {
      throw parser.trouble(
        "unexpected", "the name of a library file is fixed", at: path.span,
        notes: ["nothing can be filled in with `\\(…)`"])
    }
    return UseForm(path: path, keyword: keyword)
  }

  package func space(_ page: inout Page) { page.spaceAfter(keyword) }
}
