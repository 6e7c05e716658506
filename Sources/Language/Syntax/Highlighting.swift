/// What each stretch of a text is, for colours in a terminal or on a page.
package struct Highlighting: Sendable {
  /// A class of stretches that look alike.
  package enum Class: String, CaseIterable, Sendable {
    case keyword, number, text, function, name, sign, bracket, comment, invalid
    /// A recorded answer, `#> …`.
    case answer
    /// A notebook's mark, `#: …` or `#%% …`.
    case mark
  }

  /// A stretch and what it is.
  package struct Run: Equatable, Sendable {
    package let span: Span
    package let `class`: Class
  }

  /// In the order of the text, without overlap; blanks are in none.
  package let runs: [Run]

  /// Needs only the tokens, so half-written lines are fine.
  package init(of source: SourceText) {
    let (tokens, comments) = Lexer.tokens(of: source)
    var runs: [Run] = []
    Self.add(tokens, to: &runs)
    for comment in comments {
      let text = source.text(in: comment.span)
      let isMark = text.hasPrefix("#:") || text.hasPrefix("#%%")
      runs.append(
        Run(
          span: comment.span,
          class: text.hasPrefix("#>") ? .answer : isMark ? .mark : .comment))
    }
    self.runs = runs.sorted { $0.span.start < $1.span.start }
  }

  private static let statementWords: Set<String> = ["param", "seed", "use", "assert"]

  private static func add(_ tokens: [Token], to runs: inout [Run]) {
    for (index, token) in tokens.enumerated() where !token.isEnd {
      let next = tokens[min(index + 1, tokens.count - 1)]
      switch token.kind {
      case .text(let parts): add(parts, of: token, to: &runs)
      case .integer, .real: runs.append(Run(span: token.span, class: .number))
      case .keyword: runs.append(Run(span: token.span, class: .keyword))
      case .invalid: runs.append(Run(span: token.span, class: .invalid))
      case .name(let name):
        let isFollowed = next.isNumber || next.name != nil || next.isText
        let isWord = statementWords.contains(name) && token.startsLine && isFollowed
        let isCall = next.symbol == .openParenthesis && !next.hasSpaceBefore
        runs.append(Run(span: token.span, class: isWord ? .keyword : isCall ? .function : .name))
      case .symbol(let symbol):
        let isBracket = symbol.closer != nil || symbol.isCloser
        runs.append(Run(span: token.span, class: isBracket ? .bracket : .sign))
      case .end: break
      }
    }
  }

  /// A string is text around the tokens of its holes.
  private static func add(_ parts: [Token.TextPart], of token: Token, to runs: inout [Run]) {
    var start = token.span.start
    for part in parts {
      guard case .hole(let tokens, let span) = part else { continue }
      if span.start > start {
        runs.append(Run(span: Span(start: start, end: span.start), class: .text))
      }
      runs.append(Run(span: Span(start: span.start, end: span.start + 2), class: .bracket))
      add(tokens, to: &runs)
      runs.append(Run(span: Span(start: span.end - 1, end: span.end), class: .bracket))
      start = span.end
    }
    if token.span.end > start {
      runs.append(Run(span: Span(start: start, end: token.span.end), class: .text))
    }
  }
}
