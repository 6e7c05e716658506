/// `break`: leaves the innermost loop.
package struct BreakForm: Form {
  package let span: Span

  package var children: [any Form] { [] }
  package var sexpr: String { "(break)" }
}
