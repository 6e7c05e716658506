/// `while condition { … }`.
package struct WhileForm: Form {
  package let condition: any Form
  package let body: BlockForm
  /// Where `while` stands.
  package let keyword: Span

  package var span: Span { keyword.joined(with: body.span) }
  package var children: [any Form] { [condition, body] }
  package var sexpr: String { list("while", children.map(\.sexpr)) }

  static func parse(_ parser: Parser) throws(Diagnostic) -> WhileForm {
    let keyword = parser.advance().span
    let condition = try parser.condition(after: "`while`")
    return WhileForm(
      condition: condition, body: try BlockForm.parse(parser, after: "the condition"),
      keyword: keyword)
  }
}

extension WhileForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    let start = code.position
    let condition = code.emit(self.condition)
    code.release(condition)
    let exit = code.add(.jumpFalse, 0, condition, at: self.condition.span)
    code.emitLoopBody(body, back: start)
    code.land(exit)
    code.endLoop(continuing: start)
    return code.place(code.function.constant(.none), in: target, at: span)
  }

  package var echoes: Bool { false }
}
