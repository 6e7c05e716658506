import Basics

extension Lexer {
  mutating func scanNumber() {
    let start = position
    if bytes[position] == UInt8(ascii: "0"), let mark = peek(1), let base = Self.bases[mark] {
      return scanInteger(from: start, in: base)
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
          "number", "\(Self.shortened(written)) is too large for a Real", from: start,
          notes: ["the largest is 1.8e308"])
      }
      add(.real(value), from: start)
    } else if let value = Int(plain) {
      add(.integer(value), from: start)
    } else {
      let real = Double(plain) ?? .infinity
      addInvalid(
        "number", "\(Self.shortened(written)) is too large for an Int", from: start,
        notes: [
          "the largest is 9223372036854775807; "
            + (real.isFinite ? "with a decimal point it is a Real" : "of a Real it is 1.8e308")
        ],
        suggestions: !real.isFinite ? [] : [written.count <= 24 ? "\(written).0" : "\(real)"])
    }
  }

  /// A number as a message quotes it.
  private static func shortened(_ written: String) -> String {
    written.count <= 24
      ? written : "\(written.prefix(8))…\(written.suffix(4)), a number of \(written.count) digits,"
  }

  /// A base other than ten, by the letter behind the 0.
  private struct Base {
    let radix: Int
    let name: String
    let digits: String
    let largest: String
  }

  private static let bases: [UInt8: Base] = {
    let hexadecimal = Base(
      radix: 16, name: "a hexadecimal", digits: "0-9 a-f", largest: "0x7fffffffffffffff")
    let binary = Base(radix: 2, name: "a binary", digits: "0 and 1", largest: "63 ones")
    let octal = Base(
      radix: 8, name: "an octal", digits: "0-7", largest: "0o777777777777777777777")
    return [
      UInt8(ascii: "x"): hexadecimal, UInt8(ascii: "X"): hexadecimal, UInt8(ascii: "b"): binary,
      UInt8(ascii: "o"): octal,
    ]
  }()

  private mutating func scanInteger(from start: Int, in base: Base) {
    position += 2
    let first = position
    while let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) || byte == UInt8(ascii: "_")
    {
      position += 1
    }
    let digits = String(decoding: bytes[first..<position], as: UTF8.self).filter { $0 != "_" }
    if let value = Int(digits, radix: base.radix) { return add(.integer(value), from: start) }
    let isTooLong =
      !digits.isEmpty
      && digits.allSatisfy { $0.hexDigitValue.map { $0 < base.radix } ?? false }
    addInvalid(
      "number", isTooLong ? "this is too large for an Int" : "this is not \(base.name) number",
      from: start,
      notes: [
        isTooLong ? "it has 64 bits: at most \(base.largest)" : "its digits are \(base.digits)"
      ])
  }

  private mutating func scanDigits() {
    while let byte = peek(),
      Self.isDigit(byte) || (byte == UInt8(ascii: "_") && Self.isDigit(peek(1)))
    {
      position += 1
    }
  }

  /// Whether an operand ends right before the position, so that a dot is a field's.
  var isOperandAdjacent: Bool {
    guard !sawSpace, let last = tokens.last, last.span.end == position else { return false }
    switch last.kind {
    case .name, .text, .integer, .real: return true
    case .symbol(let symbol): return symbol.isCloser
    case .keyword, .invalid, .end: return false
    }
  }
}
