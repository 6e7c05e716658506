/// A name that stands for its value.
package struct NameForm: Form {
  package let text: String
  package let span: Span

  package init(text: String, span: Span) {
    self.text = text
    self.span = span
  }

  /// The name with its place.
  package var identifier: Identifier { Identifier(text: text, span: span) }

  package var children: [any Form] { [] }
  package var sexpr: String { text }
}

extension NameForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    code.load(text, at: span, to: target)
  }
}
