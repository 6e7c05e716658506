import Language

/// One line of a notebook and what its marks make of it.
package struct SourceLine: Equatable, Sendable {
  /// What the line is to the notebook.
  package enum Role: Equatable, Sendable {
    /// Nothing to run: blank, a comment, prose around a fenced block.
    case prose
    /// Something to run. `output` is where a `#>` beside it begins, in bytes of the line.
    case code(output: Int?)
    /// `#> …` alone on its line.
    case output
    /// `#: key value`.
    case header(key: String, value: String)
    /// `#%% label options`.
    case mark
  }

  /// The line without its end.
  package let text: String
  /// "\n", "\r\n", "\r" or, in the last line, possibly nothing.
  package let terminator: String
  /// Where the line begins in the file, in bytes.
  package let start: Int
  package let role: Role

  /// What is recorded on this line, whichever side of code it stands.
  package var recorded: RecordedLine? {
    switch role {
    case .output:
      return RecordedLine(parsing: text.drop { $0 == " " || $0 == "\t" }.dropFirst(2))
    case .code(let output?):
      return RecordedLine(
        parsing: String(decoding: Array(text.utf8)[(output + 2)...], as: UTF8.self))
    case .prose, .code, .header, .mark: return nil
    }
  }

  /// The line's code without an answer recorded beside it, and the blanks before that answer.
  package var code: (text: String, gap: String) {
    guard case .code(let output?) = role else { return (text, "") }
    let bytes = Array(text.utf8)[..<output]
    let end = (bytes.lastIndex { $0 != 0x20 && $0 != 0x09 } ?? -1) + 1
    return (
      String(decoding: bytes[..<end], as: UTF8.self), String(decoding: bytes[end...], as: UTF8.self)
    )
  }
}

extension SourceLine {
  /// Splits a text at its line ends. `isRunnable` tells by number which lines are of the language.
  static func lines(of text: String, isRunnable: (_ number: Int, _ line: String) -> Bool)
    -> [SourceLine]
  {
    let bytes = Array(text.utf8)
    var pieces: [(text: String, terminator: String, range: Range<Int>, isRunnable: Bool)] = []
    var program = bytes
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex { $0 == 0x0a || $0 == 0x0d } ?? bytes.count
      var next = min(end + 1, bytes.count)
      if end < bytes.count, bytes[end] == 0x0d, next < bytes.count, bytes[next] == 0x0a {
        next += 1
      }
      let line = String(decoding: bytes[start..<end], as: UTF8.self)
      let runs = isRunnable(pieces.count, line)
      if !runs { for byte in start..<end { program[byte] = 0x20 } }
      pieces.append(
        (line, String(decoding: bytes[end..<next], as: UTF8.self), start..<end, runs))
      start = next
    }
    let source = SourceText(text: String(decoding: program, as: UTF8.self))
    var comments = Lexer.tokens(of: source).comments[...]
    return pieces.map { piece in
      let comment =
        comments.first.map { piece.range.contains($0.span.start) } == true
        ? comments.popFirst() : nil
      return SourceLine(
        text: piece.text, terminator: piece.terminator, start: piece.range.lowerBound,
        role: piece.isRunnable ? role(of: source, piece.range, comment) : .prose)
    }
  }

  private static func role(of source: SourceText, _ line: Range<Int>, _ comment: Comment?) -> Role {
    guard let comment else {
      let isBlank = source.bytes[line].allSatisfy { $0 == 0x20 || $0 == 0x09 }
      return isBlank ? .prose : .code(output: nil)
    }
    let text = source.text(in: comment.span)
    if !comment.isAlone {
      return .code(output: text.hasPrefix("#>") ? comment.span.start - line.lowerBound : nil)
    }
    if text.hasPrefix("#>") { return .output }
    if text.hasPrefix("#%%") { return .mark }
    if text.hasPrefix("#:") {
      let words = text.dropFirst(2).split(separator: " ", maxSplits: 1)
      guard let key = words.first else { return .prose }
      let value = words.count > 1 ? words[1].drop { $0 == " " } : ""
      return .header(key: String(key), value: String(value))
    }
    return .prose
  }
}
