/// Values and functions that get another meaning before anything used them.
enum OverwrittenValues: LintRule {
  static func findings(in program: Program, _ library: Library) -> [Diagnostic] {
    // Functions read names around them whenever they are called.
    let everywhere = namesReadLater(in: program.forms)
    return program.lists.flatMap { list in
      let lazy =
        list.isInFunction
        ? namesReadLater(in: list.statements.flatMap(\.form.descendants)) : everywhere
      return list.statements.indices.compactMap { index -> Diagnostic? in
        let form = list.statements[index].form
        guard let name = bound(by: form), !lazy.contains(name.text),
          isOverwritten(name.text, in: list.statements[(index + 1)...])
        else { return nil }
        let what = form is DefinitionForm ? "this definition of" : "this value of"
        return Diagnostic(
          "overwritten", "\(what) `\(name.text)` is replaced before anything uses it",
          labels: [.init(name.span)])
      }
    }
  }

  /// Names that functions among the forms read.
  private static func namesReadLater(in forms: [any Form]) -> Set<String> {
    Set(
      forms.filter { $0 is DefinitionForm || $0 is LambdaForm }
        .flatMap { $0.children.flatMap(\.descendants).compactMap { ($0 as? NameForm)?.text } })
  }

  private static func bound(by form: any Form) -> Identifier? {
    (form as? DefinitionForm)?.name ?? form.plainTarget
  }

  /// Whether the first statement that has to do with the name binds it anew.
  private static func isOverwritten(_ name: String, in rest: ArraySlice<Statement>) -> Bool {
    for statement in rest {
      let form = statement.form
      if bound(by: form)?.text == name {
        return !form.children.contains { $0.mentions(name) }
      }
      var assigned: Set<String> = []
      form.collectAssigned(&assigned)
      if assigned.contains(name) || form.mentions(name) || form.touches(name) { return false }
      if form is ReturnForm || form is BreakForm || form is ContinueForm { return false }
    }
    return false
  }
}

extension Form {
  /// Whether an assignment in the form changes the name or a part of it.
  fileprivate func touches(_ name: String) -> Bool {
    descendants.contains { form in
      (form as? AssignmentForm)?.targets.contains { $0.name.text == name } ?? false
    }
  }
}
