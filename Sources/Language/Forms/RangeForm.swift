/// `0..5`, `1..=100`, `0..1 step 0.25`.
package struct RangeForm: Form {
  package let lower: any Form
  package let upper: any Form
  /// Whether the end belongs to it (`..=`).
  package let isClosed: Bool
  package let signSpan: Span
  package let step: (any Form)?
  /// Where `step` stands.
  package let stepSpan: Span?

  package var span: Span { lower.span.joined(with: (step ?? upper).span) }
  package var children: [any Form] { [lower, upper] + (step.map { [$0] } ?? []) }
  package var sexpr: String { list(isClosed ? "..=" : "..", children.map(\.sexpr)) }

  /// From `..` on.
  static func parse(
    _ parser: Parser, lower: any Form
  ) throws(Diagnostic) -> RangeForm {
    let sign = parser.advance()
    let upper = try parser.binary(.sum, after: sign)
    var step: (any Form)?
    var stepSpan: Span?
    if parser.current.name == "step", !parser.isAtLineEnd, parser.next.symbol != .assign {
      let token = parser.advance()
      stepSpan = token.span
      step = try parser.binary(.sum, after: token)
    }
    let token = parser.current
    if token.symbol == .range || token.symbol == .closedRange {
      throw parser.trouble(
        "ambiguous", "a range has two ends", at: token.span, suggestions: ["a..b step c"])
    }
    return RangeForm(
      lower: lower, upper: upper, isClosed: sign.symbol == .closedRange, signSpan: sign.span,
      step: step, stepSpan: stepSpan)
  }

  package func space(_ page: inout Page) {
    page.tight(signSpan)
    if let stepSpan { page.spaced(stepSpan) }
  }
}

extension RangeForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    let parts = code.function.registers(3)
    code.emit(lower, into: parts)
    code.emit(upper, into: parts + 1)
    if let step {
      code.emit(step, into: parts + 2)
    } else {
      code.add(.move, parts + 2, code.function.constant(.none), at: span)
    }
    code.function.release(parts, count: 3)
    let result = target ?? code.function.register()
    code.add(.range, result, parts, isClosed ? 1 : 0, at: span)
    return result
  }
}
