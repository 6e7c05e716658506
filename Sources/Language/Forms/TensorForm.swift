/// `[1, 2; 3, 4]`: a comma separates columns, a newline or `;` rows.
package struct TensorForm: Form {
  /// As written; one row stands for a vector, no row for `[]`.
  package let rows: [[any Form]]
  package let span: Span

  package var children: [any Form] { rows.flatMap { $0 } }

  package var sexpr: String {
    rows.count == 1
      ? list("tensor", rows[0].map(\.sexpr))
      : list("tensor", rows.map { "[" + $0.map(\.sexpr).joined(separator: " ") + "]" })
  }

  /// A tensor or, when a `for` follows its first element, a comprehension.
  static func parse(_ parser: Parser) throws(Diagnostic) -> any Form {
    let opening = try parser.open(.openBracket, newlines: .rows)
    var rows: [[any Form]] = []
    while !parser.isAt(opening) {
      let start = parser.position
      rows.append(try row(parser, of: opening, isFirst: rows.isEmpty))
      if parser.current.keyword == .for {
        guard rows.count == 1, rows[0].count == 1 else {
          throw parser.unexpected(expecting: "`]`")
        }
        return try ComprehensionForm.parse(parser, element: rows[0][0], opening: opening)
      }
      if parser.current.symbol == .semicolon { parser.advance() }
      precondition(parser.position > start, "every row moves on")
    }
    return TensorForm(rows: rows, span: opening.span.joined(with: parser.close(opening)))
  }

  private static func row(
    _ parser: Parser, of opening: Parser.Opening, isFirst: Bool
  ) throws(Diagnostic) -> [any Form] {
    if parser.current.symbol == .semicolon {
      throw parser.trouble(
        "missing", "this row is empty", at: parser.current.span,
        notes: ["`;` separates rows of a tensor"])
    }
    var row: [any Form] = []
    while true {
      row.append(try parser.expression())
      let token = parser.current
      if parser.isAt(opening) || token.symbol == .semicolon || token.keyword == .for { return row }
      if token.symbol != .comma {
        if token.startsLine { return row }
        throw parser.missingComma(after: row[row.count - 1])
      }
      parser.advance()
      // A comma at the end of a line goes on with the row; before the bracket it is just there.
      if parser.isAt(opening) || parser.current.symbol == .semicolon { return row }
    }
  }

  package func space(_ page: inout Page) { page.table(span) }
}

extension TensorForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    refuseUneven(code)
    let entries = rows.flatMap { $0 }
    let first = code.emitAll(entries)
    code.function.release(first, count: entries.count)
    let result = target ?? code.function.register()
    code.function.layouts.append(
      TensorLayout(rows: rows.map(\.count), spans: entries.map(\.span)))
    code.add(.tensor, result, Int32(code.function.layouts.count - 1), first, at: span)
    return result
  }

  /// Rows of different lengths make no tensor, whatever is in them.
  private func refuseUneven(_ code: Emitter) {
    guard rows.count > 1, let width = rows.first?.count,
      let odd = rows.firstIndex(where: { $0.count != width }), let start = rows[odd].first,
      let end = rows[odd].last
    else { return }
    code.report(
      "shape",
      "row \(odd) of the tensor has \(rows[odd].count == 1 ? "1 entry" : "\(rows[odd].count) entries"), "
        + "the first has \(width)", at: start.span.joined(with: end.span),
      notes: ["all rows must be equally long"])
  }
}
