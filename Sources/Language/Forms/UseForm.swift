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

  static func parse(_ parser: Parser) throws(Diagnostic) -> UseForm {
    let keyword = parser.advance().span
    guard let path = try TextForm.parse(parser) else {
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

extension UseForm {
  /// The session puts the statements of the file in its place; what is left has no effect.
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    if !code.function.isTopLevel {
      code.report("use", "`use` stands at the top level of a file", at: keyword)
    }
    return code.place(code.function.constant(.none), in: target, at: span)
  }

  package var echoes: Bool { false }
}
