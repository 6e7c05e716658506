/// `sum[k in 1..=100] 1/k^2`. The body reaches over `*` and `/` and stops at `+` and `-`.
package struct ReductionForm: Form {
  /// Which reduction.
  package enum Kind: String, CaseIterable, Sendable {
    case sum, prod, max, min, mean, any, all
  }

  package let kind: Kind
  /// Where the word stands.
  package let kindSpan: Span
  package let binders: [Binder]
  /// The brackets with the binders.
  package let bindersSpan: Span
  package let body: any Form

  package var span: Span { kindSpan.joined(with: body.span) }
  package var children: [any Form] { binders.flatMap(\.children) + [body] }
  package var sexpr: String {
    list(kind.rawValue, ["[" + binders.map(\.sexpr).joined(separator: " ") + "]", body.sexpr])
  }

  /// Whether a reduction begins here. `max[0]` indexes a value named `max`: only an `in` in the
  /// brackets or an operand right behind them makes a reduction.
  static func isNext(_ parser: Parser) -> Bool {
    guard let name = parser.current.name, Kind(rawValue: name) != nil,
      parser.next.symbol == .openBracket, !parser.next.hasSpaceBefore,
      let end = parser.partner(at: parser.position + 1)
    else { return false }
    var position = parser.position + 2
    while position < end {
      if parser.tokens[position].keyword == .in { return true }
      position = (parser.partner(at: position) ?? position) + 1
    }
    let next = parser.tokens[end + 1]
    if next.startsLine, parser.newlines != .ignored { return false }
    switch next.kind {
    case .integer, .real, .text, .name: return true
    case .symbol(.root): return true
    case .symbol(.openParenthesis), .symbol(.openBracket): return next.hasSpaceBefore
    case .symbol(.bar): return next.hasSpaceBefore && parser.modulusDepth == 0
    case .keyword(.if): return true
    default: return false
    }
  }

  static func parse(_ parser: Parser) throws(Diagnostic) -> ReductionForm {
    let word = parser.advance()
    guard let kind = word.name.flatMap(Kind.init(rawValue:)) else {
      preconditionFailure("a reduction begins with its word")
    }
    let opening = try parser.open(.openBracket, newlines: .ignored)
    let binders = try Binder.parseList(parser, allowsBareName: true)
    guard parser.isAt(opening) else { throw parser.unexpected(expecting: "`]`") }
    let bindersSpan = opening.span.joined(with: parser.close(opening))
    try DefinitionForm.refuseTwice(binders.flatMap(\.names), parser)
    if parser.isAtStatementEnd || parser.current.symbol?.isCloser == true {
      throw parser.missing("what to \(kind == .sum ? "add up" : "reduce") after this bracket")
    }
    let body = try parser.binary(.product, after: nil)
    return ReductionForm(
      kind: kind, kindSpan: word.span, binders: binders, bindersSpan: bindersSpan, body: body)
  }

  package func space(_ page: inout Page) {
    for binder in binders { binder.space(&page) }
    page.spaceAfter(bindersSpan)
  }
}

extension ReductionForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    guard let index = Reduction.index(kind.rawValue) else {
      preconditionFailure("every reduction has a meaning")
    }
    // Two registers: what was gathered, and how much of it.
    let state = code.function.registers(2)
    let sizes = code.function.registers(binders.count)
    let whole = code.emitWhole(self, into: state)
    let outer = code.isInsideWhole
    code.isInsideWhole = outer || whole != nil
    code.emitLoops(binders, inferringFrom: [body], sizes: sizes) {
      let none = code.function.constant(.none)
      code.add(.move, state, none, at: span)
      code.add(.move, state + 1, none, at: span)
    } body: {
      let operand = code.emit(body)
      code.add(.reduce, state, operand, Int32(index), at: body.span)
      code.release(operand)
    }
    code.add(.reduceEnd, state, 0, Int32(index), at: kindSpan)
    code.isInsideWhole = outer
    if let whole { code.land(whole) }
    code.function.release(sizes, count: binders.count)
    code.function.release(state + 1)
    return code.settle(state, in: target, at: span)
  }
}
