/// Names in functions, behind `where` and of parameters of the file that get a value and are never
/// read. A name that begins with `_` says that this is meant.
enum UnusedNames: LintRule {
  static func findings(in program: Program, _ library: Library) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for form in program.forms {
      switch form {
      case let definition as DefinitionForm:
        found += unused(definition.body, definition.children)
        found += unused(definition.bindings, in: [definition.body])
      case let lambda as LambdaForm: found += unused(lambda.body, lambda.children)
      case let assignment as AssignmentForm:
        let own = assignment.children.dropLast(assignment.bindings?.children.count ?? 0)
        found += unused(assignment.bindings, in: Array(own))
      case let definition as IndexDefinitionForm:
        found += unused(definition.bindings, in: [definition.body])
      default: continue
      }
    }
    let all = program.statements.map(\.form)
    for case let parameter as ParameterForm in all where !isRead(parameter.name.text, in: all) {
      found.append(
        Diagnostic(
          "unused", "the parameter `\(parameter.name.text)` is never used",
          labels: [.init(parameter.name.span)]))
    }
    return found
  }

  /// Names that a function's body assigns and nothing in the function reads.
  private static func unused(_ body: any Form, _ scope: [any Form]) -> [Diagnostic] {
    guard let block = body as? BlockForm else { return [] }
    var found: [Diagnostic] = []
    var seen: Set<String> = []
    for form in block.descendants {
      guard let name = form.plainTarget, !name.text.hasPrefix("_"), !isRead(name.text, in: scope),
        seen.insert(name.text).inserted
      else { continue }
      let isLast = block.statements.last?.form.span == form.span
      found.append(
        Diagnostic(
          "unused", "`\(name.text)` gets a value and is never used", labels: [.init(name.span)],
          notes: isLast ? ["an assignment gives no value back"] : [],
          suggestions: isLast ? ["a last line  \(name.text)"] : []))
    }
    return found
  }

  private static func unused(_ clause: WhereClause?, in body: [any Form]) -> [Diagnostic] {
    guard let clause else { return [] }
    return clause.bindings.enumerated().compactMap { index, binding in
      let readers = body + clause.bindings[(index + 1)...].map(\.value)
      if isRead(binding.name.text, in: readers) || binding.name.text.hasPrefix("_") { return nil }
      return Diagnostic(
        "unused", "`\(binding.name.text)` behind `where` is never used",
        labels: [.init(binding.name.span)])
    }
  }

  /// Whether a name's value is asked for, in other ways than to change it.
  private static func isRead(_ name: String, in forms: [any Form]) -> Bool {
    forms.contains { form in
      if (form as? NameForm)?.text == name { return true }
      return isRead(name, in: form.children)
    }
  }
}
