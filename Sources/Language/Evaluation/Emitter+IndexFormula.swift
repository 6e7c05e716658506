import Basics

extension Emitter {
  /// Compiles the attempt to work a formula out with whole tensors, when it is one in which indices
  /// only name axes; see `IndexFormula`. The value ends up in `result`, which stays empty where the
  /// loops have to run.
  ///
  /// Returns the jump to take behind the loops, or nil when the formula is not of that kind.
  func emitWhole(
    _ body: any Form, over binders: [Binder], into result: Int32, at span: Span
  ) -> Int? {
    if isInsideWhole { return nil }
    var reader = IndexFormulaReader(self)
    guard let formula = reader.formula(body, over: binders) else { return nil }
    return emit(formula, reader.operands, into: result, at: span)
  }

  /// The same for a reduction that stands alone.
  func emitWhole(_ reduction: ReductionForm, into result: Int32) -> Int? {
    if isInsideWhole { return nil }
    var reader = IndexFormulaReader(self)
    guard let formula = reader.formula(reduction, over: []) else { return nil }
    return emit(formula, reader.operands, into: result, at: reduction.span)
  }

  private func emit(
    _ formula: IndexFormula, _ operands: [any Form], into result: Int32, at span: Span
  ) -> Int {
    let first = function.registers(operands.count + 1)
    let native = FunctionValue(
      .native { operands, call in formula.value(operands, call) }, text: "index formula")
    add(.move, first, function.constant(.function(native)), at: span)
    for (index, operand) in operands.enumerated() { emit(operand, into: first + 1 + Int32(index)) }
    function.callSites.append(
      CallSite(
        callee: "", calleeSpan: span, names: operands.map { _ in nil }, spans: operands.map(\.span))
    )
    add(.call, result, Int32(function.callSites.count - 1), first, at: span)
    function.release(first, count: operands.count + 1)
    return add(.jumpIfSet, result, at: span)
  }
}

/// Reads an `IndexFormula` off the tree.
private struct IndexFormulaReader {
  private let code: Emitter
  /// What is to be evaluated before the formula runs.
  private(set) var operands: [any Form] = []
  private var extents: [IndexFormula.Extent] = []
  /// Whether an index stands between the brackets of a tensor at all.
  private var hasElements = false
  /// The label of each index in scope.
  private var labels: [String: Int] = [:]

  init(_ code: Emitter) { self.code = code }

  mutating func formula(_ body: any Form, over binders: [Binder]) -> IndexFormula? {
    guard let result = bind(binders), let term = term(body), hasElements else { return nil }
    return IndexFormula(term: term, extents: extents, result: result)
  }

  private mutating func bind(_ binders: [Binder]) -> [Int]? {
    var result: [Int] = []
    for binder in binders {
      guard binder.names.count == 1 else { return nil }
      let extent: IndexFormula.Extent
      switch binder.range {
      case .inferred: extent = .inferred
      case .below(let form):
        guard isNumber(form) else { return nil }
        extent = .below(operand(form))
      case .each(let form):
        guard let range = form as? RangeForm, range.children.allSatisfy(isNumber) else {
          return nil
        }
        extent = .range(operand(form))
      }
      labels[binder.names[0].text] = extents.count
      result.append(extents.count)
      extents.append(extent)
    }
    return result
  }

  private mutating func operand(_ form: any Form) -> Int {
    operands.append(form)
    return operands.count - 1
  }

  private mutating func term(_ form: any Form) -> IndexFormula.Term? {
    if isNumber(form) { return .scalar(operand(form)) }
    switch form {
    case let group as GroupForm: return term(group.inner)
    case let index as IndexForm: return element(index)
    case let unary as UnaryForm where unary.sign == .negate:
      return term(unary.operand).map { .negative($0) }
    case let coefficient as CoefficientForm:
      return combined(.multiply, coefficient.number, coefficient.operand)
    case let binary as BinaryForm:
      switch binary.sign {
      case .add: return combined(.add, binary.left, binary.right)
      case .subtract: return combined(.subtract, binary.left, binary.right)
      case .multiply: return combined(.multiply, binary.left, binary.right)
      case .divide: return combined(.divide, binary.left, binary.right)
      case .power: return combined(.power, binary.left, binary.right)
      case .compose, .or, .and, .floorDivide, .remainder, .matrixProduct: return nil
      }
    case let call as CallForm:
      guard let builtin = elementwise(call) else { return nil }
      return term(call.arguments[0].value).map { .applied(builtin, $0) }
    case let reduction as ReductionForm:
      guard reduction.kind == .sum || reduction.kind == .mean else { return nil }
      let outer = labels
      defer { labels = outer }
      guard let own = bind(reduction.binders), let inner = term(reduction.body) else { return nil }
      return reduction.kind == .sum ? .sum(Set(own), inner) : .mean(Set(own), inner)
    default: return nil
    }
  }

  private mutating func combined(
    _ op: ValueOperator, _ left: any Form, _ right: any Form
  ) -> IndexFormula.Term? {
    guard let left = term(left), let right = term(right) else { return nil }
    return .combined(op, left, right)
  }

  private mutating func element(_ index: IndexForm) -> IndexFormula.Term? {
    guard isNumber(index.base) else { return nil }
    let base = operand(index.base)
    var axes: [IndexFormula.Axis] = []
    for item in index.items {
      guard case .at(let form) = item else { return nil }
      if let name = form as? NameForm, let label = labels[name.text] {
        axes.append(.label(label))
        hasElements = true
      } else if isNumber(form) {
        axes.append(.position(operand(form)))
      } else {
        return nil
      }
    }
    return .element(base, axes)
  }

  /// Whether no index is in a form, and working it out once is as good as many times.
  private func isNumber(_ form: any Form) -> Bool {
    switch form {
    case let name as NameForm: return labels[name.text] == nil
    case is LiteralForm: return true
    case is GroupForm, is UnaryForm, is CoefficientForm, is BinaryForm, is FieldForm, is IndexForm:
      return form.children.allSatisfy(isNumber)
    case let call as CallForm:
      return elementwise(call) != nil && isNumber(call.arguments[0].value)
    default: return false
    }
  }

  /// The library's function that a call applies to its only argument, element by element.
  private func elementwise(_ call: CallForm) -> Builtin? {
    guard let name = call.function as? NameForm, call.arguments.count == 1,
      call.arguments[0].name == nil, let builtin = code.builtin(name.text), builtin.isElementwise
    else { return nil }
    return builtin
  }
}
