/// A name of the library that the file first calls and then binds: from there on it means something
/// else, also in functions above that call it.
enum DoubleMeanings: LintRule {
  static func findings(in program: Program, _ library: Library) -> [Diagnostic] {
    var called: Set<String> = []
    var found: [Diagnostic] = []
    for statement in program.statements {
      let form = statement.form
      for case let call as CallForm in form.descendants {
        if let name = call.function as? NameForm, library.builtin(named: name.text) != nil {
          called.insert(name.text)
        }
      }
      let name = (form as? DefinitionForm)?.name ?? form.plainTarget
      guard let name, called.remove(name.text) != nil else { continue }
      found.append(
        Diagnostic(
          "shadow", "`\(name.text)` is a function of the library that this file calls",
          labels: [.init(name.span)], notes: ["from here on the name means something else"],
          suggestions: ["\(name.text)_"]))
    }
    return found
  }
}
