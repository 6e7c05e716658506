/// `break`: leaves the innermost loop.
package struct BreakForm: Form {
  package let span: Span

  package var children: [any Form] { [] }
  package var sexpr: String { "(break)" }
}

extension BreakForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    code.leaveLoop("break", at: span) { $0.breaks.append($1) }
    return code.place(code.function.constant(.none), in: target, at: span)
  }

  package var echoes: Bool { false }
}
