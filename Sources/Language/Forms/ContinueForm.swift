/// `continue`: goes on with the next turn of the innermost loop.
package struct ContinueForm: Form {
  package let span: Span

  package var children: [any Form] { [] }
  package var sexpr: String { "(continue)" }
}

extension ContinueForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    code.leaveLoop("continue", at: span) { $0.continues.append($1) }
    return code.place(code.function.constant(.none), in: target, at: span)
  }

  package var echoes: Bool { false }
}
