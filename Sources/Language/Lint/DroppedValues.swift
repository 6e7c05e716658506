/// Values that are worked out in a function or a loop and go nowhere: usually `==` for `=`, or a
/// result that was meant to be the last line.
enum DroppedValues: LintRule {
  static func findings(in program: Program, _ library: Library) -> [Diagnostic] {
    program.lists.flatMap { list -> [Diagnostic] in
      if list.role == .file { return [] }
      let statements = list.role == .loop ? list.statements[...] : list.statements.dropLast()
      return statements.compactMap { statement in
        guard isValueOnly(statement.form) else { return nil }
        var suggestions: [String] = []
        if let comparison = statement.form as? ComparisonForm, comparison.links.count == 1,
          comparison.links[0].sign == .equal, let name = comparison.first as? NameForm
        {
          let right = program.source.text(in: comparison.links[0].right.span)
          suggestions = right.count < 40 ? ["\(name.text) = \(right)"] : []
        }
        return Diagnostic(
          "dropped", "this value is worked out and not used", labels: [.init(statement.span)],
          suggestions: suggestions)
      }
    }
  }

  /// Whether a form does nothing but have a value.
  private static func isValueOnly(_ form: any Form) -> Bool {
    switch form {
    case is LiteralForm, is NameForm, is LambdaForm: true
    case is BinaryForm, is UnaryForm, is CoefficientForm, is ComparisonForm, is GroupForm,
      is TupleForm, is RecordForm, is TensorForm, is IndexForm, is FieldForm, is ModulusForm,
      is RangeForm, is TextForm:
      form.children.allSatisfy(isValueOnly)
    default: false
    }
  }
}
