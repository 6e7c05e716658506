/// `seed 2024`: the key of all random numbers of the program.
package struct SeedForm: Form {
  package let value: any Form
  /// Where `seed` stands.
  package let keyword: Span

  package var span: Span { keyword.joined(with: value.span) }
  package var children: [any Form] { [value] }
  package var sexpr: String { list("seed", [value.sexpr]) }

  /// Whether one begins here: `seed` is an ordinary name unless a value follows.
  static func isNext(_ parser: Parser) -> Bool {
    guard parser.current.name == "seed", !parser.next.startsLine else { return false }
    return parser.next.isNumber || parser.next.name != nil
      || (parser.next.symbol == .openParenthesis && parser.next.hasSpaceBefore)
  }

  static func parse(_ parser: Parser) throws(Diagnostic) -> SeedForm {
    let keyword = parser.advance().span
    return SeedForm(value: try parser.expression(after: "`seed`"), keyword: keyword)
  }

  package func space(_ page: inout Page) { page.spaceAfter(keyword) }
}

extension SeedForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    let operand = code.emit(value)
    code.add(.seed, operand, at: span)
    code.release(operand)
    return code.place(code.function.constant(.none), in: target, at: span)
  }

  package var echoes: Bool { false }
}
