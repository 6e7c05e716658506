/// A number right before a name or a bracket: `2π`, `3(r + 1)`, `0.5z`. A product that binds tighter
/// than `*` and `/` and looser than `^`.
package struct CoefficientForm: Form {
  package let number: LiteralForm
  package let operand: any Form

  package var span: Span { number.span.joined(with: operand.span) }
  package var children: [any Form] { [number, operand] }
  package var sexpr: String { list("coefficient", [number.sexpr, operand.sexpr]) }

  /// Whether the parser stands at a number with a name or `(` right behind it.
  static func isNext(_ parser: Parser) -> Bool {
    guard parser.current.isNumber, !parser.next.hasSpaceBefore else { return false }
    return parser.next.name != nil || parser.next.symbol == .openParenthesis
  }

  /// - Parameter sign: the operator on its left; after a division a reader cannot know what is meant.
  static func parse(
    _ parser: Parser, after sign: Token?
  ) throws(Diagnostic) -> CoefficientForm {
    guard let number = LiteralForm.parse(parser) else {
      preconditionFailure("a coefficient begins with a number")
    }
    let left = parser.leftOperandText
    let operand = try parser.power(after: nil)
    let form = CoefficientForm(number: number, operand: operand)
    if let symbol = sign?.symbol { try form.refuse(after: symbol, of: left, parser.source) }
    return form
  }

  private func refuse(
    after symbol: Symbol, of left: String?, _ source: SourceText
  ) throws(Diagnostic) {
    let (factor, rest) = (source.text(in: number.span), source.text(in: operand.span))
    let inner = operand is GroupForm ? String(rest.dropFirst().dropLast()) : rest
    let what: String
    let note: String
    switch symbol {
    case .slash:
      what = "a division"
      let bare = left ?? "a"
      note =
        bare == "1"
        ? "write  1/(\(factor)\(rest))   or   \(operand is GroupForm ? "(\(inner))" : rest)/\(factor)"
        : "write  \(bare)/(\(factor)\(rest))   or   \(bare)/\(factor)*\(rest)"
    case .floorSlash, .percent:
      what = symbol == .percent ? "a remainder" : "an integer division"
      let name = left ?? "a"
      let sign = symbol == .percent ? " % " : "//"
      note = "write  \(name)\(sign)(\(factor)\(rest))   or   (\(name)\(sign)\(factor))*\(rest)"
    case .caret:
      what = "a power"
      let name = left ?? "a"
      note = "write  \(name)^(\(factor)\(rest))   or   \(name)^\(factor)*\(rest)"
    default: return
    }
    throw Diagnostic(
      "ambiguous", "a coefficient after \(what)", labels: [.init(span)], notes: [note],
      source: source)
  }
}

extension CoefficientForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    code.emitOperator(.multiply, number, operand, at: span, to: target)
  }
}
