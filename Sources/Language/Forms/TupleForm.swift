/// `(1, "a")`, `(x,)` or `()`.
package struct TupleForm: Form {
  package let items: [any Form]
  package let span: Span

  package var children: [any Form] { items }
  package var sexpr: String { list("tuple", items.map(\.sexpr)) }
}
