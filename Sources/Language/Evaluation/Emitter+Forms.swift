import Basics

/// Pieces that several forms compile alike.
extension Emitter {
  /// Moves a fresh register's value into `target`, if there is one, and frees it.
  func settle(_ register: Int32, in target: Int32?, at span: Span) -> Int32 {
    guard let target else { return register }
    add(.move, target, register, at: span)
    release(register)
    return target
  }

  func emitOperator(
    _ meaning: ValueOperator, _ left: any Form, _ right: any Form, at span: Span, to target: Int32?
  ) -> Int32 {
    let a = emit(left)
    let b = emit(right)
    release(b)
    release(a)
    let result = target ?? function.register()
    add(meaning.opcode, result, a, b, at: span, operands: [left.span, right.span])
    return result
  }

  func emitUnary(_ opcode: Opcode, _ operand: any Form, at span: Span, to target: Int32?) -> Int32 {
    let value = emit(operand)
    release(value)
    let result = target ?? function.register()
    add(opcode, result, value, at: span, operands: [operand.span])
    return result
  }

  /// Compiles forms into consecutive registers and returns the first.
  func emitAll(_ forms: [any Form]) -> Int32 {
    let first = function.registers(forms.count)
    for (index, form) in forms.enumerated() { emit(form, into: first + Int32(index)) }
    return first
  }

  /// A call; what can be known of its arguments is checked now.
  func emitCall(
    _ callee: any Form, _ arguments: [(name: String?, value: any Form)], at span: Span,
    spans given: [Span]? = nil, to target: Int32?
  ) -> Int32 {
    let names = arguments.map(\.name)
    let spans = given ?? arguments.map(\.value.span)
    if let name = callee as? NameForm { check(name, names, spans) }
    let first = function.registers(arguments.count + 1)
    emit(callee, into: first)
    for (index, argument) in arguments.enumerated() {
      emit(argument.value, into: first + 1 + Int32(index))
    }
    function.callSites.append(
      CallSite(
        callee: source.text(in: callee.span), calleeSpan: callee.span, names: names,
        spans: spans, tables: tables(arguments.map(\.value))))
    function.release(first, count: arguments.count + 1)
    let result = target ?? function.register()
    add(.call, result, Int32(function.callSites.count - 1), first, at: span)
    return result
  }

  /// Places of the rows of tables among the arguments: written there, or above under a name.
  private func tables(_ arguments: [any Form]) -> [Int: [Place]] {
    var result: [Int: [Place]] = [:]
    for (index, argument) in arguments.enumerated() {
      let literal = argument as? TensorForm ?? (argument as? NameForm).flatMap { tables[$0.text] }
      guard let literal, literal.rows.count > 1 else { continue }
      result[index] = literal.rows.map { row in
        Place(RowPlace(source: source, entries: row.map(\.span)))
      }
    }
    return result
  }

  /// Names and number of the arguments, where the function is known before running.
  private func check(_ callee: NameForm, _ names: [String?], _ spans: [Span]) {
    if let builtin = builtin(callee.text) {
      if let problem = builtin.complaint(names: names) {
        let place = problem.argument.flatMap { spans.indices.contains($0) ? spans[$0] : nil }
        report(problem, at: place ?? callee.span)
      }
      return
    }
    guard let parameters = definition(callee.text) else { return }
    for (index, name) in names.enumerated() {
      guard let name, !parameters.contains(where: { $0.name == name }) else { continue }
      let known = parameters.map(\.name)
      report(
        "name", "no name `\(name)` in `\(callee.text)(…)`", at: spans[index],
        notes: known.isEmpty
          ? ["it takes no arguments"] : ["it takes: " + known.joined(separator: ", ")],
        suggestions: Spelling.nearest(to: name, in: known).map { ["\($0) = …"] } ?? [])
      return
    }
    let positional = names.count { $0 == nil }
    if positional > parameters.count {
      report(
        "arguments",
        "`\(callee.text)` takes \(parameters.count == 1 ? "1 argument" : "\(parameters.count) arguments"), here are \(names.count)",
        at: spans[parameters.count])
    } else if let open = parameters.enumerated().first(where: { index, parameter in
      !parameter.hasDefault && index >= positional && !names.contains(parameter.name)
    }) {
      report("arguments", "`\(callee.text)` needs `\(open.element.name)`", at: callee.span)
    }
  }

  /// The parameters of the function that a name stands for, where that can be told: at the top
  /// level the nearest definition above, in bodies the only one there is.
  private func definition(_ name: String) -> [ParameterCode]? {
    var scope: Function? = function
    while let current = scope {
      if let own = current.definitions[name] { return own }
      if current.locals[name] != nil { return nil }
      scope = current.parent
    }
    return function.isTopLevel ? definitions[name] : onlyDefinitions[name]
  }

  /// Remembers the parameters of a definition, for checks of its calls.
  func define(_ name: String, _ parameters: [ParameterCode]) { definitions[name] = parameters }

  /// Declares the parameters of the function being compiled, in its first registers, and the
  /// names that its body assigns.
  func declare(_ parameters: [(name: String, hasDefault: Bool)], _ assigned: Set<String>) {
    function.parameters = parameters.map { ParameterCode(name: $0.name, hasDefault: $0.hasDefault) }
    for parameter in parameters { function.locals[parameter.name] = function.register() }
    for name in assigned.sorted() where function.locals[name] == nil {
      function.locals[name] = function.register()
    }
  }

  /// Compiles `body` with the names of a `where` clause.
  @discardableResult
  func emitWhere(_ clause: WhereClause?, _ body: () -> Int32) -> Int32 {
    guard let clause else { return body() }
    return scoped(clause.bindings.map(\.name.text)) { registers in
      for (register, binding) in zip(registers, clause.bindings) {
        emit(binding.value, into: register)
      }
      return body()
    }
  }

  /// Binds the names of a loop to the element at `register`; several names take it apart.
  func emitBinding(_ names: [Identifier], to register: Int32) {
    guard names.count > 1 else {
      bind(names[0].text, to: register, at: names[0].span)
      return
    }
    let parts = function.registers(names.count)
    add(.unpack, parts, register, Int32(names.count), at: names[0].span)
    for (index, name) in names.enumerated() {
      bind(name.text, to: parts + Int32(index), at: name.span)
    }
    function.release(parts, count: names.count)
  }

  // MARK: Loops

  func emitLoopBody(_ body: BlockForm, back start: Int32) {
    function.loops.append(([], []))
    release(emit(body))
    let jump = add(.jumpBack, at: body.span)
    aim(jump, at: start)
  }

  /// Lets `break` lead here and `continue` to the start of the next turn.
  func endLoop(continuing start: Int32) {
    guard let loop = function.loops.popLast() else { return }
    for jump in loop.breaks { land(jump) }
    for jump in loop.continues { aim(jump, at: start) }
  }

  func leaveLoop(
    _ word: String, at span: Span,
    _ note: (inout (breaks: [Int], continues: [Int]), Int) -> Void
  ) {
    guard let last = function.loops.indices.last else {
      report(word, "`\(word)` stands outside of a loop", at: span)
      return
    }
    note(&function.loops[last], add(.jumpBack, at: span))
  }

  /// Nested loops over binders, as comprehensions, reductions and index definitions have them.
  /// `sizes` takes the number of elements of each; `start` runs once the ranges are known.
  func emitLoops(
    _ binders: [Binder], inferringFrom forms: [any Form], sizes: Int32, start: () -> Void,
    body: () -> Void
  ) {
    let ranges = function.registers(binders.count)
    for (index, binder) in binders.enumerated() {
      let register = ranges + Int32(index)
      emitRange(of: binder, inferringFrom: forms, into: register)
      add(.span, sizes + Int32(index), register, at: binder.span)
    }
    start()
    emitLoop(binders[...], ranges, body)
    function.release(ranges, count: binders.count)
  }

  private func emitLoop(_ binders: ArraySlice<Binder>, _ range: Int32, _ body: () -> Void) {
    guard let binder = binders.first else {
      body()
      return
    }
    let state = function.registers(4)
    add(.loopBegin, state, range, at: binder.span)
    let start = position
    scoped(binder.names.map(\.text)) { registers in
      let exit: Int
      if registers.count == 1 {
        exit = add(.loopNext, state, registers[0], at: binder.span)
      } else {
        let element = function.register()
        exit = add(.loopNext, state, element, at: binder.span)
        let parts = function.registers(registers.count)
        add(.unpack, parts, element, Int32(registers.count), at: binder.span)
        for (index, register) in registers.enumerated() {
          add(.move, register, parts + Int32(index), at: binder.span)
        }
        function.release(parts, count: registers.count)
        function.release(element)
      }
      emitLoop(binders.dropFirst(), range + 1, body)
      aim(add(.jumpBack, at: binder.span), at: start)
      land(exit)
    }
    function.release(state, count: 4)
  }

  private func emitRange(of binder: Binder, inferringFrom forms: [any Form], into register: Int32) {
    switch binder.range {
    case .each(let form): emit(form, into: register)
    case .below(let form):
      let parts = function.registers(3)
      add(.move, parts, function.constant(.int(0)), at: binder.span)
      emit(form, into: parts + 1)
      add(.move, parts + 2, function.constant(.none), at: binder.span)
      add(.range, register, parts, 0, at: form.span)
      function.release(parts, count: 3)
    case .inferred:
      let name = binder.names[0].text
      var uses: [(IndexForm, Int)] = []
      for form in forms { collectUses(of: name, in: form, &uses) }
      if uses.isEmpty {
        // `img[clamp(y + dy)]` goes as far as the axis, too.
        for form in forms { collectUses(of: name, in: form, insideClamp: true, &uses) }
      }
      guard let (index, axis) = uses.first else {
        report(
          "index", "how far `\(name)` goes cannot be told from what it indexes", at: binder.span,
          suggestions: ["\(name) < n", "\(name) in a..b"])
        return
      }
      let parts = function.registers(3)
      add(.move, parts, function.constant(.int(0)), at: binder.span)
      emitSize(of: index.base, axis, into: parts + 1, at: index.span)
      for (other, otherAxis) in uses.dropFirst() {
        emitAgreement(name, parts + 1, with: other, otherAxis)
      }
      add(.move, parts + 2, function.constant(.none), at: binder.span)
      add(.range, register, parts, 0, at: binder.span)
      function.release(parts, count: 3)
    }
  }

  /// Where a name alone stands between the brackets of an operand, or in the `clamp(…)` there.
  private func collectUses(
    of name: String, in form: any Form, insideClamp: Bool = false,
    _ uses: inout [(IndexForm, Int)]
  ) {
    if let index = form as? IndexForm, index.base is NameForm {
      for (axis, item) in index.items.enumerated() {
        guard case .at(let form) = item else { continue }
        if insideClamp {
          if let inner = IndexForm.clamped(form, self), inner.mentions(name) {
            uses.append((index, axis))
          }
        } else if (form as? NameForm)?.text == name {
          uses.append((index, axis))
        }
      }
    }
    for child in form.children {
      collectUses(of: name, in: child, insideClamp: insideClamp, &uses)
    }
  }

  private func emitSize(of base: any Form, _ axis: Int, into register: Int32, at span: Span) {
    let operand = emit(base)
    emitSize(of: operand, axis, into: register, source.text(in: base.span), at: span)
    release(operand)
  }

  private func emitSize(
    of operand: Int32, _ axis: Int, into register: Int32, _ text: String, at span: Span
  ) {
    function.names.append("shape")
    add(.field, register, operand, Int32(function.names.count - 1), at: span)
    function.indexSites.append(
      IndexSite(
        items: [.value(function.constant(.int(axis)))], spans: [span], text: text + ".shape"))
    add(.index, register, register, Int32(function.indexSites.count - 1), at: span)
  }

  /// A position kept inside the axis that it indexes.
  func emitClamp(
    _ position: any Form, to axis: Int, of operand: Int32, _ index: IndexForm
  ) -> Int32 {
    guard let clamp = library.value(named: "clamp") else { return emit(position) }
    let first = function.registers(4)
    add(.move, first, function.constant(clamp), at: position.span)
    emit(position, into: first + 1)
    add(.move, first + 2, function.constant(.int(0)), at: position.span)
    emitSize(
      of: operand, axis, into: first + 3, source.text(in: index.base.span), at: index.span)
    add(.subtract, first + 3, first + 3, function.constant(.int(1)), at: position.span)
    function.callSites.append(
      CallSite(
        callee: "clamp", calleeSpan: position.span, names: [nil, nil, nil],
        spans: [position.span, position.span, position.span]))
    add(.call, first, Int32(function.callSites.count - 1), first, at: position.span)
    function.release(first + 1, count: 3)
    return first
  }

  /// Checks that another operand has the same size along the axis that `name` indexes.
  private func emitAgreement(_ name: String, _ size: Int32, with index: IndexForm, _ axis: Int) {
    let pair = function.registers(3)
    emitSize(of: index.base, axis, into: pair, at: index.span)
    add(.equal, pair + 1, pair, size, at: index.span)
    add(
      .move, pair + 2,
      function.constant(.string("the sizes along `\(name)` do not agree")), at: index.span)
    function.assertionSites.append(
      AssertionSite(
        text: name, slug: "shape", message: pair + 2,
        operands: [
          ("axis \(axis) of \(source.text(in: index.base.span))", pair), ("`\(name)` so far", size),
        ]))
    add(.assertion, pair + 1, Int32(function.assertionSites.count - 1), at: index.span)
    function.release(pair, count: 3)
  }
}

extension ValueOperator {
  /// The instruction of the operator.
  var opcode: Opcode {
    guard let opcode = Opcode(rawValue: rawValue + Opcode.add.rawValue) else {
      preconditionFailure("operators and opcodes stand in the same order")
    }
    return opcode
  }
}

extension Form {
  /// Names that the form assigns in the scope where it stands.
  package func collectAssigned(_ names: inout Set<String>) {
    for child in children { child.collectAssigned(&names) }
  }

  /// Whether, as a statement, it shows its value.
  package var echoes: Bool { true }
}
