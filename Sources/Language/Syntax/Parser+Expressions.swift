extension Parser {
  func enter() throws(Diagnostic) {
    nesting += 1
    reached = max(reached, nesting)
    if nesting > Self.deepest { throw tooDeep() }
  }

  func leave() { nesting -= 1 }

  private func tooDeep() -> Diagnostic {
    trouble(
      "deep", "this is nested too deep", at: current.span,
      notes: [
        "\(Self.deepest) brackets in each other are the limit, and \(Self.tallest) operators in a row"
      ], suggestions: ["give parts of it names"])
  }

  /// An expression of any kind.
  ///
  /// - Parameter place: what stands before it, for the message when it is missing.
  func expression(after place: String? = nil) throws(Diagnostic) -> any Form {
    try enter()
    defer { leave() }
    if let place, isOperandMissing { throw missing("a value", after: place) }
    if LambdaForm.isNext(self) { return try LambdaForm.parse(self) }
    return try piped(try binary(.composition, after: nil))
  }

  /// The pipes behind a value. Each takes all on its left; the expression goes on with its result.
  func piped(_ value: any Form) throws(Diagnostic) -> any Form {
    var form = value
    let start = reached
    var height = 0
    while current.symbol == .pipe, mayContinue(startingLine: true), !isClosingBar {
      height += 1
      if start + height > Self.tallest { throw tooDeep() }
      form = try PipeForm.parse(self, value: form)
      form = try continued(form, .composition, height: height)
    }
    reached = max(reached, start + height)
    return form
  }

  /// An expression where a statement with a block asks for a condition.
  func condition(after place: String) throws(Diagnostic) -> any Form {
    if current.symbol == .openBrace { throw missing("a condition", after: place) }
    let form = try expression(after: place)
    if current.symbol == .assign, !isAtLineEnd {
      let sign = current.span
      advance()
      let right = try expression(after: "`=`")
      throw trouble(
        "habit", "`=` assigns, `==` compares", at: sign,
        suggestions: ["\(source.text(in: form.span)) == \(source.text(in: right.span))"])
    }
    return form
  }

  /// Operators of a level and of all tighter ones.
  ///
  /// - Parameter sign: the operator on its left, if there is one.
  func binary(
    _ minimum: Precedence, after sign: Token?
  ) throws(Diagnostic) -> any Form {
    let outer = reached
    reached = nesting
    let left = try unary(after: sign)
    let form = try continued(left, minimum, height: reached - nesting)
    reached = max(reached, outer)
    return form
  }

  /// Goes on with operators behind a left operand.
  ///
  /// - Parameter height: how deep the left operand is; every operator makes the tree deeper.
  private func continued(
    _ first: any Form, _ minimum: Precedence, height: Int
  ) throws(Diagnostic) -> any Form {
    var left = first
    var height = height
    while let infix = try infix(minimum, after: left) {
      let start = position
      let sign = current
      leftOperand = left.span
      let outer = reached
      reached = nesting
      switch infix {
      case .operation(let operation):
        advance()
        let right = try binary(operation.row.precedence.tighter, after: sign)
        left = BinaryForm(left: left, sign: operation, signSpan: sign.span, right: right)
      case .comparison: left = try comparison(left)
      case .range: left = try RangeForm.parse(self, lower: left)
      }
      height = max(height, reached - nesting) + 1
      reached = max(outer, nesting + height)
      if reached > Self.tallest { throw tooDeep() }
      precondition(position > start, "every operator moves on")
    }
    return left
  }

  private func comparison(_ first: any Form) throws(Diagnostic) -> ComparisonForm {
    var links: [ComparisonForm.Link] = []
    while let comparator = Comparator(current), mayContinue(startingLine: true) {
      let sign = advance()
      let right = try binary(.range, after: sign)
      links.append(.init(sign: comparator, signSpan: sign.span, right: right))
    }
    return ComparisonForm(first: first, links: links)
  }

  private enum Infix {
    case operation(BinaryOperator)
    case comparison
    case range
  }

  /// The operator at the position, if it belongs to a level not looser than `minimum`.
  private func infix(
    _ minimum: Precedence, after left: any Form
  ) throws(Diagnostic) -> Infix? {
    if Comparator(current) != nil {
      return minimum <= .comparison && mayContinue(startingLine: true) ? .comparison : nil
    }
    if current.symbol == .range || current.symbol == .closedRange {
      return minimum <= .range && mayContinue(startingLine: false) ? .range : nil
    }
    guard let operation = BinaryOperator(current), operation != .power,
      operation.row.precedence >= minimum
    else { return nil }
    if operation == .subtract { try refuseDoubtfulMinus(after: left) }
    return mayContinue(startingLine: operation.row.mayStartLine) ? .operation(operation) : nil
  }

  /// A minus that could be a sign or a difference is refused.
  private func refuseDoubtfulMinus(after left: any Form) throws(Diagnostic) {
    let operand = source.text(in: next.span)
    if current.startsLine {
      guard newlines == .significant, next.hasSpaceBefore, !next.isEnd else { return }
      throw trouble(
        "ambiguous", "does this line go on with the one before?", at: current.span,
        notes: [
          "to go on, end the line before with `-`",
          "for a line of its own write `-\(operand)` without the space",
        ])
    }
    if newlines == .rows, current.hasSpaceBefore, !next.hasSpaceBefore, !next.isEnd {
      let before = source.text(in: left.span)
      throw trouble(
        "ambiguous", "one column or two?", at: current.span.joined(with: next.span),
        suggestions: ["\(before), -\(operand)", "\(before) - \(operand)"])
    }
  }

  private func unary(after sign: Token?) throws(Diagnostic) -> any Form {
    let token = current
    let form: UnaryForm.Operator
    switch token.kind {
    case .symbol(.minus): form = .negate
    case .symbol(.root): form = .root
    case .keyword(.not): form = .not
    case .symbol(.plus):
      throw trouble(
        "missing", "a `+` needs a value on its left", at: token.span,
        notes: ["a positive number needs no sign"])
    default: return try power(after: sign)
    }
    try enter()
    defer { leave() }
    advance()
    let operand =
      form == .not ? try binary(.comparison, after: nil) : try unary(after: sign)
    return UnaryForm(sign: form, signSpan: token.span, operand: operand)
  }

  /// A coefficient, or an operand with its exponent.
  func power(after sign: Token?) throws(Diagnostic) -> any Form {
    if CoefficientForm.isNext(self) { return try CoefficientForm.parse(self, after: sign) }
    let base = try operand(after: sign)
    guard current.symbol == .caret, mayContinue(startingLine: false) else { return base }
    try enter()
    defer { leave() }
    let caret = advance()
    leftOperand = base.span
    let exponent = try unary(after: caret)
    return BinaryForm(left: base, sign: .power, signSpan: caret.span, right: exponent)
  }

  /// A value with the calls, indices and fields behind it.
  func operand(after sign: Token?) throws(Diagnostic) -> any Form {
    let outer = reached
    reached = nesting
    var form = try primary(after: sign)
    if form is BlockForm || form is IfForm || form is ReductionForm { return form }
    var height = reached - nesting
    while true {
      let start = position
      let inside = reached
      reached = nesting
      switch current.symbol {
      case .openParenthesis where !current.hasSpaceBefore:
        form = try CallForm.parse(self, function: form)
      case .openBracket where !current.hasSpaceBefore:
        form = try IndexForm.parse(self, base: form)
      case .dot where !current.hasSpaceBefore || mayContinueWithField:
        form = try FieldForm.parse(self, base: form)
      default:
        reached = max(outer, inside, nesting + height)
        return form
      }
      height = max(height, reached - nesting) + 1
      if nesting + height > Self.tallest { throw tooDeep() }
      precondition(position > start, "every call, index or field moves on")
    }
  }

  /// Whether a line begins with `.name`, which goes on with the line before.
  private var mayContinueWithField: Bool {
    current.startsLine && mayContinue(startingLine: true) && next.name != nil
      && !next.hasSpaceBefore
  }

  private func primary(after sign: Token?) throws(Diagnostic) -> any Form {
    if isOperandMissing { throw missing("a value", after: nil) }
    if let literal = LiteralForm.parse(self) { return literal }
    if let text = try TextForm.parse(self) { return text }
    let token = current
    switch token.kind {
    case .name(let name):
      if LambdaForm.isNext(self) { throw lambdaInOperand() }
      if ReductionForm.isNext(self) { return try ReductionForm.parse(self) }
      if let habit = habit(ofName: name) { throw habit }
      return NameForm(text: name, span: advance().span)
    case .keyword(.if): return try IfForm.parse(self)
    case .symbol(.openParenthesis):
      if LambdaForm.isNext(self) { throw lambdaInOperand() }
      return try GroupForm.parse(self)
    case .symbol(.openBracket): return try TensorForm.parse(self)
    case .symbol(.openBrace): return try BlockForm.parse(self, after: "")
    case .symbol(.bar): return try ModulusForm.parse(self)
    default: throw unexpected(expecting: "a value")
    }
  }

  private func lambdaInOperand() -> Diagnostic {
    let end = current.symbol == .openParenthesis ? partner ?? position : position
    let names = source.text(in: current.span.joined(with: tokens[end].span))
    return trouble(
      "ambiguous", "a function among operators stands in brackets",
      at: current.span.joined(with: tokens[end + 1].span), suggestions: ["(\(names) -> …)"])
  }
}

extension Parser {
  /// Where the bar at the position stands: `|`, or the first half of `|>` glued to an operand.
  var bar: Span? {
    if current.symbol == .bar { return current.span }
    if current.symbol == .pipe {
      return Span(start: current.span.start, end: current.span.start + 1)
    }
    return nil
  }

  /// Whether the position has `||` with nothing that could stand between the bars.
  var isBarPairWithoutOperand: Bool {
    current.symbol == .pipe || next.isEnd || (next.symbol?.isCloser ?? false)
      || (current.symbol == .bar && modulusDepth == 0 && next.hasSpaceBefore)
  }

  /// Whether `|>` at the position closes a modulus: in `|z|>2` it does, in `|a |> f|` not.
  var isClosingBar: Bool {
    modulusDepth > 0 && current.symbol == .pipe && !current.hasSpaceBefore
  }

  /// Reads a closing bar; what is left of `|>`, `|>=`, `|>>` stays as a sign of its own.
  func closeBar() -> Span? {
    if current.symbol == .bar, mayContinue(startingLine: false) { return advance().span }
    guard isClosingBar else { return nil }
    let start = current.span.start
    var end = current.span.end
    var rest = Symbol.greater
    let isAdjacent = !next.hasSpaceBefore
    if isAdjacent, next.symbol == .assign {
      (rest, end) = (.greaterEqual, next.span.end)
    } else if isAdjacent, next.symbol == .greater {
      (rest, end) = (.compose, next.span.end)
    }
    if rest != .greater { position += 1 }
    tokens[position] = Token(
      kind: .symbol(rest), span: Span(start: start + 1, end: end), startsLine: false,
      hasSpaceBefore: false)
    return Span(start: start, end: start + 1)
  }
}
