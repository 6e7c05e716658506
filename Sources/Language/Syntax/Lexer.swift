import Basics

/// Turns a text into tokens. Never fails: what is no part of the language becomes an `invalid`
/// token that carries its own diagnostic, which the parser reports if it gets there.
package struct Lexer {
  let source: SourceText
  let bytes: [UInt8]
  var position = 0
  var tokens: [Token] = []
  private var comments: [Comment] = []
  var sawNewline = true
  var sawSpace = true
  /// Open round brackets inside a hole of a string; the hole ends where it would go below 0.
  var holeBrackets: Int?
  var holeDepth = 0

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
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        sawNewline = true
        sawSpace = true
        position += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        sawSpace = true
        position += 1
      case UInt8(ascii: "#"):
        let start = position
        while let next = peek(), next != UInt8(ascii: "\n"), next != UInt8(ascii: "\r") {
          position += 1
        }
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

  mutating func scanToken() {
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
  var isNameStart: Bool {
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

// MARK: Bytes and tokens

extension Lexer {
  func peek(_ distance: Int = 0) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  func starts(with sign: [UInt8]) -> Bool {
    guard position + sign.count <= bytes.count else { return false }
    var index = 0
    while index < sign.count {
      if bytes[position + index] != sign[index] { return false }
      index += 1
    }
    return true
  }

  static func isDigit(_ byte: UInt8?) -> Bool {
    byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  static func isLetter(_ byte: UInt8?) -> Bool {
    byte.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) } ?? false
  }

  /// The character at an offset and its length; texts are valid UTF-8.
  func scalar(at offset: Int) -> (Unicode.Scalar, Int)? {
    guard offset < bytes.count else { return nil }
    let lead = bytes[offset]
    if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard offset + length <= bytes.count else { return nil }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for index in 1..<length { value = value << 6 | UInt32(bytes[offset + index] & 0x3F) }
    return Unicode.Scalar(value).map { ($0, length) }
  }

  mutating func add(_ kind: Token.Kind, from start: Int) {
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
  mutating func addInvalid(
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
