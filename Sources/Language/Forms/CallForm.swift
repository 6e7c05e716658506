/// `f(x, size = 2)`.
package struct CallForm: Form {
  package let function: any Form
  package let arguments: [Argument]
  /// The brackets with what is in them.
  package let argumentsSpan: Span

  package var span: Span { function.span.joined(with: argumentsSpan) }
  package var children: [any Form] { [function] + arguments.map(\.value) }
  package var sexpr: String { list("call", [function.sexpr] + arguments.map(\.sexpr)) }

  /// From `(` on.
  static func parse(_ parser: Parser, function: any Form) throws(Diagnostic) -> CallForm {
    let opening = try parser.open(.openParenthesis, newlines: .ignored)
    let name = (function as? NameForm).map { "`\($0.text)(…)`" } ?? "this call"
    let (arguments, _, end) = try Argument.parseList(parser, closedBy: opening, of: name)
    var seen: [String: Span] = [:]
    for argument in arguments {
      guard let name = argument.name else { continue }
      if let first = seen[name.text] {
        throw Diagnostic(
          "twice", "the argument `\(name.text)` is given twice",
          labels: [.init(first, isPrimary: false), .init(name.span)], source: parser.source)
      }
      seen[name.text] = name.span
    }
    return CallForm(
      function: function, arguments: arguments, argumentsSpan: opening.span.joined(with: end))
  }

  package func space(_ page: inout Page) {
    for argument in arguments { argument.space(&page) }
  }
}

extension CallForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    code.emitCall(
      function, arguments.map { ($0.name?.text, $0.value) }, at: span,
      spans: arguments.map(\.span), to: target)
  }
}
