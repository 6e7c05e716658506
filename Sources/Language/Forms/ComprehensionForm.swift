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
    _ parser: Parser, element: any Form, opening: Parser.Opening
  ) throws(Diagnostic) -> ComprehensionForm {
    let keyword = parser.advance().span
    parser.ignoreNewlines()
    let binders = try Binder.parseList(parser)
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

extension ComprehensionForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    let result = code.function.register()
    let sizes = code.function.registers(binders.count)
    let whole = code.emitWhole(element, over: binders, into: result, at: span)
    let outer = code.isInsideWhole
    code.isInsideWhole = outer || whole != nil
    code.emitLoops(binders, inferringFrom: [element], sizes: sizes) {
      code.add(.listBegin, result, sizes, Int32(binders.count), at: span)
    } body: {
      let operand = code.emit(element)
      code.add(.listAppend, result, operand, at: element.span)
      code.release(operand)
    }
    code.add(.listEnd, result, sizes, Int32(binders.count), at: span)
    code.isInsideWhole = outer
    if let whole { code.land(whole) }
    code.function.release(sizes, count: binders.count)
    return code.settle(result, in: target, at: span)
  }
}
