/// Reads tokens into forms. This file is the cursor; its extensions read statements and the levels
/// of operators, and each form reads itself.
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
  var tokens: [Token]
  var position = 0
  var newlines = Newlines.significant
  /// How many bars are open since the innermost bracket.
  var modulusDepth = 0
  var diagnostics: [Diagnostic] = []
  /// What is missing where the text ends too early.
  var missingAtEnd: String?

  /// For each bracket the position of its other half; see `Partner`.
  var partners: [Partner]
  /// How many forms stand around the position.
  var nesting: Int
  /// The deepest level that the form being read has reached, counted like `nesting`.
  var reached = 0
  /// Where the innermost statement begins.
  var statementStart = 0
  /// What stands on the left of the operator that was read last.
  var leftOperand: Span?

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
  var troublesAtEnd = 0
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
    case .displaced(let closer):
      throw unclosedText ?? openTrouble(current.span, closedBy: tokens[closer])
    case .missing, .none: throw unclosedText ?? openTrouble(current.span)
    }
  }

  /// A text on this line that never ends, and so took the closing bracket in.
  private var unclosedText: Diagnostic? {
    for token in tokens[(position + 1)...] {
      if token.startsLine || token.isEnd { return nil }
      if case .invalid(let diagnostic) = token.kind, diagnostic.slug == "open" { return diagnostic }
    }
    return nil
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
