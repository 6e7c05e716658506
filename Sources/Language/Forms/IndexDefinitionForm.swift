/// `C[i, k] := sum[j] A[i, j]*B[j, k]`: a tensor by the formula of its elements.
package struct IndexDefinitionForm: Form {
  package let name: Identifier
  package let indices: [Identifier]
  /// Where `:=` stands.
  package let sign: Span
  package let body: any Form
  /// Ranges given with `for`; the others come from what the indices index.
  package let binders: [Binder]
  /// Where `for` stands.
  package let keyword: Span?
  package let bindings: WhereClause?

  package var span: Span {
    name.span.joined(with: bindings?.span ?? binders.last?.span ?? body.span)
  }
  package var children: [any Form] {
    [body] + binders.flatMap(\.children) + (bindings?.children ?? [])
  }

  package var sexpr: String {
    list(
      ":=",
      [list(name.text, indices.map(\.text)), body.sexpr] + binders.map(\.sexpr)
        + (bindings.map { [$0.sexpr] } ?? []))
  }

  /// Whether an index definition begins here: `name[ … ] :=`.
  static func isNext(_ parser: Parser) -> Bool {
    guard parser.current.name != nil, parser.next.symbol == .openBracket,
      let end = parser.partner(at: parser.position + 1)
    else { return false }
    return parser.tokens[end + 1].symbol == .define
  }

  static func parse(_ parser: Parser) throws(Diagnostic) -> IndexDefinitionForm {
    let name = try parser.identifier("a name")
    let opening = try parser.open(.openBracket, newlines: .ignored)
    var indices: [Identifier] = []
    while !parser.isAt(opening) {
      indices.append(try parser.identifier("an index, which is a name,"))
      if parser.isAt(opening) { break }
      try parser.expect(.comma, in: "these indices")
    }
    let end = parser.close(opening)
    if indices.isEmpty {
      throw parser.trouble(
        "missing", "an index is missing", at: opening.span.joined(with: end),
        suggestions: ["\(name.text)[i] := …"])
    }
    try DefinitionForm.refuseTwice(indices, parser)
    let sign = parser.advance().span
    let body = try parser.expression(after: "`:=`")
    var binders: [Binder] = []
    var keyword: Span?
    if parser.current.keyword == .for, !parser.isAtLineEnd || parser.isForBinder {
      keyword = parser.advance().span
      binders = try Binder.parseList(parser)
    }
    return IndexDefinitionForm(
      name: name, indices: indices, sign: sign, body: body, binders: binders, keyword: keyword,
      bindings: try WhereClause.parse(parser))
  }

  package func space(_ page: inout Page) {
    page.aligned(sign)
    if let keyword { page.spaced(keyword) }
    for binder in binders { binder.space(&page) }
    bindings?.space(&page)
  }
}

extension IndexDefinitionForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    code.refuseConstant(name)
    let result = code.function.register()
    // The definition's own indices give the axes, in their order; binders may say how far.
    let axes = indices.map { name in
      binders.first { $0.names.contains { $0.text == name.text } }
        ?? Binder(names: [name], range: .inferred, sign: nil, span: name.span)
    }
    let sizes = code.function.registers(axes.count)
    // Names that depend on the indices are worked out for each element, others once.
    let isInside = bindings?.children.contains { mentionsIndex($0) } ?? false
    code.emitWhere(isInside ? nil : bindings) {
      let whole = isInside ? nil : code.emitWhole(body, over: axes, into: result, at: body.span)
      let outer = code.isInsideWhole
      code.isInsideWhole = outer || whole != nil
      code.emitLoops(axes, inferringFrom: [body] + (bindings?.children ?? []), sizes: sizes) {
        code.add(.listBegin, result, sizes, Int32(axes.count), at: span)
      } body: {
        let operand = code.emitWhere(isInside ? bindings : nil) {
          code.emit(body, to: isInside ? code.function.register() : nil)
        }
        code.add(.listAppend, result, operand, at: body.span)
        code.release(operand)
      }
      code.add(.listEnd, result, sizes, Int32(axes.count), at: span)
      code.isInsideWhole = outer
      if let whole { code.land(whole) }
      return 0
    }
    code.function.release(sizes, count: axes.count)
    code.bind(name.text, to: result, at: name.span)
    code.release(result)
    return code.place(code.function.constant(.none), in: target, at: span)
  }

  private func mentionsIndex(_ form: any Form) -> Bool {
    indices.contains { form.mentions($0.text) }
  }

  package func collectAssigned(_ names: inout Set<String>) { names.insert(name.text) }

  package var echoes: Bool { false }
}
