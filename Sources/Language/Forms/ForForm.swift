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

  static func parse(_ parser: Parser) throws(Diagnostic) -> ForForm {
    let keyword = parser.advance().span
    if parser.current.symbol == .openParenthesis {
      throw parser.trouble(
        "habit", "a loop needs no brackets", at: parser.current.span,
        suggestions: ["for k in 0..10 { … }"])
    }
    let binder = try Binder.parse(parser, allowsBound: false)
    if parser.current.symbol == .colon, parser.next.isNumber || parser.next.name != nil,
      !parser.next.startsLine, parser.hasBraceOnLine
    {
      throw parser.trouble(
        "habit", "a range is written with dots", at: parser.current.span,
        suggestions: ["a..b  without b", "a..=b  with b"])
    }
    return ForForm(
      binder: binder, body: try BlockForm.parse(parser, after: "what the loop runs over"),
      keyword: keyword)
  }

  package func space(_ page: inout Page) { binder.space(&page) }
}

extension ForForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    for name in binder.names { code.refuseConstant(name) }
    let state = code.function.registers(4)
    let collection = code.emit(sequence)
    code.release(collection)
    code.add(.loopBegin, state, collection, at: sequence.span)
    let start = code.position
    let element = code.function.register()
    let exit = code.add(.loopNext, state, element, at: sequence.span)
    code.emitBinding(binder.names, to: element)
    code.emitLoopBody(body, back: start)
    code.land(exit)
    code.endLoop(continuing: start)
    code.function.release(element)
    code.function.release(state, count: 4)
    return code.place(code.function.constant(.none), in: target, at: span)
  }

  package func collectAssigned(_ names: inout Set<String>) {
    for name in binder.names { names.insert(name.text) }
    body.collectAssigned(&names)
  }

  package var echoes: Bool { false }
}
