/// Reads tokens into forms. This file is the cursor, the statements and the levels of operators;
/// each form reads itself.
///
/// A mistake throws its diagnostic up to the statement it stands in; the statement reports it,
/// leaves an `InvalidForm` and the reading goes on behind it. The parser is a class, so that the
/// many frames of a deep text hold no copies of it.
package final class Parser {
  /// What a line end means where the parser stands.
  enum Newlines {
    /// It ends a statement.
    case significant
    /// Inside brackets: nothing.
    case ignored
    /// Directly inside a tensor: it ends a row.
    case rows
  }

  /// An open bracket, and what to go back to when it closes.
  struct Opening {
    let span: Span
    /// Position of the closing bracket.
    let end: Int
    fileprivate let outerNewlines: Newlines
    fileprivate let outerModulusDepth: Int
  }

  /// How many brackets and signs may stand in each other, which is what the stack has to hold.
  static let deepest = 250
  /// How tall a tree may be; long chains of operators make it tall without brackets.
  static let tallest = 500

  let source: SourceText
  private(set) var tokens: [Token]
  private(set) var position = 0
  private(set) var newlines = Newlines.significant
  /// How many bars are open since the innermost bracket.
  var modulusDepth = 0
  private(set) var diagnostics: [Diagnostic] = []
  /// What is missing where the text ends too early.
  var missingAtEnd: String?

  /// For each bracket the position of its other half; see `Partner`.
  private var partners: [Partner]
  /// How many forms stand around the position.
  private var nesting: Int
  /// The deepest level that the form being read has reached, counted like `nesting`.
  private var reached = 0
  /// Where the innermost statement begins.
  private(set) var statementStart = 0
  /// What stands on the left of the operator that was read last.
  private var leftOperand: Span?

  init(_ source: SourceText, tokens: [Token], nesting: Int = 0) {
    self.source = source
    self.tokens = tokens
    self.nesting = nesting
    partners = Partner.all(of: tokens)
  }

  /// The program in a text.
  package static func program(in source: SourceText) -> Program {
    let (tokens, comments) = Lexer.tokens(of: source)
    let parser = Parser(source, tokens: tokens)
    let statements = parser.statements(until: nil)
    let isIncomplete =
      parser.missingAtEnd != nil && parser.diagnostics.count == parser.troublesAtEnd
    return Program(
      source: source, statements: statements, diagnostics: parser.diagnostics, comments: comments,
      missing: isIncomplete ? parser.missingAtEnd : nil)
  }

  /// How many of the diagnostics only say that the text ends too early.
  private var troublesAtEnd = 0
}

/// What a bracket's other half is.
enum Partner {
  case none
  case at(Int)
  /// The text ends before the bracket closes.
  case missing
  /// A closing bracket of another kind comes first, at this position.
  case displaced(by: Int)

  static func all(of tokens: [Token]) -> [Partner] {
    var partners = [Partner](repeating: .none, count: tokens.count)
    var open: [(position: Int, closer: Symbol)] = []
    var misfits: [Int: Int] = [:]
    for (position, token) in tokens.enumerated() {
      guard let symbol = token.symbol else { continue }
      if let closer = symbol.closer { open.append((position, closer)) }
      guard symbol.isCloser else { continue }
      if let match = open.lastIndex(where: { $0.closer == symbol }) {
        for passed in open[(match + 1)...] { partners[passed.position] = .displaced(by: position) }
        partners[open[match].position] = .at(position)
        partners[position] = .at(open[match].position)
        open.removeSubrange(match...)
      } else if let innermost = open.last {
        misfits[innermost.position] = misfits[innermost.position] ?? position
      }
    }
    for bracket in open {
      partners[bracket.position] = misfits[bracket.position].map { .displaced(by: $0) } ?? .missing
    }
    return partners
  }
}

// MARK: Cursor

extension Parser {
  var current: Token { tokens[position] }
  var next: Token { tokens[min(position + 1, tokens.count - 1)] }
  /// The token before the current one.
  var previous: Token? { position > 0 ? tokens[position - 1] : nil }

  /// Moves on; returns what was passed. Never passes the end.
  @discardableResult func advance() -> Token {
    let token = tokens[position]
    if position < tokens.count - 1 { position += 1 }
    return token
  }

  /// Position of the other half of the bracket at the current position.
  var partner: Int? { partner(at: position) }

  func partner(at position: Int) -> Int? {
    if case .at(let other) = partners[position] { other } else { nil }
  }

  /// Whether the current token begins a line that matters, or nothing follows.
  var isAtLineEnd: Bool { current.isEnd || (current.startsLine && newlines != .ignored) }

  /// Whether a statement may end before the current token.
  var isAtStatementEnd: Bool {
    isAtLineEnd || current.symbol == .semicolon || (current.symbol == .closeBrace && partner != nil)
  }

  /// Whether the current token can go on with the form before it.
  func mayContinue(startingLine: Bool) -> Bool {
    !current.startsLine || newlines == .ignored || (startingLine && newlines == .significant)
  }

  func expect(_ symbol: Symbol, in what: String) throws(Diagnostic) {
    guard current.symbol == symbol else {
      throw unexpected(expecting: "`\(symbol.rawValue)` in \(what)")
    }
    advance()
  }

  func identifier(_ what: String) throws(Diagnostic) -> Identifier {
    if let keyword = current.keyword { throw reserved(keyword) }
    guard let name = current.name else { throw unexpected(expecting: what) }
    return Identifier(text: name, span: advance().span)
  }

  /// Reads an opening bracket that has its other half.
  func open(_ symbol: Symbol, newlines inside: Newlines) throws(Diagnostic) -> Opening {
    precondition(current.symbol == symbol, "a bracket is opened where it stands")
    switch partners[position] {
    case .at(let end):
      let opening = Opening(
        span: current.span, end: end, outerNewlines: newlines, outerModulusDepth: modulusDepth)
      newlines = inside
      modulusDepth = 0
      advance()
      return opening
    case .displaced(let closer): throw openTrouble(current.span, closedBy: tokens[closer])
    case .missing, .none: throw openTrouble(current.span)
    }
  }

  /// Whether the current token closes a bracket.
  func isAt(_ opening: Opening) -> Bool { position == opening.end }

  /// Reads the closing bracket; returns where it stands.
  func close(_ opening: Opening) -> Span {
    precondition(isAt(opening), "a bracket is closed where it ends")
    newlines = opening.outerNewlines
    modulusDepth = opening.outerModulusDepth
    return advance().span
  }

  /// From here to the end of the bracket line ends mean nothing.
  func ignoreNewlines() { newlines = .ignored }

  /// A reader for the tokens of a hole in a string.
  func reader(of tokens: [Token]) -> Parser {
    let reader = Parser(source, tokens: tokens, nesting: nesting)
    reader.newlines = .ignored
    return reader
  }

  /// The text on the left of the operator that was read last, if it is short.
  var leftOperandText: String? {
    leftOperand.map { source.text(in: $0) }.flatMap { $0.count <= 20 ? $0 : nil }
  }

  /// From an offset to the last token of its line.
  func restOfLine(from start: Int) -> Span {
    let line = source.line(of: start)
    let last = tokens[position...].prefix { source.line(of: $0.span.start) == line && !$0.isEnd }
    return Span(start: start, end: max(start, last.last?.span.end ?? start))
  }

  /// Whether `for i < …` follows, which no loop begins with.
  var isForBinder: Bool {
    next.name != nil && position + 2 < tokens.count && tokens[position + 2].symbol == .less
  }
}

// MARK: Statements

extension Parser {
  /// Statements up to the end of a block, or of the text. Reports what is wrong and goes on.
  func statements(until opening: Opening?) -> [Statement] {
    var statements: [Statement] = []
    func isEnd(_ parser: Parser) -> Bool {
      parser.current.isEnd || (opening.map { parser.isAt($0) } ?? false)
    }
    while true {
      while current.symbol == .semicolon { advance() }
      if isEnd(self) { return statements }
      let start = position
      let state = (newlines, modulusDepth, nesting, reached)
      do throws(Diagnostic) {
        statements.append(try statement())
      } catch {
        report(error)
        (newlines, modulusDepth, nesting, reached) = state
        recover(from: start, isOpen: error.slug == "open", end: opening?.end)
        let span = Span(
          start: tokens[start].span.start,
          end: max(tokens[start].span.end, tokens[position - 1].span.end))
        statements.append(Statement(form: InvalidForm(span: span), span: span, isMuted: false))
      }
      precondition(position > start, "every statement moves on")
    }
  }

  private func report(_ diagnostic: Diagnostic) {
    var diagnostic = diagnostic
    diagnostic.source = diagnostic.source ?? source
    diagnostics.append(diagnostic)
    if missingAtEnd != nil, troublesAtEnd + 1 == diagnostics.count { troublesAtEnd += 1 }
  }

  private func statement() throws(Diagnostic) -> Statement {
    try enter()
    let outerStart = statementStart
    statementStart = position
    defer {
      leave()
      statementStart = outerStart
    }
    let form = try statementForm()
    guard isAtStatementEnd else { throw unexpected(expecting: "the end of the statement") }
    let isMuted = current.symbol == .semicolon
    if isMuted { advance() }
    return Statement(form: form, span: form.span, isMuted: isMuted)
  }

  private func statementForm() throws(Diagnostic) -> any Form {
    if let keyword = current.keyword, next.symbol == .assign { throw reserved(keyword) }
    switch current.keyword {
    case .for: return try ForForm.parse(self)
    case .while: return try WhileForm.parse(self)
    case .break: return BreakForm(span: advance().span)
    case .continue: return ContinueForm(span: advance().span)
    case .return: return try ReturnForm.parse(self)
    default: break
    }
    if ParameterForm.isNext(self) { return try ParameterForm.parse(self) }
    if SeedForm.isNext(self) { return try SeedForm.parse(self) }
    if UseForm.isNext(self) { return try UseForm.parse(self) }
    if AssertionForm.isNext(self) { return try AssertionForm.parse(self) }
    if DefinitionForm.isNext(self) { return try DefinitionForm.parse(self) }
    if IndexDefinitionForm.isNext(self) { return try IndexDefinitionForm.parse(self) }
    if current.name == "end", next.isEnd || next.startsLine {
      throw trouble("habit", "a block ends with `}` here", at: current.span)
    }
    var forms = [try position == 0 && current.symbol == .pipe ? answerPipe() : expression()]
    // `lo, hi = …` looks like a list until its sign comes.
    while current.symbol == .comma, !isAtLineEnd, isTargetList {
      advance()
      forms.append(try expression())
    }
    if let sign = AssignmentForm.isNext(self), !isAtLineEnd {
      return try AssignmentForm.parse(self, targets: forms, sign: sign)
    }
    return forms[0]
  }

  /// `|> f` at the very beginning goes on with the last answer.
  private func answerPipe() throws(Diagnostic) -> any Form {
    try piped(try PipeForm.parse(self, value: nil))
  }

  /// Whether a `=` follows on this line, outside of brackets.
  private var isTargetList: Bool {
    var index = position
    while !tokens[index].isEnd {
      if index > position, tokens[index].startsLine { return false }
      if tokens[index].symbol.flatMap({ AssignmentForm.Operator(rawValue: $0.rawValue) }) != nil {
        return true
      }
      if tokens[index].symbol == .semicolon { return false }
      index = max(index, partner(at: index) ?? index) + 1
    }
    return false
  }

  /// Moves behind a statement that could not be read.
  ///
  /// - Parameter end: where the block around it closes, which is never passed.
  private func recover(from start: Int, isOpen: Bool, end: Int?) {
    let failed = position
    var index = start
    let column = source.column(of: tokens[start].span.start)
    while !tokens[index].isEnd, index != end {
      let token = tokens[index]
      if index > start, index >= failed {
        if token.symbol == .semicolon, !isOpen { break }
        if token.startsLine, !continuesLine(token) {
          // Behind an open bracket only a line that is not indented is surely a new statement.
          if !isOpen || source.column(of: token.span.start) <= column { break }
        }
      }
      if let other = partner(at: index) {
        index = isOpen ? index : max(index, other)
      }
      index += 1
    }
    position = max(index, start + 1)
    if position > tokens.count - 1 { position = tokens.count - 1 }
  }

  private func continuesLine(_ token: Token) -> Bool {
    if token.keyword == .else || token.keyword == .where || token.symbol == .pipe { return true }
    return BinaryOperator(token)?.row.mayStartLine ?? (Comparator(token) != nil)
  }
}

// MARK: Expressions

extension Parser {
  private func enter() throws(Diagnostic) {
    nesting += 1
    reached = max(reached, nesting)
    if nesting > Self.deepest { throw tooDeep() }
  }

  private func leave() { nesting -= 1 }

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
  private func piped(_ value: any Form) throws(Diagnostic) -> any Form {
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

// MARK: Bars

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
