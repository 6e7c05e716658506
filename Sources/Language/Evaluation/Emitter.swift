import Basics

/// Compiles the tree to code for the register machine and resolves names on the way, so that a
/// misspelt name or argument is reported before anything runs.
package final class Emitter {
  /// The function being compiled.
  package final class Function {
    /// A value taken along from the enclosing function when the closure is made.
    struct Capture {
      let name: String
      let outer: Int32
      let inner: Int32
    }

    let name: String
    let parent: Function?
    /// Whether this is a statement of the file: its assignments bind top-level names.
    let isTopLevel: Bool
    var parameters: [ParameterCode] = []
    var captures: [Capture] = []
    var locals: [String: Int32] = [:]
    /// Names that the body assigns: local from the start, whatever branch sets them.
    var assigned: Set<String> = []
    /// Functions that the body binds once, with their parameters.
    var definitions: [String: [ParameterCode]] = [:]
    var instructions: [Instruction] = []
    var spans: [Span] = []
    var operandSpans: [Int: [Span]] = [:]
    var constants: [Value] = []
    var callSites: [CallSite] = []
    var indexSites: [IndexSite] = []
    var layouts: [TensorLayout] = []
    var shapeSites: [ShapeSite] = []
    var assertionSites: [AssertionSite] = []
    var parameterSites: [ParameterSite] = []
    var names: [String] = []
    var nameLists: [[String]] = []
    var codes: [Code] = []
    /// Jumps of `break` and `continue` in each loop under way.
    var loops: [(breaks: [Int], continues: [Int])] = []
    private var isLive: [Bool] = []
    private(set) var highest: Int32 = 0
    private var constantSlots: [String: Int32] = [:]

    init(name: String, parent: Function?, isTopLevel: Bool) {
      self.name = name
      self.parent = parent
      self.isTopLevel = isTopLevel
    }

    /// A free register above all in use.
    func register() -> Int32 { registers(1) }

    /// The first of `count` consecutive free registers.
    func registers(_ count: Int) -> Int32 {
      let first = Int32(isLive.count)
      isLive.append(contentsOf: repeatElement(true, count: count))
      highest = max(highest, Int32(isLive.count))
      return first
    }

    /// Registers from `first` on are free again, except named ones.
    func release(_ operand: Int32, count: Int = 1) {
      guard operand >= 0 else { return }
      for register in operand..<operand + Int32(count) where Int(register) < isLive.count {
        isLive[Int(register)] = false
      }
      while isLive.last == false { isLive.removeLast() }
    }

    /// The operand of a constant.
    func constant(_ value: Value) -> Int32 {
      let key: String? =
        switch value {
        case .int(let number): "i\(number)"
        case .real(let number): "r\(number.bitPattern)"
        case .bool(let flag): "b\(flag)"
        case .string(let text): "s\(text)"
        default: nil
        }
      if let key, let known = constantSlots[key] { return known }
      constants.append(value)
      let operand = ~Int32(constants.count - 1)
      if let key { constantSlots[key] = operand }
      return operand
    }
  }

  /// Whether loops are compiled that only run where an `IndexFormula` has no value.
  var isInsideWhole = false
  /// The text being compiled: the file, or one that it uses.
  package internal(set) var source: SourceText
  let globals: Runtime.Globals
  let library: Library
  /// Top-level names bound above the statement being compiled, or in the session.
  var known: Set<String>
  /// Every top-level name of the file: what function bodies may use.
  var later: Set<String> = []
  /// Names in statements that could not be read, which may have defined them.
  var excused: Set<String> = []
  /// Definitions of the file whose parameters are known, for checks of their calls.
  var definitions: [String: [ParameterCode]] = [:]
  /// Functions that the file binds once and nowhere else: what bodies call, whenever they run.
  private(set) var onlyDefinitions: [String: [ParameterCode]] = [:]
  /// Top-level names that stand for a table as it was written.
  var tables: [String: TensorForm] = [:]
  /// What is known of shapes at the statement being compiled.
  var shapes: ShapeAnalysis
  package private(set) var diagnostics: [Diagnostic] = []
  private(set) var function: Function

  package init(source: SourceText, globals: Runtime.Globals, library: Library) {
    self.source = source
    self.globals = globals
    self.library = library
    shapes = ShapeAnalysis(library: library)
    known = Set(zip(globals.names, globals.values).filter { !$0.1.isNone }.map(\.0))
    function = Function(name: "", parent: nil, isTopLevel: true)
  }

  // MARK: Trouble

  /// Reports trouble; at most one error a statement is shown.
  func report(
    _ slug: String, _ message: String, at span: Span, notes: [String] = [],
    suggestions: [String] = []
  ) {
    diagnostics.append(
      Diagnostic(
        slug, message, labels: [.init(span)], notes: notes, suggestions: suggestions,
        source: source))
  }

  func report(_ problem: Problem, at span: Span) {
    diagnostics.append(Diagnostic(problem, at: span, source: source))
  }

  // MARK: Instructions

  /// Adds an instruction and returns its position.
  @discardableResult
  func add(
    _ opcode: Opcode, _ a: Int32 = 0, _ b: Int32 = 0, _ c: Int32 = 0, at span: Span,
    operands: [Span] = []
  ) -> Int {
    function.instructions.append(Instruction(opcode: opcode, a: a, b: b, c: c))
    function.spans.append(span)
    if !operands.isEmpty { function.operandSpans[function.instructions.count - 1] = operands }
    return function.instructions.count - 1
  }

  /// Where the next instruction will stand.
  var position: Int32 { Int32(function.instructions.count) }

  /// Lets the jump at `jump` lead to the next instruction.
  func land(_ jump: Int) { function.instructions[jump].c = position }

  /// Lets the jump at `jump` lead to `target`.
  func aim(_ jump: Int, at target: Int32) { function.instructions[jump].c = target }

  /// Moves an operand into `target`, or returns it as it stands.
  func place(_ operand: Int32, in target: Int32?, at span: Span) -> Int32 {
    guard let target else { return operand }
    if operand != target { add(.move, target, operand, at: span) }
    return target
  }

  /// Compiles a form; its value is in the register or constant that is returned.
  @discardableResult
  func emit(_ form: any Form, to target: Int32? = nil) -> Int32 {
    form.emit(self, to: target)
  }

  /// Compiles a form into consecutive registers' next one.
  func emit(_ form: any Form, into register: Int32) {
    _ = form.emit(self, to: register)
  }

  /// Frees an operand unless it is a named register or a constant.
  func release(_ operand: Int32) {
    guard operand >= 0, !function.locals.values.contains(operand) else { return }
    function.release(operand)
  }

  // MARK: Names

  /// The operand that holds a name's value.
  func load(_ name: String, at span: Span, to target: Int32? = nil) -> Int32 {
    if function.locals[name] == nil, isSelf(name) {
      let register = target ?? function.register()
      add(.loadSelf, register, at: span)
      return register
    }
    if let register = local(name, in: function) { return place(register, in: target, at: span) }
    let isInBody = !function.isTopLevel
    if known.contains(name) || (isInBody && later.contains(name)) {
      let register = target ?? function.register()
      add(.loadGlobal, register, Int32(globals.slot(name)), at: span)
      return register
    }
    if let value = library.value(named: name) {
      return place(function.constant(value), in: target, at: span)
    }
    reportUnknown(name, at: span)
    return target ?? function.constant(.none)
  }

  /// The register of a local name, taken along from an enclosing function if need be.
  func local(_ name: String, in function: Function) -> Int32? {
    if let register = function.locals[name] { return register }
    guard let parent = function.parent, let outer = local(name, in: parent) else { return nil }
    let inner = function.registers(1)
    function.captures.append(.init(name: name, outer: outer, inner: inner))
    function.locals[name] = inner
    return inner
  }

  /// Whether the name is a function defined inside another that calls itself.
  private func isSelf(_ name: String) -> Bool {
    !name.isEmpty && function.name == name && !(function.parent?.isTopLevel ?? true)
  }

  /// Binds a name where the program is: a local of the function, or a top-level name.
  func bind(_ name: String, to operand: Int32, at span: Span) {
    if let register = function.locals[name] {
      if operand != register { add(.move, register, operand, at: span) }
    } else if function.isTopLevel {
      add(.storeGlobal, Int32(globals.slot(name)), operand, at: span)
      known.insert(name)
      tables[name] = nil
      definitions[name] = nil
    } else {
      let register = function.register()
      function.locals[name] = register
      add(.move, register, operand, at: span)
    }
  }

  /// Makes a name local to what `body` compiles: binders and `where`.
  func scoped<Result>(_ names: [String], _ body: ([Int32]) -> Result) -> Result {
    let saved = names.map { function.locals[$0] }
    let registers = names.map { _ in function.register() }
    for (name, register) in zip(names, registers) { function.locals[name] = register }
    let result = body(registers)
    for (index, name) in names.enumerated() {
      function.locals[name] = saved[index]
      function.release(registers[index])
    }
    return result
  }

  /// The library's builtin of that name, unless the program gave the name another meaning.
  func builtin(_ name: String) -> Builtin? {
    if hasMeaning(name) { return nil }
    return library.builtin(named: name)
  }

  /// Whether the program itself binds the name where it stands.
  func hasMeaning(_ name: String) -> Bool {
    var scope: Function? = function
    while let current = scope {
      if current.locals[name] != nil { return true }
      scope = current.parent
    }
    return known.contains(name) || (!function.isTopLevel && later.contains(name))
  }

  /// Refuses to give a constant such as `π` another value. A parameter, an index or a name behind
  /// `where` may be called like one: it is a new name in its own place.
  func refuseConstant(_ name: Identifier) {
    guard let constant = library.constant(named: name.text),
      !function.parameters.contains(where: { $0.name == name.text })
    else { return }
    report(
      "constant", "`\(name.text)` is a constant, it keeps its value", at: name.span,
      notes: [constant.text], suggestions: ["\(name.text)_"])
  }

  private func reportUnknown(_ name: String, at span: Span) {
    if excused.contains(name) { return }
    var candidates = library.names + known.sorted()
    var scope: Function? = function
    while let current = scope {
      candidates += current.locals.keys.sorted()
      scope = current.parent
    }
    if later.contains(name) {
      report(
        "name", "`\(name)` is used before it gets a value", at: span,
        notes: ["it is set further down in this \(source.noun)"])
      return
    }
    let line = source.span(ofLine: source.line(of: span.end))
    let rest = source.text(in: Span(start: span.end, end: max(span.end, line.end)))
    report(
      "name", "there is no name `\(name)` here", at: span,
      suggestions: ForeignName.replacement(of: name, rest: rest, library: library)
        ?? Spelling.nearest(to: name, in: candidates).map { [$0] } ?? [])
  }

  /// Notes what a text's statements bind before the first of them is compiled.
  func foresee(_ statements: [Statement]) {
    for statement in statements {
      statement.form.collectAssigned(&later)
      if let invalid = statement.form as? InvalidForm { excused.formUnion(invalid.names) }
    }
    onlyDefinitions.merge(Self.onlyDefinitions(statements)) { _, new in new }
    for name in known.union(excused) { onlyDefinitions[name] = nil }
  }

  /// Forgets functions and tables that a statement binds only perhaps: in a branch or a loop.
  func forgetDoubtful(_ form: any Form) {
    if form is DefinitionForm || form is AssignmentForm { return }
    var names: Set<String> = []
    form.collectAssigned(&names)
    for name in names {
      definitions[name] = nil
      tables[name] = nil
    }
  }

  /// Functions that exactly one of the statements binds.
  static func onlyDefinitions(_ statements: [Statement]) -> [String: [ParameterCode]] {
    var counts: [String: Int] = [:]
    var found: [String: [ParameterCode]] = [:]
    for statement in statements {
      var names: Set<String> = []
      statement.form.collectAssigned(&names)
      for name in names { counts[name, default: 0] += 1 }
      if let definition = statement.form as? DefinitionForm {
        found[definition.name.text] = definition.described
      } else if let assignment = statement.form as? AssignmentForm, assignment.sign == .set,
        assignment.targets.count == 1, case .name(let name) = assignment.targets[0],
        let lambda = assignment.value as? LambdaForm
      {
        found[name.text] = lambda.described
      }
    }
    return found.filter { counts[$0.key] == 1 }
  }

  // MARK: Functions

  /// Compiles the body of a function: `prepare` declares parameters, then emits the body and its
  /// result. Returns the position of its code among the enclosing function's.
  func function(
    named name: String, text: String, assigned: Set<String>, _ prepare: (Function) -> Void
  ) -> Int32 {
    let outer = function
    let inner = Function(name: name, parent: outer, isTopLevel: false)
    function = inner
    inner.assigned = assigned
    prepare(inner)
    function = outer
    outer.codes.append(Code(inner, source: source, text: text))
    return Int32(outer.codes.count - 1)
  }

  /// Compiles one statement of the file.
  package func statement(_ form: any Form) -> Code {
    function = Function(name: "", parent: nil, isTopLevel: true)
    let operand = form.emit(self, to: nil)
    add(.result, 0, operand, at: form.span)
    return Code(function, source: source, text: "")
  }
}
