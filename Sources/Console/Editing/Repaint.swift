/// Redraws an entry in colour over the plain one that libedit has drawn.
///
/// libedit's model of the screen holds characters without colour, so it never notices. Its
/// partial updates leave plain characters, which the next repaint colours again.
struct Repaint {
  var buffer: EntryBuffer
  var layout: ScreenLayout
  /// Parts of the shown text by scalar offset.
  var inks: [(range: Range<Int>, ink: TerminalStyle.Ink)]
  /// Dim text after the end of the entry.
  var suggestion: String
  /// Columns of the prompt.
  var prompt: Int
  /// Whether the bracket at the cursor and its partner stand out.
  var showsBrackets = true

  /// The bytes to write, in one go; the cursor ends where it was.
  var text: String {
    let cursor = layout.cells[buffer.cursor]
    var result = "\u{1B}7"
    if cursor.row > 0 { result += "\u{1B}[\(cursor.row)A" }
    result += "\r"
    if prompt > 0 { result += "\u{1B}[\(prompt)C" }
    var marks = [TerminalStyle.Ink?](repeating: nil, count: buffer.scalars.count)
    for (range, ink) in inks {
      for index in range.clamped(to: 0..<marks.count) { marks[index] = ink }
    }
    if showsBrackets, let pair = buffer.matchingBracket {
      marks[pair.here] = .matched
      marks[pair.there] = .matched
    }
    var current: TerminalStyle.Ink?
    for (index, scalar) in buffer.scalars.enumerated() {
      if marks[index] != current {
        result += "\u{1B}[0m"
        if let ink = marks[index] { result += "\u{1B}[\(ink.rawValue)m" }
        current = marks[index]
      }
      if scalar == "\n" {
        result += "\r\u{1B}[1B"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    if current != nil { result += "\u{1B}[0m" }
    if !suggestion.isEmpty { result += "\u{1B}[2m\(suggestion)\u{1B}[0m" }
    return result + "\u{1B}8"
  }
}
