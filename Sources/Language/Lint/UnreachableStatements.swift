/// Statements behind `return`, `break` or `continue`.
enum UnreachableStatements: LintRule {
  static func findings(in program: Program, _ library: Library) -> [Diagnostic] {
    program.lists.compactMap { list in
      let end = list.statements.firstIndex {
        $0.form is ReturnForm || $0.form is BreakForm || $0.form is ContinueForm
      }
      guard let end, end + 1 < list.statements.count else { return nil }
      let word = program.source.text(in: list.statements[end].span).prefix { $0.isLetter }
      return Diagnostic(
        "unreachable", "nothing behind `\(word)` runs",
        labels: [.init(list.statements[end + 1].span)])
    }
  }
}
