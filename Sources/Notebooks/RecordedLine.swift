/// One recorded line of an answer, as it stands after the `#>` mark.
package enum RecordedLine: Equatable, Sendable {
  /// Text that a replay must give again.
  case text(String)
  /// `~ 41.8 s`: shown and recorded, never compared.
  case volatile(String)
  /// `![label](path) 498×48`: a picture in a side file; the caption is `498×48`.
  case picture(label: String, path: String, caption: String)
  /// `… 120 more lines sha256:1f0c52aa`: the rest of a long answer.
  case elided(count: Int, hash: String)

  /// Reads what stands after `#>`; one space after the mark is not part of the text.
  package init(parsing content: some StringProtocol) {
    var body = Substring(content)
    if body.first == " " { body = body.dropFirst() }
    while let last = body.last, last.isWhitespace { body.removeLast() }
    if body.hasPrefix("\\"), Self.needsEscape(body.dropFirst()) {
      self = .text(String(body.dropFirst()))
    } else if body.hasPrefix("~ ") || body == "~" {
      self = .volatile(String(body.dropFirst(2)))
    } else if let picture = Self.picture(body) {
      self = picture
    } else if let elided = Self.elided(body) {
      self = elided
    } else {
      self = .text(String(body))
    }
  }

  /// The line as it is written after `#>`, with the space that separates it.
  package var rendered: String {
    switch self {
    case .text(let text):
      let visible = Self.visible(text)
      if visible.isEmpty { return "" }
      return Self.needsEscape(visible[...]) ? " \\" + visible : " " + visible
    case .volatile(let text): return text.isEmpty ? " ~" : " ~ " + Self.visible(text)
    case .picture(let label, let path, let caption):
      return " ![\(label)](\(path))" + (caption.isEmpty ? "" : " " + caption)
    case .elided(let count, let hash):
      return " … \(count) more line\(count == 1 ? "" : "s") sha256:\(hash)"
    }
  }

  /// Text that would read as one of the other kinds, or as an escape of them.
  private static func needsEscape(_ text: Substring) -> Bool {
    let bare = text.drop { $0 == "\\" }
    return bare == "~" || bare.hasPrefix("~ ") || bare.hasPrefix("![") || bare.hasPrefix("… ")
  }

  /// `text` without trailing blanks and with control characters made visible, so that a recorded
  /// answer can neither break its line nor steer a terminal.
  private static func visible(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.value < 0x20 && scalar != "\t" || scalar.value == 0x7f {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    while let last = result.last, last.isWhitespace { result.removeLast() }
    return result
  }

  private static func picture(_ body: Substring) -> RecordedLine? {
    guard body.hasPrefix("!["), let middle = body.range(of: "]("),
      let close = body[middle.upperBound...].firstIndex(of: ")")
    else { return nil }
    let label = body[body.index(body.startIndex, offsetBy: 2)..<middle.lowerBound]
    let caption = body[body.index(after: close)...].drop { $0 == " " }
    return .picture(
      label: String(label), path: String(body[middle.upperBound..<close]), caption: String(caption))
  }

  private static func elided(_ body: Substring) -> RecordedLine? {
    let words = body.split(separator: " ")
    guard words.count == 5, words[0] == "…", let count = Int(words[1]), words[2] == "more",
      words[3].hasPrefix("line"), words[4].hasPrefix("sha256:")
    else { return nil }
    return .elided(count: count, hash: String(words[4].dropFirst(7)))
  }
}
