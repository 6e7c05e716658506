import Basics
import Tensors

/// Finds operations whose shapes cannot fit, before anything runs.
///
/// Only what surely runs is looked at: the statements of the file one after the other, and the
/// bodies of functions that they call, as long as no branch or loop is in between. Whatever cannot
/// be told is unknown and complains of nothing, so that a complaint is always right.
struct ShapeAnalysis {
  /// What is known of a value.
  enum Fact: Equatable {
    case int(Int)
    /// A number that is not a tensor.
    case number
    case tensor([Int], AxisSet)
  }

  /// What can be seen where an expression stands.
  private struct Scope {
    var facts: [String: Fact] = [:]
    var functions: [String: (form: DefinitionForm, source: SourceText)] = [:]
    /// Names that are bound here, whatever to.
    var bound: Set<String> = []

    mutating func set(_ name: String, _ fact: Fact?) {
      bound.insert(name)
      facts[name] = fact
      functions[name] = nil
    }
  }

  private struct Trouble: Error {
    var problem: Problem
    /// Operands and sign of the operation, when it is one.
    var operands: [Span] = []
    var sign = ","
    let span: Span
    let source: SourceText
    var frames: [Diagnostic.Frame] = []
  }

  private let library: Library
  /// The text that is looked at.
  private var source = SourceText(text: "")
  /// The file's scope, and that of the function that is looked through.
  private var scopes = [Scope()]
  private var depth = 0
  /// Calls that were looked through for the statement at hand.
  private var calls = 0

  init(library: Library) { self.library = library }

  /// What is wrong with a statement of the file, which all above it have passed.
  mutating func complaint(about form: any Form, in source: SourceText) -> Diagnostic? {
    self.source = source
    calls = 0
    do {
      _ = try statement(form)
      return nil
    } catch {
      forget(form)
      guard let trouble = error as? Trouble else { return nil }
      var diagnostic = Diagnosis.diagnostic(
        trouble.problem, operands: trouble.operands, sign: trouble.sign, at: trouble.span,
        source: trouble.source)
      diagnostic.frames = trouble.frames
      return diagnostic
    }
  }

  private func trouble(
    _ problem: Problem, operands: [Span] = [], sign: String = ",", at span: Span
  ) -> Trouble {
    Trouble(problem: problem, operands: operands, sign: sign, span: span, source: source)
  }

  // MARK: Statements

  /// Goes through a statement; false where what follows may not run.
  private mutating func statement(_ form: any Form) throws -> Bool {
    switch form {
    case let assignment as AssignmentForm: try assign(assignment)
    case let definition as DefinitionForm:
      set(definition.name.text, nil)
      scopes[scopes.count - 1].functions[definition.name.text] = (definition, source)
    case let definition as IndexDefinitionForm: set(definition.name.text, nil)
    case let assertion as AssertionForm:
      _ = try fact(assertion.condition)
    case let loop as ForForm:
      let runs = try surelyRuns(loop)
      for name in loop.binder.names { set(name.text, nil) }
      // The first turn finds everything as it is now.
      for statement in loop.body.statements where runs {
        if try !self.statement(statement.form) { break }
      }
      forget(form)
      return !form.mayReturn
    default:
      forget(form)
      for name in (form as? InvalidForm)?.names ?? [] { set(name, nil) }
      if form is ReturnForm || form.mayReturn { return false }
      _ = try fact(form)
    }
    return true
  }

  /// Whether a loop goes over a range that has elements.
  private mutating func surelyRuns(_ loop: ForForm) throws -> Bool {
    guard let range = loop.sequence as? RangeForm, range.step == nil,
      case .int(let lower)? = try fact(range.lower), case .int(let upper)? = try fact(range.upper)
    else { return false }
    return lower < upper
  }

  private mutating func set(_ name: String, _ fact: Fact?) {
    scopes[scopes.count - 1].set(name, fact)
  }

  /// Nothing is known any more of the names that a form may bind.
  private mutating func forget(_ form: any Form) {
    var names: Set<String> = []
    form.collectAssigned(&names)
    for name in names { set(name, nil) }
  }

  private mutating func assign(_ form: AssignmentForm) throws {
    forget(form.value)
    let saved = scopes
    for binding in form.bindings?.bindings ?? [] {
      set(binding.name.text, try fact(binding.value))
    }
    let value = try fact(form.value)
    let names = Set(form.bindings?.bindings.map(\.name.text) ?? [])
    if !names.isEmpty { scopes = saved }
    guard form.targets.count == 1 else {
      for target in form.targets { set(target.name.text, nil) }
      return
    }
    switch form.targets[0] {
    case .field: return
    case .index(_, let index):
      for item in index.items.flatMap(\.children) { _ = try fact(item) }
    case .name(let name):
      guard let op = form.sign.operation else {
        set(name.text, value)
        return
      }
      let old = known(name.text)
      let sum = try combined(
        op, old, value, [name.span, form.value.span], sign: op.sign, at: form.signSpan)
      set(name.text, sum)
    }
  }

  // MARK: Expressions

  private func known(_ name: String) -> Fact? {
    for scope in scopes.reversed() where scope.bound.contains(name) { return scope.facts[name] }
    switch library.constant(named: name)?.value {
    case .int(let number): return .int(number)
    case .real: return .number
    default: return nil
    }
  }

  /// What is known of an expression's value.
  private mutating func fact(_ form: any Form) throws -> Fact? {
    switch form {
    case let literal as LiteralForm:
      if case .integer(let number) = literal.value { return .int(number) }
      return .number
    case let name as NameForm: return known(name.text)
    case let group as GroupForm: return try fact(group.inner)
    case let tensor as TensorForm: return try literal(tensor)
    case let unary as UnaryForm:
      let inner = try fact(unary.operand)
      if unary.sign == .negate, case .int(let n)? = inner, n != .min { return .int(-n) }
      if case .tensor? = inner { return inner }
      return inner == nil ? nil : .number
    case let modulus as ModulusForm:
      let inner = try fact(modulus.inner)
      if case .tensor? = inner { return inner }
      return inner == nil ? nil : .number
    case let coefficient as CoefficientForm:
      let (left, right) = (try fact(coefficient.number), try fact(coefficient.operand))
      return try combined(
        .multiply, left, right, [coefficient.number.span, coefficient.operand.span], sign: "*",
        at: coefficient.span)
    case let binary as BinaryForm: return try self.binary(binary)
    case let comparison as ComparisonForm:
      let first = try fact(comparison.first)
      guard let link = comparison.links.first, let op = ValueOperator(sign: link.sign.rawValue)
      else { return nil }
      let second = try fact(link.right)
      let result = try combined(
        op, first, second, [comparison.first.span, link.right.span], sign: op.sign,
        at: link.signSpan)
      return comparison.links.count == 1 ? result : nil
    case let field as FieldForm: return try self.field(field)
    case let index as IndexForm: return try element(index)
    case let call as CallForm:
      return try self.call(
        call.function, call.arguments.map { ($0.name?.text, $0.value) }, at: call.span)
    case let pipe as PipeForm:
      if let call = pipe.function as? CallForm {
        let arguments = [(nil, pipe.value)] + call.arguments.map { ($0.name?.text, $0.value) }
        return try self.call(call.function, arguments, at: call.span)
      }
      return try call(pipe.function, [(nil, pipe.value)], at: pipe.function.span)
    case is TupleForm, is RecordForm, is RangeForm:
      for child in form.children { _ = try fact(child) }
      return nil
    default: return nil
    }
  }

  private mutating func binary(_ form: BinaryForm) throws -> Fact? {
    let left = try fact(form.left)
    // What stands behind `and` and `or` may never run.
    if form.sign == .and || form.sign == .or { return nil }
    let right = try fact(form.right)
    guard let op = ValueOperator(sign: form.sign.rawValue) else { return nil }
    return try combined(
      op, left, right, [form.left.span, form.right.span], sign: op.sign, at: form.signSpan)
  }

  private func combined(
    _ op: ValueOperator, _ left: Fact?, _ right: Fact?, _ operands: [Span], sign: String,
    at span: Span
  ) throws -> Fact? {
    guard let left, let right, op != .compose else { return nil }
    do {
      switch (left, right) {
      case (.int(let a), .int(let b)):
        switch op {
        case .add, .subtract, .multiply, .floorDivide, .remainder, .power:
          guard let result = try? Operators.integers(op, a, b) else { return nil }
          if case .int(let n) = result { return .int(n) }
          return .number
        default: return .number
        }
      case (.tensor(let a, let aAxes), .tensor(let b, let bAxes)):
        if op == .matrixProduct {
          return .tensor(try MatrixProduct.shape(of: a, times: b), AxisSet())
        }
        let meeting = try Stretching(a, aAxes, b, bAxes)
        return .tensor(meeting.shape, meeting.stretchable)
      case (.tensor, _) where op != .matrixProduct: return left
      case (_, .tensor) where op != .matrixProduct: return right
      case (.tensor, _), (_, .tensor): return nil
      default: return .number
      }
    } catch let problem as Problem {
      throw trouble(problem, operands: operands, sign: sign, at: span)
    }
  }

  private mutating func literal(_ form: TensorForm) throws -> Fact? {
    let facts = try form.rows.map { try $0.map { try fact($0) } }
    guard let width = form.rows.first?.count else { return .tensor([0], AxisSet()) }
    guard facts.allSatisfy({ $0.count == width }) else { return nil }
    var inner: [Int]?
    for fact in facts.joined() {
      let shape: [Int]
      switch fact {
      case .int, .number: shape = []
      case .tensor(let own, _): shape = own
      case nil: return nil
      }
      guard inner == nil || inner == shape else { return nil }
      inner = shape
    }
    return .tensor(
      (form.rows.count > 1 ? [form.rows.count] : []) + [width] + (inner ?? []), AxisSet())
  }

  private mutating func field(_ form: FieldForm) throws -> Fact? {
    guard case .tensor(var shape, _)? = try fact(form.base) else { return nil }
    switch form.name.text {
    case "T":
      if shape.count > 1 { shape.swapAt(shape.count - 1, shape.count - 2) }
      return .tensor(shape, AxisSet())
    case "size": return .int(shape.reduce(1, *))
    case "rank": return .int(shape.count)
    default: return nil
    }
  }

  private mutating func element(_ form: IndexForm) throws -> Fact? {
    let items = try form.items.map { try $0.children.map { try fact($0) } }
    // `x.shape[0]`.
    if let field = form.base as? FieldForm, field.name.text == "shape", items.count == 1,
      case .at = form.items[0], case .int(let axis)?? = items[0].first,
      case .tensor(let shape, _)? = try fact(field.base), shape.indices.contains(axis)
    {
      return .int(shape[axis])
    }
    guard case .tensor(let shape, let stretchable)? = try fact(form.base) else { return nil }
    var (result, axes) = ([Int](), AxisSet())
    var axis = 0
    for (item, facts) in zip(form.items, items) {
      switch item {
      case .new:
        axes.insert(result.count)
        result.append(1)
        continue
      case .at:
        guard case .int(let index)?? = facts.first, axis < shape.count,
          (-shape[axis]..<shape[axis]).contains(index)
        else { return nil }
      case .slice(let lower, let upper, let step, _):
        var bounds: [Int?] = []
        var rest = facts[...]
        for part in [lower, upper, step] {
          guard part != nil else {
            bounds.append(nil)
            continue
          }
          guard case .int(let bound)?? = rest.popFirst() else { return nil }
          bounds.append(bound)
        }
        guard axis < shape.count, shape[axis] < 1 << 20,
          let places = try? Indexing.slice(bounds[0], bounds[1], bounds[2], shape[axis])
        else { return nil }
        if places.count == 1, shape[axis] == 1, stretchable.contains(axis) {
          axes.insert(result.count)
        }
        result.append(places.count)
      }
      axis += 1
    }
    for rest in axis..<max(axis, shape.count) {
      if shape[rest] == 1, stretchable.contains(rest) { axes.insert(result.count) }
      result.append(shape[rest])
    }
    return result.isEmpty ? .number : .tensor(result, axes)
  }

  // MARK: Calls

  private mutating func call(
    _ callee: any Form, _ arguments: [(name: String?, value: any Form)], at span: Span
  ) throws -> Fact? {
    let facts = try arguments.map { try fact($0.value) }
    guard let name = callee as? NameForm else { return nil }
    if let place = scopes.lastIndex(where: { $0.bound.contains(name.text) }) {
      // A function inside another sees that one's names, which are not kept for it.
      guard place == 0, let definition = scopes[0].functions[name.text] else { return nil }
      return try call(definition, arguments.map(\.name), facts, at: span)
    }
    guard let builtin = library.builtin(named: name.text) else { return nil }
    guard let rule = builtin.rule else { return nil }
    let positional = zip(arguments, facts).filter { $0.0.name == nil }.map(\.1)
    return shape(rule, positional)
  }

  private func shape(_ rule: ShapeRule, _ facts: [Fact?]) -> Fact? {
    func sizes(_ facts: ArraySlice<Fact?>) -> [Int]? {
      let sizes = facts.compactMap { fact -> Int? in
        if case .int(let n)? = fact { n } else { nil }
      }
      return sizes.count == facts.count && !sizes.isEmpty ? sizes : nil
    }
    func tensor(_ shape: [Int]) -> Fact? {
      let count = shape.reduce(1.0) { $0 * Double($1) }
      return shape.allSatisfy { $0 >= 0 } && count < 1e15 ? .tensor(shape, AxisSet()) : nil
    }
    switch rule {
    case .same:
      guard facts.count == 1, let only = facts[0] else { return nil }
      if case .int = only { return .number }
      return only
    case .sizes: return sizes(facts[...]).flatMap(tensor)
    case .square: return facts.count == 1 ? sizes(facts[...]).flatMap { tensor($0 + $0) } : nil
    case .count(let argument):
      guard facts.indices.contains(argument) else { return nil }
      return sizes(facts[argument...argument]).flatMap(tensor)
    case .reshaped:
      guard case .tensor(let old, _)?? = facts.first, var new = sizes(facts.dropFirst()) else {
        return nil
      }
      let count = old.reduce(1, *)
      let known = new.filter { $0 != -1 }.reduce(1.0) { $0 * Double($1) }
      if let open = new.firstIndex(of: -1), known > 0, known <= Double(count) {
        new[open] = count / Int(known)
      }
      guard new.reduce(1.0, { $0 * Double($1) }) == Double(count) else { return nil }
      return tensor(new)
    }
  }

  /// Goes through the body of a function with what is known of the arguments.
  private mutating func call(
    _ function: (form: DefinitionForm, source: SourceText), _ names: [String?], _ facts: [Fact?],
    at span: Span
  ) throws -> Fact? {
    // Functions that call each other many times over are looked through only so far.
    guard depth < 8, calls < 200 else { return nil }
    calls += 1
    let definition = function.form
    var scope = Scope()
    for parameter in definition.parameters { scope.set(parameter.name.text, nil) }
    var position = 0
    for (name, fact) in zip(names, facts) {
      if let name {
        scope.set(name, fact)
      } else if position < definition.parameters.count {
        scope.set(definition.parameters[position].name.text, fact)
        position += 1
      }
    }
    let given = scope.facts
    for parameter in definition.parameters {
      guard let shape = parameter.shape else { continue }
      for case .name(let name) in shape where !scope.bound.contains(name.text) {
        scope.set(name.text, nil)
      }
      guard case .tensor(let own, _)? = given[parameter.name.text] else { continue }
      try bind(parameter, shape, own, &scope, at: span)
    }
    let (saved, caller) = (scopes, source)
    depth += 1
    scopes = [scopes[0], scope]
    source = function.source
    defer {
      scopes = saved
      source = caller
      depth -= 1
    }
    do {
      for binding in definition.bindings?.bindings ?? [] {
        set(binding.name.text, try fact(binding.value))
      }
      guard let block = definition.body as? BlockForm else { return try fact(definition.body) }
      for statement in block.statements.dropLast() where try !self.statement(statement.form) {
        return nil
      }
      guard let last = block.statements.last?.form else { return nil }
      if last.echoes, !last.mayReturn, !(last is ReturnForm) { return try fact(last) }
      _ = try statement(last)
      return nil
    } catch var trouble as Trouble {
      trouble.frames.append(.init(name: definition.name.text, source: caller, span: span))
      throw trouble
    }
  }

  /// Checks an argument against the shape in the signature.
  private func bind(
    _ parameter: DefinitionForm.Parameter, _ shape: [DefinitionForm.Dimension], _ own: [Int],
    _ scope: inout Scope, at span: Span
  ) throws {
    let names = shape.map(\.sexpr)
    guard own.count == shape.count else {
      throw trouble(
        Problem(
          "shape",
          "`\(parameter.name.text)` must be a tensor of shape [\(names.joined(separator: ", "))], "
            + "not \(own)"), at: span)
    }
    for (dimension, size) in zip(shape, own) {
      let known: Int?
      switch dimension {
      case .size(let written, _): known = written
      case .name(let name):
        if case .int(let size)? = scope.facts[name.text] { known = size } else { known = nil }
        if known == nil { scope.set(name.text, .int(size)) }
      }
      if let known, known != size {
        throw trouble(
          Collections.misfit(parameter.name.text, own, names, dimension.sexpr, known, size),
          at: span)
      }
    }
  }
}

extension Form {
  /// Whether a `return` stands somewhere in the form, so that what follows it may not run.
  fileprivate var mayReturn: Bool {
    if self is LambdaForm || self is DefinitionForm { return false }
    return self is ReturnForm || self is BreakForm || self is ContinueForm
      || children.contains { $0.mayReturn }
  }
}
