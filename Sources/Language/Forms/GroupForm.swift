/// `(expr)`: brackets that only hold together.
package struct GroupForm: Form {
  package let inner: any Form
  package let span: Span

  package var children: [any Form] { [inner] }
  package var sexpr: String { inner.sexpr }

  /// What stands in round brackets where a value is expected: a group, a tuple or a record.
  static func parse(_ parser: Parser) throws(Diagnostic) -> any Form {
    let opening = try parser.open(.openParenthesis, newlines: .ignored)
    let (items, hasTrailingComma, end) = try Argument.parseList(
      parser, closedBy: opening, of: "these brackets")
    let span = opening.span.joined(with: end)
    let named = items.filter { $0.name != nil }
    if items.count == 1, !hasTrailingComma, named.isEmpty {
      return GroupForm(inner: items[0].value, span: span)
    }
    if named.isEmpty { return TupleForm(items: items.map(\.value), span: span) }
    return try RecordForm.make(items, span: span, parser)
  }
}

extension GroupForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 { code.emit(inner, to: target) }
}
