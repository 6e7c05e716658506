/// A string, with values filled in: `"loss \(x, digits = 3)"`.
package struct TextForm: Form {
  /// A piece of the string.
  package enum Part: Sendable {
    /// Characters, escapes resolved.
    case characters(String, Span)
    /// `\(value, options)`; the span runs from the backslash to the closing bracket.
    case hole(value: any Form, options: [Argument], span: Span)
  }

  package let parts: [Part]
  package let span: Span

  /// The whole text, when nothing is filled in.
  package var constant: String? {
    var text = ""
    for part in parts {
      guard case .characters(let piece, _) = part else { return nil }
      text += piece
    }
    return text
  }

  package var children: [any Form] {
    parts.flatMap { part -> [any Form] in
      if case .hole(let value, let options, _) = part { [value] + options.map(\.value) } else { [] }
    }
  }

  package var sexpr: String {
    if let constant { return Self.quoted(constant) }
    return list(
      "text",
      parts.map { part in
        switch part {
        case .characters(let text, _): Self.quoted(text)
        case .hole(let value, let options, _): list("hole", [value.sexpr] + options.map(\.sexpr))
        }
      })
  }

  private static func quoted(_ text: String) -> String { text.debugDescription }

  static func parse(_ parser: Parser) throws(Diagnostic) -> TextForm? {
    guard case .text(let pieces) = parser.current.kind else { return nil }
    let span = parser.current.span
    var parts: [Part] = []
    for piece in pieces {
      switch piece {
      case .characters(let text, let span): parts.append(.characters(text, span))
      case .hole(let tokens, let span):
        let inner = parser.reader(of: tokens)
        let (value, options) = try hole(inner, span: span)
        if let first = inner.diagnostics.first { throw first }
        parts.append(.hole(value: value, options: options, span: span))
      }
    }
    parser.advance()
    return TextForm(parts: parts, span: span)
  }

  private static func hole(
    _ parser: Parser, span: Span
  ) throws(Diagnostic) -> (any Form, [Argument]) {
    if parser.current.isEnd {
      throw parser.trouble(
        "missing", "nothing stands in this `\\( )`", at: span, suggestions: ["\\(x)"])
    }
    let value = try parser.expression()
    var options: [Argument] = []
    while parser.current.symbol == .comma {
      parser.advance()
      let option = try Argument.parse(parser)
      if option.name == nil {
        throw parser.trouble(
          "unexpected", "only options follow the value", at: option.span,
          suggestions: ["\\(x, digits = 3)"])
      }
      options.append(option)
    }
    if !parser.current.isEnd { throw parser.unexpected(expecting: "`)`") }
    return (value, options)
  }
}

extension TextForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    if let constant {
      return code.place(code.function.constant(.string(constant)), in: target, at: span)
    }
    let first = code.function.registers(parts.count)
    for (index, part) in parts.enumerated() {
      let register = first + Int32(index)
      switch part {
      case .characters(let text, _):
        code.add(.move, register, code.function.constant(.string(text)), at: span)
      case .hole(let value, let options, let span):
        if options.isEmpty {
          code.emit(value, into: register)
        } else {
          let arguments = [(nil, value)] + options.map { ($0.name?.text, $0.value) }
          _ = code.emitCall(
            NameForm(text: "format", span: span), arguments, at: span, to: register)
        }
      }
    }
    code.function.release(first, count: parts.count)
    let result = target ?? code.function.register()
    code.add(.text, result, first, Int32(parts.count), at: span)
    return result
  }
}
