import CEdit

/// Columns of text on a screen.
enum TextWidth {
  /// Columns of a string; characters without a shape count nothing. Escapes are not understood.
  static func of(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + max(0, Int(ce_columns($1.value))) }
  }

  /// `text` cut to `columns` with `…` where something was left out.
  static func cut(_ text: String, to columns: Int) -> String {
    if of(text) <= columns { return text }
    if columns <= 0 { return "" }
    var kept = ""
    var width = 0
    for character in text {
      width += of(String(character))
      if width > columns - 1 { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// `text` filled with spaces to `columns`.
  static func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - of(text)))
  }
}
