/// `x = 1`, `lo, hi = pair`, `B[0] = 9`, `n += 1`.
package struct AssignmentForm: Form {
  /// How the value is combined with what was there.
  package enum Operator: String, CaseIterable, Sendable {
    case set = "="
    case add = "+="
    case subtract = "-="
    case multiply = "*="
    case divide = "/="
  }

  /// What gets the value.
  package enum Target: Sendable {
    case name(Identifier)
    /// `B[0]`: a copy of `B` with the element changed becomes `B`.
    case index(name: Identifier, index: IndexForm)
    /// `cfg.lr`: a copy of the record with the field changed.
    case field(name: Identifier, field: FieldForm)

    /// The name that changes.
    package var name: Identifier {
      switch self {
      case .name(let name), .index(let name, _), .field(let name, _): name
      }
    }

    package var span: Span {
      switch self {
      case .name(let name): name.span
      case .index(_, let index): index.span
      case .field(_, let field): field.span
      }
    }

    package var sexpr: String {
      switch self {
      case .name(let name): name.text
      case .index(_, let index): index.sexpr
      case .field(_, let field): field.sexpr
      }
    }

    fileprivate var children: [any Form] {
      switch self {
      case .name: []
      case .index(_, let index): [index]
      case .field(_, let field): [field]
      }
    }
  }

  /// At least one; more than one take the value apart.
  package let targets: [Target]
  package let sign: Operator
  package let signSpan: Span
  package let value: any Form
  package let bindings: WhereClause?
  package let span: Span

  package var children: [any Form] {
    targets.flatMap(\.children) + [value] + (bindings?.children ?? [])
  }

  package var sexpr: String {
    let target =
      targets.count == 1 ? targets[0].sexpr : list("targets", targets.map(\.sexpr))
    return list(
      sign.rawValue, [target, value.sexpr] + (bindings.map { [$0.sexpr] } ?? []))
  }

  /// The operator at the parser, if it is one.
  static func isNext(_ parser: Parser) -> Operator? {
    guard let symbol = parser.current.symbol else { return nil }
    return Operator(rawValue: symbol.rawValue)
  }

  /// From the sign on; the targets were read as expressions.
  static func parse(
    _ parser: inout Parser, targets forms: [any Form], sign: Operator
  ) throws(Diagnostic) -> AssignmentForm {
    var targets: [Target] = []
    for form in forms {
      if forms.count == 1, let tuple = form as? TupleForm, !tuple.items.isEmpty {
        for item in tuple.items { targets.append(try target(item, parser)) }
      } else {
        targets.append(try target(form, parser))
      }
    }
    let token = parser.advance()
    if targets.count > 1, sign != .set {
      throw parser.trouble(
        "target", "`\(sign.rawValue)` changes one name at a time", at: token.span)
    }
    let value = try parser.expression(after: "`\(sign.rawValue)`")
    if parser.current.symbol == .comma, !parser.isAtLineEnd {
      let rest = parser.source.text(in: parser.restOfLine(from: value.span.start))
      throw parser.trouble(
        "unexpected", "several values stand in brackets", at: parser.current.span,
        suggestions: ["\(parser.source.text(in: forms[0].span.joined(with: token.span))) (\(rest))"]
      )
    }
    if let second = isNext(parser), !parser.isAtLineEnd {
      throw parser.trouble(
        "unexpected", "one assignment a statement", at: parser.current.span,
        notes: second == .set ? ["`==` compares"] : [])
    }
    let bindings = try WhereClause.parse(&parser)
    return AssignmentForm(
      targets: targets, sign: sign, signSpan: token.span, value: value, bindings: bindings,
      span: forms[0].span.joined(with: bindings?.span ?? value.span))
  }

  private static func target(
    _ form: any Form, _ parser: Parser
  ) throws(Diagnostic) -> Target {
    if let name = form as? NameForm { return .name(name.identifier) }
    if let index = form as? IndexForm, let base = index.base as? NameForm {
      return .index(name: base.identifier, index: index)
    }
    if let field = form as? FieldForm, let base = field.base as? NameForm {
      return .field(name: base.identifier, field: field)
    }
    var suggestions: [String] = []
    if form is ComparisonForm || form is LiteralForm { suggestions = ["==  compares"] }
    if let call = form as? CallForm {
      suggestions = ["\(parser.source.text(in: call.span)) == …  compares"]
    }
    throw parser.trouble(
      "target", "nothing can be assigned to this", at: form.span,
      notes: ["names, elements `B[0]` and fields `cfg.lr` can be assigned to"],
      suggestions: suggestions)
  }

  package func space(_ page: inout Page) {
    page.spaced(signSpan)
    bindings?.space(&page)
  }
}
