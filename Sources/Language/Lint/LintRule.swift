/// Looks for one sort of code that runs but is probably not meant.
///
/// A rule complains only of what is wrong nearly always: a warning that is wrong now and then
/// teaches to read over all of them.
protocol LintRule: Sendable {
  /// What it finds in a program that has no errors.
  static func findings(in program: Program, _ library: Library) -> [Diagnostic]
}

/// All rules over one program.
package enum Lint {
  private static let rules: [any LintRule.Type] = [
    UnusedNames.self, OverwrittenValues.self, DroppedValues.self, RealEquality.self,
    DoubleMeanings.self, UnreachableStatements.self, EndlessLoops.self,
  ]

  /// Warnings in the order of the text; none where the program has errors, which come first.
  package static func findings(in source: SourceText, _ library: Library) -> [Diagnostic] {
    let program = Parser.program(in: source)
    guard program.diagnostics.isEmpty else { return [] }
    return rules.flatMap { $0.findings(in: program, library) }
      .map { found in
        var found = found
        found.severity = .warning
        found.source = source
        return found
      }
      .sorted { ($0.span?.start ?? 0) < ($1.span?.start ?? 0) }
  }
}

extension Program {
  /// Every form, outer ones first.
  var forms: [any Form] { statements.flatMap { $0.form.descendants } }

  /// The lists of statements: the program's own and those of its blocks.
  var lists: [StatementList] {
    [StatementList(statements: statements, role: .file, isInFunction: false)]
      + statements.flatMap { $0.form.lists(.plain, isInFunction: false) }
  }
}

/// Statements that stand in a row.
struct StatementList {
  /// What becomes of the value of the last one.
  enum Role {
    /// Every value is shown.
    case file
    /// It is the block's value, which something may use.
    case plain
    /// It is lost: the body of a loop.
    case loop
  }

  let statements: [Statement]
  let role: Role
  /// Whether a function is around them, so that nothing outside reads what they bind.
  let isInFunction: Bool
}

extension Form {
  /// The form and all below it.
  var descendants: [any Form] { [self as any Form] + children.flatMap(\.descendants) }

  fileprivate func lists(_ role: StatementList.Role, isInFunction: Bool) -> [StatementList] {
    func below(_ form: any Form, _ role: StatementList.Role = .plain) -> [StatementList] {
      form.lists(
        role, isInFunction: isInFunction || self is DefinitionForm || self is LambdaForm)
    }
    switch self {
    case let block as BlockForm:
      return [
        StatementList(statements: block.statements, role: role, isInFunction: isInFunction)
      ] + block.statements.flatMap { below($0.form) }
    case let loop as ForForm:
      return loop.binder.children.flatMap { below($0) } + below(loop.body, .loop)
    case let loop as WhileForm: return below(loop.condition) + below(loop.body, .loop)
    default: return children.flatMap { below($0) }
    }
  }

  /// The single name that an assignment with `=` binds.
  var plainTarget: Identifier? {
    guard let assignment = self as? AssignmentForm, assignment.sign == .set,
      assignment.targets.count == 1, case .name(let name) = assignment.targets[0]
    else { return nil }
    return name
  }
}
