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
  /// "\n", "\r\n" or, in the last line, possibly nothing.
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
    var result: [SourceLine] = []
    var start = 0
    while start < bytes.count {
      let newline = bytes[start...].firstIndex(of: 0x0a)
      let next = newline.map { $0 + 1 } ?? bytes.count
      var end = newline ?? bytes.count
      if end > start, bytes[end - 1] == 0x0d, newline != nil { end -= 1 }
      var line = Array(bytes[start..<end])
      let words = String(decoding: line, as: UTF8.self)
      if start == 0, line.starts(with: [0xef, 0xbb, 0xbf]) {
        line.replaceSubrange(0..<3, with: [0x20, 0x20, 0x20])
      }
      result.append(
        SourceLine(
          text: words, terminator: String(decoding: bytes[end..<next], as: UTF8.self), start: start,
          role: isRunnable(result.count, words) ? role(of: line) : .prose))
      start = next
    }
    return result
  }

  private static func role(of line: [UInt8]) -> Role {
    let comment = commentStart(in: line)
    let code = line[..<(comment ?? line.count)]
    let isBlank = code.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    guard let comment else { return isBlank ? .prose : .code(output: nil) }
    let text = String(decoding: line[comment...], as: UTF8.self)
    if !isBlank { return .code(output: text.hasPrefix("#>") ? comment : nil) }
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

  /// Where the comment of a line begins. Strings end with their line, so lines can be read alone.
  static func commentStart(in line: [UInt8]) -> Int? {
    let (quote, hash, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "\\"))
    let (open, close) = (UInt8(ascii: "("), UInt8(ascii: ")"))
    // Open strings and the bracket depth inside the `\( … )` that each has opened.
    var strings: [(isRaw: Bool, depth: Int)] = []
    var index = 0
    while index < line.count {
      let byte = line[index]
      if let string = strings.last, string.depth == 0 {
        if byte == quote {
          strings.removeLast()
        } else if byte == backslash, !string.isRaw {
          index += 1
          if index < line.count, line[index] == open { strings[strings.count - 1].depth = 1 }
        }
      } else if byte == quote {
        let isName = { (byte: UInt8) in
          byte == UInt8(ascii: "_") || byte >= 0x80
            || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
            || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
        }
        let isRaw =
          index > 0 && line[index - 1] == UInt8(ascii: "r")
          && (index < 2 || !isName(line[index - 2]))
        strings.append((isRaw, 0))
      } else if !strings.isEmpty, byte == open {
        strings[strings.count - 1].depth += 1
      } else if !strings.isEmpty, byte == close {
        strings[strings.count - 1].depth -= 1
      } else if byte == hash {
        return index
      }
      index += 1
    }
    return nil
  }
}
