import Basics
import Foundation
import Language

/// Texts to tokens: tokens, comments and blanks together are the text, each in its place.
enum LexerTarget: FuzzTarget {
  static let grafts = 10

  static func feed(_ bytes: [UInt8]) {
    let isText = String(validating: bytes, as: UTF8.self) != nil
    guard let source = try? SourceText(name: "", bytes: bytes) else {
      return require(!isText, "what is UTF-8 is a text")
    }
    require(isText, "what is no UTF-8 is refused")
    let (tokens, comments) = Lexer.tokens(of: source)
    require(tokens.last?.isEnd == true, "the tokens are closed by an end")
    require(tokens.last?.span == Span(at: bytes.count), "the end stands at the end")
    check(tokens, and: comments, of: source)
    var toShow = 20
    for token in tokens { check(token, in: source, &toShow) }
    check(Highlighting(of: source), of: source)
    for line in 1...source.lineCount {
      let span = source.span(ofLine: line)
      require(span.end <= bytes.count, "a line lies in the text")
      require(source.line(of: span.start) == line, "a line begins on its line")
    }
  }

  /// The tokens and comments stand in order, with nothing but blanks between them.
  private static func check(
    _ tokens: [Token], and comments: [Comment], of source: SourceText
  ) {
    let pieces =
      (tokens.map { (span: $0.span, isComment: false) }
      + comments.map { (span: $0.span, isComment: true) })
      .sorted { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }
    var end = 0
    var isBehindComment = false
    for piece in pieces {
      require(piece.span.start >= end, "tokens do not overlap")
      require(
        isBlank(source.bytes[end..<piece.span.start], atStart: end == 0, isBehindComment),
        "no byte is passed over")
      require(
        piece.isComment || piece.span.count > 0 || piece.span.start == source.bytes.count,
        "only the end is empty")
      end = piece.span.end
      isBehindComment = piece.isComment
    }
    var last = 0
    for token in tokens where !token.isEnd {
      let hasLineEnd = source.bytes[last..<token.span.start].contains(UInt8(ascii: "\n"))
      require(token.startsLine == (hasLineEnd || last == 0), "a token knows that it starts a line")
      last = token.span.end
    }
  }

  /// Blanks are spaces, tabs, line ends, no-break spaces and a mark at the very start; a comment
  /// leaves the control characters at its end.
  private static func isBlank(
    _ bytes: ArraySlice<UInt8>, atStart: Bool, _ isBehindComment: Bool
  ) -> Bool {
    var rest = bytes
    if atStart, rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    if isBehindComment {
      rest = rest.drop { $0 != UInt8(ascii: "\n") && $0 <= 0x20 }
    }
    while let byte = rest.first {
      if rest.starts(with: [0xC2, 0xA0]) {
        rest = rest.dropFirst(2)
      } else if " \t\r\n".utf8.contains(byte) {
        rest = rest.dropFirst()
      } else {
        return false
      }
    }
    return true
  }

  /// - Parameter toShow: how many diagnostics are yet to be shown.
  private static func check(_ token: Token, in source: SourceText, _ toShow: inout Int) {
    switch token.kind {
    case .invalid(let diagnostic):
      toShow -= 1
      if toShow >= 0 { Rules.check(diagnostic, in: source) }
    case .real(let value): require(value.isFinite, "a number is finite")
    case .name(let name): require(!name.isEmpty, "a name has letters")
    case .text(let parts):
      var end = token.span.start
      for part in parts {
        switch part {
        case .characters(let text, let span):
          require(!text.isEmpty, "a piece of text is not empty")
          require(span.start >= end && token.span.contains(span), "a piece lies in its text")
          end = span.end
        case .hole(let tokens, let span):
          require(span.start >= end && token.span.contains(span), "a hole lies in its text")
          require(tokens.last?.isEnd == true, "the tokens of a hole are closed")
          var inner = span.start + 2
          for token in tokens {
            require(token.span.start >= inner, "tokens of a hole stand in order")
            inner = token.span.end
            check(token, in: source, &toShow)
          }
          require(inner < span.end, "tokens of a hole stand inside")
          end = span.end
        }
      }
    case .integer, .keyword, .symbol, .end: break
    }
  }

  private static func check(_ highlighting: Highlighting, of source: SourceText) {
    var end = 0
    for run in highlighting.runs {
      require(run.span.start >= end, "colours do not overlap")
      end = run.span.end
    }
    require(end <= source.bytes.count, "colours lie in the text")
  }
}
