import Basics

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

  mutating func scanSign() {
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
    var suggestions = foreign.replacement.map { line(replacing: span, by: $0) } ?? []
    if foreign.sign == "=>", let last = tokens.last, last.symbol == .closeParenthesis,
      let first = tokens.last(where: \.startsLine), first.name != nil
    {
      // `f(x) => …` defines; `x => …` is a function without a name.
      suggestions = line(replacing: span, by: "=")
    }
    if foreign.replacement == "\"" {
      // Both marks of the text are wrong.
      suggestions = suggestions.map { $0.replacing(#/[“”«»]/#, with: "\"") }
    }
    addInvalid("habit", foreign.message, from: start, suggestions: suggestions)
  }

  private func isOperandEnd(at start: Int) -> Bool {
    guard let last = tokens.last, last.span.end == start else { return false }
    return last.name != nil || last.isNumber || last.symbol == .closeParenthesis
  }

  /// The line around a span with the span replaced: a suggestion that can be copied.
  func line(replacing span: Span, by text: String) -> [String] {
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
