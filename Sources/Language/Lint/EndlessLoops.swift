/// `while true` without a way out.
enum EndlessLoops: LintRule {
  static func findings(in program: Program, _ library: Library) -> [Diagnostic] {
    program.forms.compactMap { form in
      guard let loop = form as? WhileForm, let literal = loop.condition as? LiteralForm,
        literal.value == .boolean(true), !leaves(loop.body)
      else { return nil }
      return Diagnostic(
        "endless", "this loop never ends", labels: [.init(literal.span)],
        suggestions: ["break  or  return  somewhere in it"])
    }
  }

  /// Whether a `return`, or a `break` of this very loop, stands in the form.
  private static func leaves(_ form: any Form, isInner: Bool = false) -> Bool {
    switch form {
    case is ReturnForm: true
    case is BreakForm: !isInner
    case is ForForm, is WhileForm: form.children.contains { leaves($0, isInner: true) }
    case is LambdaForm, is DefinitionForm: false
    default: form.children.contains { leaves($0, isInner: isInner) }
    }
  }
}
