import Basics

/// Turns a text into tokens. Never fails: what is no part of the language becomes an `invalid`
/// token that carries its own diagnostic, which the parser reports if it gets there.
package struct Lexer {
  private let source: SourceText
  private let bytes: [UInt8]
  private var position = 0
  private var tokens: [Token] = []
  private var comments: [Comment] = []
  private var sawNewline = true
  private var sawSpace = true
  /// Open round brackets inside a hole of a string; the hole ends where it would go below 0.
  private var holeBrackets: Int?
  private var holeDepth = 0

  private init(_ source: SourceText) {
    self.source = source
    bytes = source.bytes
  }

  /// The tokens of a text, closed by an `end`, and its comments.
  package static func tokens(of source: SourceText) -> (tokens: [Token], comments: [Comment]) {
    var lexer = Lexer(source)
    lexer.scanAll()
    return (lexer.tokens, lexer.comments)
  }

  private mutating func scanAll() {
    while true {
      skipBlanks()
      if position >= bytes.count { break }
      let before = position
      scanToken()
      precondition(position > before, "the lexer moves on with every token")
    }
    add(.end, from: bytes.count)
  }

  private mutating func skipBlanks() {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\n"):
        sawNewline = true
        sawSpace = true
        position += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        sawSpace = true
        position += 1
      case UInt8(ascii: "#"):
        let start = position
        while let next = peek(), next != UInt8(ascii: "\n") { position += 1 }
        var end = position
        while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
        comments.append(Comment(span: Span(start: start, end: end), isAlone: sawNewline))
        sawSpace = true
      case 0xEF where position == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]):
        position += 3
      case 0xC2 where peek(1) == 0xA0:  // a no-break space, as web pages paste them
        sawSpace = true
        position += 2
      default: return
      }
    }
  }

  private mutating func scanToken() {
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): scanNumber()
    case UInt8(ascii: ".") where Self.isDigit(peek(1)) && !isOperandAdjacent: scanNumber()
    case UInt8(ascii: "\""): scanText(from: position)
    case UInt8(ascii: "'"): scanSingleQuote()
    default:
      if isNameStart { scanName() } else { scanSign() }
    }
  }
}

// MARK: Names

extension Lexer {
  private var isNameStart: Bool {
    guard let byte = peek() else { return false }
    if Self.isLetter(byte) { return true }
    guard byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "\\"),
      let (scalar, _) = scalar(at: position)
    else { return false }
    return Self.startsName(scalar) || (scalar == "\\" && latexName(at: position)?.isWord == true)
  }

  private static func startsName(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar == "_" || scalar.properties.isAlphabetic }
    // The signs for sum, product and derivatives are names; `∈` and the like are operators.
    return scalar.properties.isXIDStart || "∑∏∂∇".unicodeScalars.contains(scalar)
  }

  private static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
    startsName(scalar) || scalar.properties.isXIDContinue
      || ("₀"..."₉").contains(scalar) || scalar == "′"
  }

  /// What a backslash and the letters after it stand for, and whether that is (part of) a name.
  private func latexName(at start: Int) -> (text: String, end: Int, isWord: Bool)? {
    var end = start + 1
    while end < bytes.count, Self.isLetter(bytes[end]) { end += 1 }
    let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    guard let text = LatexName.all[name] else { return nil }
    return (text, end, text.unicodeScalars.first.map(Self.startsName) ?? false)
  }

  private mutating func scanName() {
    let start = position
    // Nearly all names are plain ASCII.
    while let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) || byte == UInt8(ascii: "_")
    {
      position += 1
    }
    var name = String(decoding: bytes[start..<position], as: UTF8.self)
    while let (scalar, length) = scalar(at: position) {
      if scalar == "\\" {
        guard let latex = latexName(at: position), latex.isWord else { break }
        name += latex.text
        position = latex.end
      } else if Self.continuesName(scalar) {
        switch scalar {
        case "\u{B5}": name += "μ"  // the micro sign looks the same and is easier to type
        case "∑": name += "sum"
        case "∏": name += "prod"
        default: name.unicodeScalars.append(scalar)
        }
        position += length
      } else {
        break
      }
    }
    if peek() == UInt8(ascii: "\"") {
      if name == "r" { return scanRawText(from: start) }
      if name == "f" { return scanFormattedText(from: start) }
    }
    if let keyword = Keyword(rawValue: name) {
      add(.keyword(keyword), from: start)
    } else {
      add(.name(name), from: start)
    }
  }
}

// MARK: Numbers

extension Lexer {
  private mutating func scanNumber() {
    let start = position
    if bytes[position] == UInt8(ascii: "0"), let mark = peek(1), "xX".utf8.contains(mark) {
      return scanHexadecimal(from: start)
    }
    var isReal = false
    scanDigits()
    if peek() == UInt8(ascii: "."), Self.isDigit(peek(1)) {
      isReal = true
      position += 1
      scanDigits()
    }
    if let mark = peek(), "eE".utf8.contains(mark) {
      let sign = peek(1).map { "+-".utf8.contains($0) } == true ? 1 : 0
      if Self.isDigit(peek(1 + sign)) {
        isReal = true
        position += 1 + sign
        scanDigits()
      }
    }
    let written = String(decoding: bytes[start..<position], as: UTF8.self)
    if peek() == UInt8(ascii: "_") || (peek() == UInt8(ascii: ".") && Self.isDigit(peek(1))) {
      while let byte = peek(), Self.isDigit(byte) || "._".utf8.contains(byte) { position += 1 }
      return addInvalid(
        "number", "this is not a number", from: start,
        notes: ["underscores stand between digits, and there is one decimal point"])
    }
    let plain = written.filter { $0 != "_" }
    if isReal {
      guard let value = Double(plain), value.isFinite else {
        return addInvalid(
          "number", "\(written) is too large for a Real", from: start,
          notes: ["the largest is 1.8e308"])
      }
      add(.real(value), from: start)
    } else if let value = Int(plain) {
      add(.integer(value), from: start)
    } else {
      addInvalid(
        "number", "\(written) is too large for an Int", from: start,
        notes: ["the largest is 9223372036854775807; with a decimal point it is a Real"],
        suggestions: ["\(written).0"])
    }
  }

  private mutating func scanHexadecimal(from start: Int) {
    position += 2
    let first = position
    while let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) || byte == UInt8(ascii: "_")
    {
      position += 1
    }
    let digits = String(decoding: bytes[first..<position], as: UTF8.self).filter { $0 != "_" }
    if let value = Int(digits, radix: 16) { return add(.integer(value), from: start) }
    let isTooLong = !digits.isEmpty && digits.allSatisfy(\.isHexDigit)
    addInvalid(
      "number", isTooLong ? "this is too large for an Int" : "this is not a hexadecimal number",
      from: start,
      notes: [isTooLong ? "it has 64 bits: at most 0x7fffffffffffffff" : "its digits are 0-9 a-f"])
  }

  private mutating func scanDigits() {
    while let byte = peek(),
      Self.isDigit(byte) || (byte == UInt8(ascii: "_") && Self.isDigit(peek(1)))
    {
      position += 1
    }
  }

  /// Whether an operand ends right before the position, so that a dot is a field's.
  private var isOperandAdjacent: Bool {
    guard !sawSpace, let last = tokens.last, last.span.end == position else { return false }
    switch last.kind {
    case .name, .text, .integer, .real: return true
    case .symbol(let symbol): return symbol.isCloser
    case .keyword, .invalid, .end: return false
    }
  }
}

// MARK: Text

extension Lexer {
  private mutating func scanText(from start: Int) {
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
    guard let (scalar, length) = scalar(at: position), scalar != "\n" else { return nil }
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
  private mutating func scanRawText(from start: Int) {
    guard let end = endOfPlainText() else {
      return addInvalid("open", "this text is never closed", from: start, opening: "opened here")
    }
    let text = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
    let span = Span(start: position + 1, end: end)
    position = end + 1
    add(.text(text.isEmpty ? [] : [.characters(text, span)]), from: start)
  }

  /// `f"…{x}…"` of Python.
  private mutating func scanFormattedText(from start: Int) {
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
  private mutating func scanSingleQuote() {
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

// MARK: Signs

extension Lexer {
  /// The signs of the language by their first byte, longest first.
  private static let signs: [[(bytes: [UInt8], kind: Token.Kind)]] = {
    let ascii = Symbol.allCases.map { ($0.rawValue, Token.Kind.symbol($0)) }
    let unicode: [(String, Token.Kind)] = [
      ("≤", .symbol(.lessEqual)), ("≥", .symbol(.greaterEqual)), ("≠", .symbol(.notEqual)),
      ("≈", .symbol(.approximately)), ("∈", .keyword(.in)), ("×", .symbol(.star)),
      ("·", .symbol(.star)), ("⋅", .symbol(.star)), ("÷", .symbol(.slash)),
      ("−", .symbol(.minus)), ("→", .symbol(.arrow)), ("∧", .keyword(.and)),
      ("∨", .keyword(.or)), ("¬", .keyword(.not)), ("≔", .symbol(.define)),
    ]
    return byFirstByte((ascii + unicode).map { (bytes: Array($0.0.utf8), kind: $0.1) }, \.bytes)
  }()

  /// The signs of other languages, likewise.
  private static let foreign = byFirstByte(
    ForeignSign.all.map { (bytes: Array($0.sign.utf8), sign: $0) }, \.bytes)

  private static func byFirstByte<Row>(_ rows: [Row], _ bytes: (Row) -> [UInt8]) -> [[Row]] {
    var table = [[Row]](repeating: [], count: 256)
    for row in rows.sorted(by: { bytes($0).count > bytes($1).count }) {
      table[Int(bytes(row)[0])].append(row)
    }
    return table
  }

  private mutating func scanSign() {
    let start = position
    let own = Self.signs[Int(bytes[start])].first { starts(with: $0.bytes) }
    let other = Self.foreign[Int(bytes[start])].first { starts(with: $0.bytes) }
    // `..` is a range even before a `-`, and `!=` is no `!`: the longer sign wins.
    if let own, own.bytes.count >= other?.bytes.count ?? 0 {
      position += own.bytes.count
      return add(own.kind, from: start)
    }
    if bytes[start] == UInt8(ascii: "\\"), Self.isLetter(peek(1)) { return scanLatexSign() }
    if let other {
      position += other.bytes.count
      return addForeign(other.sign, from: start)
    }
    let (scalar, length) = scalar(at: start) ?? ("\u{FFFD}", 1)
    position += length
    let code = String(scalar.value, radix: 16, uppercase: true)
    let isVisible: Bool
    switch scalar.properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: isVisible = false
    default: isVisible = true
    }
    addInvalid(
      "character",
      isVisible ? "`\(scalar)` is no sign of the language" : "there is an invisible character here",
      from: start,
      notes: ["it is U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)"])
  }

  private mutating func scanLatexSign() {
    let start = position
    position += 1
    while Self.isLetter(peek()) { position += 1 }
    let name = String(decoding: bytes[(start + 1)..<position], as: UTF8.self)
    if let sign = LatexName.all[name].map({ Array($0.utf8) }),
      let own = Self.signs[Int(sign[0])].first(where: { $0.bytes == sign })
    {
      return add(own.kind, from: start)
    }
    let near = Spelling.nearest(to: name, in: LatexName.all.keys.sorted(by: >))
    addInvalid(
      "character", "there is no letter or sign `\\\(name)`", from: start,
      suggestions: near.map { ["\\\($0)  for \(LatexName.all[$0] ?? "")"] } ?? [])
  }

  private mutating func addForeign(_ foreign: ForeignSign, from start: Int) {
    let span = Span(start: start, end: position)
    if foreign.sign == "!", isOperandEnd(at: start), let last = tokens.last {
      return addInvalid(
        "habit", "a factorial is a function here", from: start,
        suggestions: ["factorial(\(source.text(in: last.span)))"])
    }
    let suggestions = foreign.replacement.map { line(replacing: span, by: $0) } ?? []
    addInvalid("habit", foreign.message, from: start, suggestions: suggestions)
  }

  private func isOperandEnd(at start: Int) -> Bool {
    guard let last = tokens.last, last.span.end == start else { return false }
    return last.name != nil || last.isNumber || last.symbol == .closeParenthesis
  }

  /// The line around a span with the span replaced: a suggestion that can be copied.
  private func line(replacing span: Span, by text: String) -> [String] {
    let line = source.span(ofLine: source.line(of: span.start))
    let before = source.text(in: Span(start: line.start, end: span.start))
    var after = source.text(in: Span(start: span.end, end: max(span.end, line.end)))
    if let comment = after.firstIndex(of: "#"), !after.contains("\"") {
      after = String(after[..<comment])
    }
    if text == "and" {
      return [(Self.trimmed(before) + " and " + Self.trimmed(after))].filter { $0.count < 80 }
    }
    if text == "+= 1" { return [Self.trimmed(before) + " += 1"] }
    return [Self.trimmed(before + text + after)].filter { $0.count < 80 }
  }

  private static func trimmed(_ text: String) -> String {
    var view = Substring(text)
    while view.first?.isWhitespace == true { view.removeFirst() }
    while view.last?.isWhitespace == true { view.removeLast() }
    return String(view)
  }
}

// MARK: Bytes and tokens

extension Lexer {
  private func peek(_ distance: Int = 0) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  private func starts(with sign: [UInt8]) -> Bool {
    guard position + sign.count <= bytes.count else { return false }
    var index = 0
    while index < sign.count {
      if bytes[position + index] != sign[index] { return false }
      index += 1
    }
    return true
  }

  private static func isDigit(_ byte: UInt8?) -> Bool {
    byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  private static func isLetter(_ byte: UInt8?) -> Bool {
    byte.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) } ?? false
  }

  /// The character at an offset and its length; texts are valid UTF-8.
  private func scalar(at offset: Int) -> (Unicode.Scalar, Int)? {
    guard offset < bytes.count else { return nil }
    let lead = bytes[offset]
    if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard offset + length <= bytes.count else { return nil }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for index in 1..<length { value = value << 6 | UInt32(bytes[offset + index] & 0x3F) }
    return Unicode.Scalar(value).map { ($0, length) }
  }

  private mutating func add(_ kind: Token.Kind, from start: Int) {
    tokens.append(
      Token(
        kind: kind, span: Span(start: start, end: max(start, position)), startsLine: sawNewline,
        hasSpaceBefore: sawSpace))
    sawNewline = false
    sawSpace = false
  }

  /// - Parameters:
  ///   - length: how far to move first; 0 when the position is already behind the trouble.
  ///   - opening: label for the place where something begins that never ends.
  private mutating func addInvalid(
    _ slug: String, _ message: String, from start: Int, length: Int = 0, opening: String? = nil,
    notes: [String] = [], suggestions: [String] = []
  ) {
    position += length
    if opening != nil {
      position = max(position, start + 1)
      while let byte = peek(), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
        position += 1
      }
    }
    let span = Span(start: start, end: opening == nil ? position : start + 1)
    let label = Diagnostic.Label(span, opening ?? "", isOpening: opening != nil)
    add(
      .invalid(
        Diagnostic(
          slug, message, labels: [label], notes: notes, suggestions: suggestions, source: source)),
      from: start)
  }
}
