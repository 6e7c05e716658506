import Basics

extension Lexer {
  mutating func scanText(from start: Int) {
    if peek(1) == UInt8(ascii: "\""), peek(2) == UInt8(ascii: "\"") {
      return scanTripleQuote(from: start)
    }
    position += 1
    var parts: [Token.TextPart] = []
    var piece = ""
    var pieceStart = position
    var trouble: Diagnostic?
    func characters(upTo end: Int) -> [Token.TextPart] {
      piece.isEmpty ? [] : [.characters(piece, Span(start: pieceStart, end: end))]
    }
    while true {
      guard let byte = peek(), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") else {
        if let trouble { return add(.invalid(trouble), from: start) }
        return addInvalid(
          "open", "this text is never closed", from: start, opening: "opened here",
          notes: ["a text ends on the line it starts on; \\n in it makes a new line"])
      }
      if byte == UInt8(ascii: "\"") { break }
      if byte != UInt8(ascii: "\\") {
        let (scalar, length) = scalar(at: position) ?? ("\u{FFFD}", 1)
        piece.unicodeScalars.append(scalar)
        position += length
      } else if peek(1) == UInt8(ascii: "(") {
        parts += characters(upTo: position)
        if let failure = scanHole(into: &parts) { trouble = trouble ?? failure }
        piece = ""
        pieceStart = position
      } else if let failure = scanEscape(into: &piece) {
        trouble = trouble ?? failure
      }
    }
    parts += characters(upTo: position)
    position += 1
    if let trouble { add(.invalid(trouble), from: start) } else { add(.text(parts), from: start) }
  }

  /// `"""…"""` of other languages.
  private mutating func scanTripleQuote(from start: Int) {
    let quote = UInt8(ascii: "\"")
    position += 3
    while let byte = peek(), byte != quote || peek(1) != quote || peek(2) != quote { position += 1 }
    position = min(position + 3, bytes.count)
    addInvalid(
      "habit", "a text has one quotation mark on each side", from: start,
      notes: ["it ends on the line it starts on; \\n in it makes a new line"])
  }

  /// The tokens of `\(…)`. They are scanned with this lexer's own state put aside.
  private mutating func scanHole(into parts: inout [Token.TextPart]) -> Diagnostic? {
    let start = position
    var lineEnd = position
    while lineEnd < bytes.count, bytes[lineEnd] != UInt8(ascii: "\n") { lineEnd += 1 }
    let open = Diagnostic(
      "open", "this `\\(` is never closed",
      labels: [.init(Span(start: start, end: start + 2), "opened here", isOpening: true)],
      source: source)
    if holeDepth >= 20 {
      position = lineEnd
      return Diagnostic(
        "deep", "texts stand in each other 20 deep", labels: [.init(Span(at: start))],
        suggestions: ["give the inner text a name first"], source: source)
    }
    let outer = (tokens, sawNewline, sawSpace, holeBrackets)
    (tokens, sawNewline, sawSpace, holeBrackets) = ([], false, false, 0)
    defer {
      (tokens, sawNewline, sawSpace, holeBrackets) = outer
      holeDepth -= 1
    }
    holeDepth += 1
    position += 2
    while true {
      while let byte = peek(), byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
        sawSpace = true
        position += 1
      }
      guard position < lineEnd, bytes[position] != UInt8(ascii: "\r") else { return open }
      let depth = holeBrackets ?? 0
      if bytes[position] == UInt8(ascii: "("), !isNameStart { holeBrackets = depth + 1 }
      if bytes[position] == UInt8(ascii: ")") {
        if depth == 0 { break }
        holeBrackets = depth - 1
      }
      if bytes[position] == UInt8(ascii: "#") {
        addInvalid("text", "a comment cannot stand inside a text", from: position, length: 1)
        continue
      }
      let before = position
      scanToken()
      precondition(position > before, "the lexer moves on with every token")
      if case .invalid(let diagnostic)? = tokens.last?.kind, diagnostic.slug == "open" {
        return open
      }
    }
    add(.end, from: position)
    position += 1
    parts.append(.hole(tokens, Span(start: start, end: position)))
    return nil
  }

  private mutating func scanEscape(into piece: inout String) -> Diagnostic? {
    let start = position
    position += 1
    guard let (scalar, length) = scalar(at: position), scalar != "\n", scalar != "\r" else {
      return nil
    }
    position += length
    switch scalar {
    case "n": piece += "\n"
    case "t": piece += "\t"
    case "r": piece += "\r"
    case "0": piece += "\0"
    case "e": piece += "\u{1B}"
    case "\"": piece += "\""
    case "'": piece += "'"
    case "\\": piece += "\\"
    case "u":
      var end = position
      while end < bytes.count,
        Self.isLetter(bytes[end]) || Self.isDigit(bytes[end])
          || "{}".utf8.contains(bytes[end])
      {
        end += 1
        if bytes[end - 1] == UInt8(ascii: "}") { break }
      }
      let written = String(decoding: bytes[position..<end], as: UTF8.self)
      if written.hasPrefix("{"), written.hasSuffix("}"),
        let value = UInt32(written.dropFirst().dropLast(), radix: 16),
        let scalar = Unicode.Scalar(value)
      {
        piece.unicodeScalars.append(scalar)
        position = end
        return nil
      }
      return Diagnostic(
        "text", "this is not a character's number",
        labels: [.init(Span(start: start, end: max(end, position)))],
        suggestions: ["\\u{3b1}  for α"], source: source)
    default:
      return Diagnostic(
        "text", "there is no escape `\\\(scalar)`",
        labels: [.init(Span(start: start, end: position))],
        notes: ["there are \\n \\t \\r \\0 \\e \\\" \\\\ \\u{…} and \\(expression)"],
        suggestions: ["\\\\\(scalar)  for a backslash", "r\"…\"  takes backslashes as they are"],
        source: source)
    }
    return nil
  }

  /// `r"…"`: every character is itself.
  mutating func scanRawText(from start: Int) {
    guard let end = endOfPlainText() else {
      return addInvalid("open", "this text is never closed", from: start, opening: "opened here")
    }
    let text = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
    let span = Span(start: position + 1, end: end)
    position = end + 1
    add(.text(text.isEmpty ? [] : [.characters(text, span)]), from: start)
  }

  /// `f"…{x}…"` of Python.
  mutating func scanFormattedText(from start: Int) {
    guard let end = endOfPlainText() else {
      return addInvalid("open", "this text is never closed", from: start, opening: "opened here")
    }
    var text = String(decoding: bytes[position...end], as: UTF8.self)
    text = text.replacing(/\{([^{}:]*)(?::\.(\d+)[a-z]?)?[^{}]*\}/) { match in
      "\\(\(match.1)\(match.2.map { ", digits = \($0)" } ?? ""))"
    }
    position = end + 1
    addInvalid(
      "habit", "a text needs no `f`: values stand in `\\(…)`", from: start, suggestions: [text])
  }

  /// `'` is a transpose after an operand and a wrong quotation mark elsewhere.
  mutating func scanSingleQuote() {
    let start = position
    if isOperandAdjacent {
      return addInvalid(
        "habit", "a transpose is written `.T`", from: start, length: 1,
        suggestions: line(replacing: Span(start: start, end: start + 1), by: ".T"))
    }
    let end = endOfPlainText() ?? start
    let text = end > start ? String(decoding: bytes[(start + 1)..<end], as: UTF8.self) : ""
    position = end + 1
    addInvalid(
      "habit", "text stands in double quotes", from: start,
      suggestions: text.isEmpty ? [] : ["\"\(text)\""])
  }

  /// Where the quotation mark at the position comes again on the same line.
  private func endOfPlainText() -> Int? {
    var end = position + 1
    while end < bytes.count, bytes[end] != bytes[position] {
      if bytes[end] == UInt8(ascii: "\n") || bytes[end] == UInt8(ascii: "\r") { return nil }
      end += 1
    }
    return end < bytes.count ? end : nil
  }
}
