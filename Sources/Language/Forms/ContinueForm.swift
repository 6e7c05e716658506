/// `continue`: goes on with the next turn of the innermost loop.
package struct ContinueForm: Form {
  package let span: Span

  package var children: [any Form] { [] }
  package var sexpr: String { "(continue)" }
}
