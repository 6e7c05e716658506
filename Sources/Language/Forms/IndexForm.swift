/// `x[0, -1]`, `x[1:, ::2]`, `x[:, new]`, `x[x > 0]`.
package struct IndexForm: Form {
  /// What stands between two commas.
  package enum Item: Sendable {
    /// A position, a list of positions or a mask.
    case at(any Form)
    /// `lower:upper:step`; what is left out is `nil`.
    case slice(lower: (any Form)?, upper: (any Form)?, step: (any Form)?, span: Span)
    /// `new`: an axis of size 1 that stretches.
    case new(Span)

    package var span: Span {
      switch self {
      case .at(let form): form.span
      case .slice(_, _, _, let span), .new(let span): span
      }
    }

    package var children: [any Form] {
      switch self {
      case .at(let form): [form]
      case .slice(let lower, let upper, let step, _): [lower, upper, step].compactMap { $0 }
      case .new: []
      }
    }

    package var sexpr: String {
      switch self {
      case .at(let form): form.sexpr
      case .slice(let lower, let upper, let step, _):
        list(":", [lower, upper, step].map { $0?.sexpr ?? "_" })
      case .new: "(new)"
      }
    }
  }

  package let base: any Form
  package let items: [Item]
  /// The brackets with what is in them.
  package let itemsSpan: Span

  package var span: Span { base.span.joined(with: itemsSpan) }
  package var children: [any Form] { [base] + items.flatMap(\.children) }
  package var sexpr: String { list("index", [base.sexpr] + items.map(\.sexpr)) }

  /// From `[` on.
  static func parse(_ parser: Parser, base: any Form) throws(Diagnostic) -> IndexForm {
    let opening = try parser.open(.openBracket, newlines: .ignored)
    if parser.isAt(opening) {
      throw parser.trouble(
        "missing", "an index is missing", at: opening.span.joined(with: parser.current.span),
        suggestions: ["\(parser.source.text(in: base.span))[0]"])
    }
    var items: [Item] = []
    while !parser.isAt(opening) {
      let start = parser.position
      items.append(try item(parser, opening))
      if parser.isAt(opening) { break }
      try parser.expect(.comma, in: "this index")
      precondition(parser.position > start, "every index moves on")
    }
    return IndexForm(
      base: base, items: items, itemsSpan: opening.span.joined(with: parser.close(opening)))
  }

  private static func item(
    _ parser: Parser, _ opening: Parser.Opening
  ) throws(Diagnostic) -> Item {
    let first = parser.current
    func isEnd(_ token: Token) -> Bool {
      token.symbol == .comma || token.symbol == .closeBracket
    }
    if first.name == "new", isEnd(parser.next) {
      parser.advance()
      return .new(first.span)
    }
    if first.name == "end", parser.next.symbol != .openParenthesis {
      throw parser.trouble(
        "habit", "the last index is -1, and a slice without an end runs to the end",
        at: first.span, suggestions: ["x[-1]", "x[2:]"])
    }
    var parts: [(any Form)?] = [nil]
    var end = first.span
    while !parser.isAt(opening), parser.current.symbol != .comma {
      let start = parser.position
      if parser.current.symbol == .colon {
        if parts.count == 3 {
          throw parser.trouble(
            "unexpected", "a slice has at most two colons", at: parser.current.span,
            suggestions: ["x[start:end:step]"])
        }
        end = parser.advance().span
        parts.append(nil)
      } else if parts[parts.count - 1] == nil {
        let form = try parser.expression()
        parts[parts.count - 1] = form
        end = form.span
      } else {
        throw parser.unexpected(expecting: "`,` or `]`")
      }
      precondition(parser.position > start, "every part of a slice moves on")
    }
    if parts.count == 1 {
      guard let form = parts[0] else { throw parser.unexpected(expecting: "an index") }
      return .at(form)
    }
    return .slice(
      lower: parts[0], upper: parts[1], step: parts.count == 3 ? parts[2] : nil,
      span: first.span.joined(with: end))
  }

  package func space(_ page: inout Page) { page.slice(itemsSpan) }
}

extension IndexForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    let operand = code.emit(base)
    let (site, registers) = emitSite(code) { operand }
    code.release(operand)
    for register in registers { code.release(register) }
    let result = target ?? code.function.register()
    code.add(.index, result, operand, site, at: span)
    return result
  }

  /// What `clamp(…)` with one argument keeps inside the axis, where it stands between brackets:
  /// `x[clamp(i + 1)]`.
  static func clamped(_ form: any Form, _ code: Emitter) -> (any Form)? {
    guard let call = form as? CallForm, let name = call.function as? NameForm,
      name.text == "clamp", call.arguments.count == 1, call.arguments[0].name == nil,
      code.builtin("clamp") != nil
    else { return nil }
    return call.arguments[0].value
  }

  /// Compiles what stands in the brackets; returns the site and the operands in use.
  ///
  /// - Parameter indexed: gives the operand that is indexed.
  func emitSite(_ code: Emitter, indexed: () -> Int32) -> (site: Int32, operands: [Int32]) {
    var operands: [Int32] = []
    var axis = 0
    func operand(_ form: (any Form)?) -> Int32? {
      guard let form else { return nil }
      let operand: Int32
      if let inner = Self.clamped(form, code) {
        operand = code.emitClamp(inner, to: axis, of: indexed(), self)
      } else {
        operand = code.emit(form)
      }
      operands.append(operand)
      return operand
    }
    let items = self.items.map { item -> IndexSite.Item in
      defer { if case .new = item {} else { axis += 1 } }
      switch item {
      case .at(let form): return .value(operand(form) ?? 0)
      case .slice(let lower, let upper, let step, _):
        return .slice(operand(lower), operand(upper), operand(step))
      case .new: return .new
      }
    }
    let text = code.source.text(in: base.span)
    code.function.indexSites.append(
      IndexSite(items: items, spans: self.items.map(\.span), text: text))
    return (Int32(code.function.indexSites.count - 1), operands)
  }
}
