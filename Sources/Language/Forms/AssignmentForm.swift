/// `x = 1`, `lo, hi = pair`, `B[0] = 9`, `n += 1`.
package struct AssignmentForm: Form {
  /// How the value is combined with what was there.
  package enum Operator: String, CaseIterable, Sendable {
    case set = "="
    case add = "+="
    case subtract = "-="
    case multiply = "*="
    case divide = "/="
  }

  /// What gets the value.
  package enum Target: Sendable {
    case name(Identifier)
    /// `B[0]`: a copy of `B` with the element changed becomes `B`.
    case index(name: Identifier, index: IndexForm)
    /// `cfg.lr`: refused, since `merge` makes the record with the field changed.
    case field(name: Identifier, field: FieldForm)

    /// The name that changes.
    package var name: Identifier {
      switch self {
      case .name(let name), .index(let name, _), .field(let name, _): name
      }
    }

    package var span: Span {
      switch self {
      case .name(let name): name.span
      case .index(_, let index): index.span
      case .field(_, let field): field.span
      }
    }

    package var sexpr: String {
      switch self {
      case .name(let name): name.text
      case .index(_, let index): index.sexpr
      case .field(_, let field): field.sexpr
      }
    }

    fileprivate var children: [any Form] {
      switch self {
      case .name: []
      case .index(_, let index): [index]
      case .field(_, let field): [field]
      }
    }
  }

  /// At least one; more than one take the value apart.
  package let targets: [Target]
  package let sign: Operator
  package let signSpan: Span
  package let value: any Form
  package let bindings: WhereClause?
  package let span: Span

  package var children: [any Form] {
    targets.flatMap(\.children) + [value] + (bindings?.children ?? [])
  }

  package var sexpr: String {
    let target =
      targets.count == 1 ? targets[0].sexpr : list("targets", targets.map(\.sexpr))
    return list(
      sign.rawValue, [target, value.sexpr] + (bindings.map { [$0.sexpr] } ?? []))
  }

  /// The operator at the parser, if it is one.
  static func isNext(_ parser: Parser) -> Operator? {
    guard let symbol = parser.current.symbol else { return nil }
    return Operator(rawValue: symbol.rawValue)
  }

  /// From the sign on; the targets were read as expressions.
  static func parse(
    _ parser: Parser, targets forms: [any Form], sign: Operator
  ) throws(Diagnostic) -> AssignmentForm {
    var targets: [Target] = []
    for form in forms {
      if forms.count == 1, let tuple = form as? TupleForm, !tuple.items.isEmpty {
        for item in tuple.items { targets.append(try target(item, parser)) }
      } else {
        targets.append(try target(form, parser))
      }
    }
    let token = parser.advance()
    if targets.count > 1, sign != .set {
      throw parser.trouble(
        "target", "`\(sign.rawValue)` changes one name at a time", at: token.span)
    }
    let value = try parser.expression(after: "`\(sign.rawValue)`")
    if parser.current.symbol == .comma, !parser.isAtLineEnd {
      let rest = parser.source.text(in: parser.restOfLine(from: value.span.start))
      throw parser.severalValues(
        "\(parser.source.text(in: forms[0].span.joined(with: token.span))) (\(rest))")
    }
    if let second = isNext(parser), !parser.isAtLineEnd {
      throw parser.trouble(
        "unexpected", "one assignment a statement", at: parser.current.span,
        notes: second == .set ? ["`==` compares"] : [])
    }
    let bindings = try WhereClause.parse(parser)
    return AssignmentForm(
      targets: targets, sign: sign, signSpan: token.span, value: value, bindings: bindings,
      span: forms[0].span.joined(with: bindings?.span ?? value.span))
  }

  private static func target(
    _ form: any Form, _ parser: Parser
  ) throws(Diagnostic) -> Target {
    if let name = form as? NameForm { return .name(name.identifier) }
    if let index = form as? IndexForm, let base = index.base as? NameForm {
      return .index(name: base.identifier, index: index)
    }
    if let field = form as? FieldForm, let base = field.base as? NameForm {
      return .field(name: base.identifier, field: field)
    }
    throw parser.trouble(
      "target", "nothing can be assigned to this", at: form.span,
      notes: ["names and elements `B[0]` can be assigned to; `==` compares"])
  }

  package func space(_ page: inout Page) {
    page.aligned(signSpan)
    bindings?.space(&page)
  }
}

extension AssignmentForm.Operator {
  /// What `+=` and its kin do before they assign; nil for `=`.
  var operation: ValueOperator? {
    switch self {
    case .set: nil
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    }
  }
}

extension AssignmentForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    code.emitWhere(bindings) {
      emitAssignment(code)
      return 0
    }
    return code.place(code.function.constant(.none), in: target, at: span)
  }

  package func collectAssigned(_ names: inout Set<String>) {
    for target in targets {
      if case .name(let name) = target { names.insert(name.text) }
    }
    value.collectAssigned(&names)
  }

  package var echoes: Bool { false }

  private func emitAssignment(_ code: Emitter) {
    for case .name(let name) in targets { code.refuseConstant(name) }
    guard targets.count == 1 else {
      let values = code.function.registers(targets.count)
      let operand = code.emit(value)
      code.add(.unpack, values, operand, Int32(targets.count), at: span)
      code.release(operand)
      for (index, target) in targets.enumerated() {
        store(values + Int32(index), in: target, code)
      }
      code.function.release(values, count: targets.count)
      return
    }
    if sign == .set, case .name(let name) = targets[0] {
      // Straight into the variable's register where nothing reads it after the first write.
      let isDirect =
        value is BinaryForm && !isShortcut || value is CallForm || value is LiteralForm
        || value is CoefficientForm
      if isDirect, let register = code.function.locals[name.text] {
        code.emit(value, into: register)
        return
      }
    }
    var operand: Int32
    if let meaning = sign.operation {
      let old = load(code)
      let change = code.emit(value)
      code.release(change)
      code.release(old)
      if case .name(let name) = targets[0], let register = code.function.locals[name.text] {
        code.add(
          meaning.opcode, register, old, change, at: signSpan,
          operands: [targets[0].span, value.span])
        return
      }
      operand = code.function.register()
      code.add(
        meaning.opcode, operand, old, change, at: signSpan,
        operands: [targets[0].span, value.span])
    } else {
      operand = code.emit(value)
    }
    store(operand, in: targets[0], code)
    code.release(operand)
    guard code.function.isTopLevel, bindings == nil else { return }
    switch targets[0] {
    case .name(let name) where sign == .set:
      if let table = value as? TensorForm { code.tables[name.text] = table }
      if let lambda = value as? LambdaForm { code.define(name.text, lambda.described) }
    case .name(let name), .index(let name, _), .field(let name, _): code.tables[name.text] = nil
    }
  }

  private var isShortcut: Bool {
    guard let binary = value as? BinaryForm else { return false }
    return binary.sign == .and || binary.sign == .or
  }

  /// The present value of the target, for `+=` and its kin.
  private func load(_ code: Emitter) -> Int32 {
    switch targets[0] {
    case .name(let name): code.load(name.text, at: name.span)
    case .index(_, let index): code.emit(index)
    case .field(_, let field): code.emit(field)
    }
  }

  private func store(_ operand: Int32, in target: Target, _ code: Emitter) {
    switch target {
    case .name(let name):
      code.bind(name.text, to: operand, at: name.span)
    case .index(let name, let index):
      guard index.base is NameForm else {
        code.report(
          "assign", "only elements of a named tensor can be set", at: index.span,
          suggestions: ["x = \(code.source.text(in: index.base.span))"])
        return
      }
      let (site, operands) = index.emitSite(code) { code.load(name.text, at: name.span) }
      if let register = code.function.locals[name.text] {
        code.add(.setIndex, register, operand, site, at: index.span)
      } else if code.function.isTopLevel, code.known.contains(name.text) {
        code.add(
          .setGlobalIndex, Int32(code.globals.slot(name.text)), operand, site, at: index.span)
      } else if code.hasMeaning(name.text) {
        code.report(
          "assign", "`\(name.text)` belongs to the file; a function cannot change it",
          at: name.span,
          suggestions: ["y = \(name.text)   and set elements of y, then give y back"])
      } else {
        _ = code.load(name.text, at: name.span)
      }
      for operand in operands { code.release(operand) }
    case .field(let name, let field):
      code.report(
        "assign", "fields of `\(name.text)` cannot be set: values do not change", at: field.span,
        suggestions: ["\(name.text) = merge(\(name.text), \(field.name.text) = \(newValue(code)))"])
    }
  }

  /// The value as a suggestion repeats it.
  private func newValue(_ code: Emitter) -> String {
    let text = code.source.text(in: value.span)
    return sign == .set && targets.count == 1 && text.count < 40 ? text : "…"
  }
}
