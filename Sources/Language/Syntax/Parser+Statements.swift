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
        if error.slug == "habit" { passIndented(below: start, end: opening?.end) }
        let span = Span(
          start: tokens[start].span.start,
          end: max(tokens[start].span.end, tokens[position - 1].span.end))
        let names = Set(tokens[start..<position].compactMap(\.name))
        statements.append(
          Statement(form: InvalidForm(span: span, names: names), span: span, isMuted: false))
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

  /// Moves behind the lines of a block that another language would have made by indentation, or
  /// ended with a word.
  private func passIndented(below start: Int, end: Int?) {
    let column = source.column(of: tokens[start].span.start)
    guard tokens[start].startsLine || start == 0 else { return }
    while !current.isEnd, position != end, current.startsLine,
      source.column(of: current.span.start) > column || isPartOfForeignBlock
    {
      repeat {
        advance()
      } while !current.isEnd && position != end && !current.startsLine
    }
  }

  /// Whether a line begins that only goes on with, or ends, a block of another language.
  private var isPartOfForeignBlock: Bool {
    if current.keyword == .else { return true }
    switch current.name {
    case "end", "fi", "done": return next.startsLine || next.isEnd
    case "elif", "elsif", "elseif", "except", "catch", "finally": return true
    default: return false
    }
  }

  private func continuesLine(_ token: Token) -> Bool {
    if token.keyword == .else || token.keyword == .where || token.symbol == .pipe { return true }
    return BinaryOperator(token)?.row.mayStartLine ?? (Comparator(token) != nil)
  }
}
