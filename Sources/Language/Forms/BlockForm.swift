/// `{ … }`: statements, the last of which gives the value.
package struct BlockForm: Form {
  package let statements: [Statement]
  /// With the brackets.
  package let span: Span

  package var children: [any Form] { statements.map(\.form) }
  package var sexpr: String { list("block", statements.map(\.sexpr)) }

  /// - Parameter place: what stands before it, for the message when it is missing.
  static func parse(
    _ parser: Parser, after place: String
  ) throws(Diagnostic) -> BlockForm {
    let token = parser.current
    guard token.symbol == .openBrace else {
      if token.symbol == .colon || parser.isBlockWithoutBraces { throw parser.missingBraces }
      throw parser.unexpected(expecting: "`{` after \(place)")
    }
    let opening = try parser.open(.openBrace, newlines: .significant)
    let statements = parser.statements(until: opening)
    return BlockForm(
      statements: statements, span: opening.span.joined(with: parser.close(opening)))
  }

  package func space(_ page: inout Page) { page.statements(statements) }
}

extension BlockForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    guard let last = statements.last else {
      return code.place(code.function.constant(.none), in: target, at: span)
    }
    for statement in statements.dropLast() { code.release(code.emit(statement.form)) }
    return code.emit(last.form, to: target)
  }
}
