/// A variable that runs: `k in 0..3`, `i < 4`, or in a reduction a bare `j`.
package struct Binder: Sendable {
  /// What it runs over.
  package enum Range: Sendable {
    /// `i < n`: 0 up to and without n.
    case below(any Form)
    /// `k in xs`.
    case each(any Form)
    /// A bare name: the range comes from what the name indexes.
    case inferred
  }

  /// More than one takes each element apart: `for a, b in zip(x, y)`.
  package let names: [Identifier]
  package let range: Range
  /// Where `<` or `in` stands.
  package let sign: Span?
  package let span: Span

  package var children: [any Form] {
    switch range {
    case .below(let form), .each(let form): [form]
    case .inferred: []
    }
  }

  package var sexpr: String {
    let names = names.map(\.text).joined(separator: " ")
    return switch range {
    case .below(let form): "(< \(names) \(form.sexpr))"
    case .each(let form): "(in \(names) \(form.sexpr))"
    case .inferred: names
    }
  }

  /// `name < expr`, `names in expr`, or, where allowed, a bare name.
  static func parse(
    _ parser: Parser, allowsBareName: Bool = false, allowsBound: Bool = true
  ) throws(Diagnostic) -> Binder {
    var names = [try parser.identifier("a name that runs")]
    // A bare name may precede in a reduction, so only elsewhere do commas join names.
    while !allowsBareName, parser.current.symbol == .comma {
      parser.advance()
      names.append(try parser.identifier("a name that runs"))
    }
    let start = names[0].span
    let sign = parser.current
    if sign.keyword == .in {
      parser.advance()
      if !allowsBound, parser.current.symbol == .openBrace {
        throw parser.missing("what to run over", after: "`in`")
      }
      let form = try parser.expression(after: "`in`")
      return Binder(
        names: names, range: .each(form), sign: sign.span, span: start.joined(with: form.span))
    }
    if allowsBound, names.count == 1, sign.symbol == .less {
      parser.advance()
      let form = try parser.binary(.range, after: sign)
      return Binder(
        names: names, range: .below(form), sign: sign.span, span: start.joined(with: form.span))
    }
    if allowsBareName { return Binder(names: names, range: .inferred, sign: nil, span: start) }
    if names.count > 1, sign.symbol == .less {
      let texts = names.map(\.text)
      throw parser.trouble(
        "unexpected", "each name needs its own bound", at: sign.span,
        suggestions: [texts.map { "\($0) < n" }.joined(separator: ", ")])
    }
    throw parser.unexpected(
      expecting: allowsBound ? "`in` or `<` after `\(names[0].text)`" : "`in`")
  }

  /// Binders separated by commas.
  static func parseList(
    _ parser: Parser, allowsBareName: Bool = false
  ) throws(Diagnostic) -> [Binder] {
    var binders = [try parse(parser, allowsBareName: allowsBareName)]
    while parser.current.symbol == .comma, !parser.isAtLineEnd {
      parser.advance()
      binders.append(try parse(parser, allowsBareName: allowsBareName))
    }
    return binders
  }

  func space(_ page: inout Page) {
    if let sign { page.spaced(sign) }
  }
}
