/// `|x|`.
package struct ModulusForm: Form {
  package let inner: any Form
  package let span: Span

  package var children: [any Form] { [inner] }
  package var sexpr: String { list("modulus", [inner.sexpr]) }

  static func parse(_ parser: Parser) throws(Diagnostic) -> ModulusForm {
    let opening = parser.advance()
    if let second = parser.bar, !parser.current.hasSpaceBefore, parser.isBarPairWithoutOperand {
      throw parser.trouble(
        "missing", "nothing stands between these bars",
        at: opening.span.joined(with: second),
        notes: ["`|x|` is the modulus; `or` is written `or`"])
    }
    parser.modulusDepth += 1
    defer { parser.modulusDepth -= 1 }
    let inner = try parser.expression(after: "`|`")
    guard let end = parser.closeBar() else {
      if parser.isAtLineEnd || parser.current.isEnd || parser.current.symbol?.isCloser == true {
        throw parser.openTrouble(opening.span, what: "this modulus bar")
      }
      throw parser.unexpected(expecting: "`|`")
    }
    return ModulusForm(inner: inner, span: opening.span.joined(with: end))
  }

  package func space(_ page: inout Page) {
    page.tightAfter(Span(start: span.start, end: span.start + 1))
    page.tightBefore(Span(start: span.end - 1, end: span.end))
  }
}

extension ModulusForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    code.emitUnary(.modulus, inner, at: span, to: target)
  }
}
