import Language

/// Texts to trees: statements in order, forms inside the forms around them, mistakes with places.
enum ParserTarget: FuzzTarget {
  static let grafts = 40

  static func feed(_ bytes: [UInt8]) {
    guard let source = try? SourceText(name: "", bytes: bytes) else { return }
    let program = Parser.program(in: source)
    var end = 0
    for statement in program.statements {
      require(statement.span.start >= end, "statements do not overlap")
      end = statement.span.end
      check(statement.form, within: statement.span)
    }
    require(end <= bytes.count, "statements lie in the text")
    var told: Set<String> = []
    for diagnostic in program.diagnostics {
      require(!diagnostic.labels.isEmpty, "a mistake has a place")
      require(
        told.insert("\(diagnostic.message) \(diagnostic.span.map(\.start) ?? 0)").inserted,
        "a mistake is told once")
    }
    for diagnostic in program.diagnostics.prefix(20) { Rules.check(diagnostic, in: source) }
    require(
      program.missing == nil || !program.diagnostics.isEmpty, "what is missing is told as a mistake"
    )
    require(
      program.statements.isEmpty || !program.sexpr.isEmpty, "a program can be written as a tree")
  }

  private static func check(_ form: any Form, within span: Span) {
    var waiting = [(form, span)]
    while let (form, outer) = waiting.popLast() {
      require(outer.contains(form.span), "a form lies in the form around it")
      waiting += form.children.map { ($0, form.span) }
    }
  }
}
