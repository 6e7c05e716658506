import Basics

/// A program text with a name and a table of its lines; positions in it are UTF-8 byte offsets.
///
/// A byte order mark and CRLF line ends stay in the text, so offsets are those of the file. A
/// carriage return alone ends a line, too.
package final class SourceText: Sendable {
  /// What a reader knows the text by: a file name, or nothing for an entry at the prompt.
  package let name: String
  /// The text.
  package let text: String
  /// The text's UTF-8 bytes.
  package let bytes: [UInt8]
  /// Number of the first line, when the text is a part of a file.
  package let firstLine: Int
  /// The word for such a text in messages: "file", "cell", "entry".
  package let noun: String
  private let lineStarts: [Int]

  package init(name: String = "", text: String, firstLine: Int = 1, noun: String = "file") {
    self.name = name
    self.text = text
    self.firstLine = firstLine
    self.noun = noun
    bytes = Array(text.utf8)
    var starts = [0]
    for offset in bytes.indices where Self.isLineEnd(at: offset, in: bytes) {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  /// Decodes strictly: a byte that is not UTF-8 is trouble, not a replacement character.
  package convenience init(name: String, bytes: [UInt8], noun: String = "file") throws(Problem) {
    if let bad = Self.firstInvalidByte(in: bytes) {
      let line = bytes[..<bad].count { $0 == UInt8(ascii: "\n") } + 1
      throw Problem(
        "encoding", "\(name.isEmpty ? "the text" : name) is not UTF-8 text",
        notes: ["byte \(bad), on line \(line), is 0x\(String(bytes[bad], radix: 16))"],
        suggestions: ["save it as UTF-8, for example with  iconv -f latin1 -t utf-8"])
    }
    self.init(name: name, text: String(decoding: bytes, as: UTF8.self), noun: noun)
  }

  /// Whether a line ends with the byte at an offset: a line feed, or a carriage return that none
  /// follows.
  static func isLineEnd(at offset: Int, in bytes: [UInt8]) -> Bool {
    switch bytes[offset] {
    case UInt8(ascii: "\n"): true
    case UInt8(ascii: "\r"): offset + 1 == bytes.count || bytes[offset + 1] != UInt8(ascii: "\n")
    default: false
    }
  }

  /// How the text ends its lines: as it does first.
  package var lineEnd: String {
    guard let first = bytes.indices.first(where: { Self.isLineEnd(at: $0, in: bytes) }) else {
      return "\n"
    }
    if bytes[first] == UInt8(ascii: "\r") { return "\r" }
    return first > 0 && bytes[first - 1] == UInt8(ascii: "\r") ? "\r\n" : "\n"
  }

  /// How many lines the text has; a line end at the very end does not start another.
  package var lineCount: Int {
    lineStarts.count > 1 && lineStarts.last == bytes.count
      ? lineStarts.count - 1 : lineStarts.count
  }

  /// Number of the line that holds an offset, counted from `firstLine`.
  package func line(of offset: Int) -> Int { index(of: offset) + firstLine }

  /// Display column of an offset in its line, counted from 1; a wide character takes two.
  package func column(of offset: Int) -> Int {
    let start = lineStarts[index(of: offset)]
    return DisplayWidth.columns(of: text(in: Span(start: start, end: max(start, offset)))) + 1
  }

  /// The bytes of a line, without its line end. `line` counts from `firstLine`.
  package func span(ofLine line: Int) -> Span {
    let index = min(max(0, line - firstLine), lineStarts.count - 1)
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return Span(start: start, end: end)
  }

  /// The text of a span, cut to what the text has.
  package func text(in span: Span) -> String {
    let end = min(span.end, bytes.count)
    return String(decoding: bytes[min(span.start, end)..<end], as: UTF8.self)
  }

  private func index(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// Position of the first byte that cannot be part of UTF-8 (Unicode 15, table 3-7).
  private static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
    var position = 0
    while position < bytes.count {
      let lead = bytes[position]
      let (length, second): (Int, ClosedRange<UInt8>)
      switch lead {
      case 0..<0x80: (length, second) = (1, 0...0)
      case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      default: return position
      }
      if position + length > bytes.count { return position }
      for index in 1..<max(1, length) {
        let allowed = index == 1 ? second : 0x80...0xBF
        if !allowed.contains(bytes[position + index]) { return position }
      }
      position += length
    }
    return nil
  }
}
