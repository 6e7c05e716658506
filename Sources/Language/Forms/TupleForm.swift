/// `(1, "a")`, `(x,)` or `()`.
package struct TupleForm: Form {
  package let items: [any Form]
  package let span: Span

  package var children: [any Form] { items }
  package var sexpr: String { list("tuple", items.map(\.sexpr)) }
}

extension TupleForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    let first = code.emitAll(items)
    code.function.release(first, count: items.count)
    let result = target ?? code.function.register()
    code.add(.tuple, result, first, Int32(items.count), at: span)
    return result
  }
}
