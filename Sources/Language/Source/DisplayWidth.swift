/// How many terminal columns text takes.
package enum DisplayWidth {
  /// Tab stops stand every four columns.
  package static let tab = 4

  /// Columns of a piece of text that starts at column 0.
  package static func columns(of text: String) -> Int {
    text.reduce(0) { $0 + columns(of: $1, at: $0) }
  }

  /// Columns of one character that starts at a column (which matters to a tab).
  package static func columns(of character: Character, at column: Int) -> Int {
    if character == "\t" { return tab - column % tab }
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.value < 0x7F { return first.value < 0x20 ? (character == "\r\n" ? 0 : 1) : 1 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    if first.value == 0xFEFF || first.value == 0x200B { return 0 }
    let hasEmojiSelector = character.unicodeScalars.contains { $0.value == 0xFE0F }
    if hasEmojiSelector || first.properties.isEmojiPresentation { return 2 }
    return wide.contains { $0.contains(first.value) } ? 2 : 1
  }

  /// Blocks that are East Asian wide or fullwidth (Unicode annex 11), in order.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18AFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD,
  ]
}
