/// The text being edited as it stands on the screen, and the cursor.
///
/// Continuation lines carry an indent as wide as the prompt, because an editor cannot draw one
/// that is not there. `entry` is the text without it.
package struct EntryBuffer: Equatable, Sendable {
  /// Spaces before every line but the first: the width of `fdsl> `.
  package static let indent = 6
  /// Columns of one level of nesting.
  package static let step = 4

  package var scalars: [Unicode.Scalar]
  /// Scalars before the cursor.
  package var cursor: Int

  package init(scalars: [Unicode.Scalar], cursor: Int) {
    self.scalars = scalars
    self.cursor = min(max(0, cursor), scalars.count)
  }

  /// An entry as the editor shows it, with the cursor at its end.
  package init(entry: String) {
    scalars = Array(Self.shown(entry).unicodeScalars)
    cursor = scalars.count
  }

  /// The text as shown.
  package var text: String { Self.string(scalars[...]) }

  /// The text as the program sees it.
  package var entry: String { Self.entry(fromShown: text) }

  /// `entry` with its continuation lines indented.
  package static func shown(_ entry: String) -> String {
    entry.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\n" + String(repeating: " ", count: indent))
  }

  /// The entry that is shown as `text`.
  package static func entry(fromShown text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().map { index, line in
      index == 0
        ? String(line)
        : String(line.dropFirst(min(indent, line.prefix(while: { $0 == " " }).count)))
    }.joined(separator: "\n")
  }

  /// The cursor as a scalar offset in `entry`.
  package var entryCursor: Int {
    EntryBuffer.entry(fromShown: Self.string(scalars[..<cursor])).unicodeScalars.count
  }
}

// MARK: - Editing

extension EntryBuffer {
  /// Puts text at the cursor.
  package mutating func insert(_ text: String) {
    let added = Array(text.unicodeScalars)
    scalars.insert(contentsOf: added, at: cursor)
    cursor += added.count
  }

  /// Replaces the entry's text from a scalar offset of `entry` up to the cursor.
  package mutating func replace(fromEntryOffset start: Int, with text: String) {
    let all = Array(entry.unicodeScalars)
    let at = min(entryCursor, all.count)
    let head = all[..<min(start, at)] + Array(text.unicodeScalars)
    let shown = Array(Self.shown(Self.string((head + all[at...])[...])).unicodeScalars)
    cursor = Self.shown(Self.string(head[...])).unicodeScalars.count
    scalars = shown
  }

  /// Puts an entry's text, perhaps of many lines, at the cursor.
  package mutating func paste(_ entry: String) {
    var lines = entry[...]
    while lines.last == "\n" { lines.removeLast() }
    insert(Self.shown(String(lines)))
  }

  /// Opens a line at the cursor, indented like the present one, deeper after an open bracket.
  package mutating func openLine() {
    let line = scalars[lineStart(at: cursor)..<cursor]
    var depth = line.prefix { $0 == " " }.count
    if lineStart(at: cursor) > 0 { depth = max(0, depth - Self.indent) }
    if let last = line.last(where: { $0 != " " }), "([{".unicodeScalars.contains(last) {
      depth += Self.step
    }
    insert("\n" + String(repeating: " ", count: Self.indent + depth))
  }

  /// Takes a closing bracket that begins the line back under the line of the bracket it closes, when
  /// it stands where `openLine` has put the cursor. Returns whether there was one to move.
  package mutating func alignCloser() -> Bool {
    let start = lineStart(at: cursor)
    let spaces = spaces(at: start)
    guard start > 0, start + spaces < cursor,
      ")]}".unicodeScalars.contains(scalars[start + spaces]),
      let opener = partner(of: start + spaces)
    else { return false }
    let line = lineStart(at: opener)
    guard spaces == (line == 0 ? Self.indent : self.spaces(at: line)) + Self.step else {
      return false
    }
    scalars.removeSubrange(start..<(start + Self.step))
    cursor -= Self.step
    return true
  }

  /// Deletes backwards: a continuation's whole indent with its line break, one level of nesting,
  /// or one character with what combines with it. Returns whether there was something.
  package mutating func deleteBackward() -> Bool {
    guard cursor > 0 else { return false }
    let start = lineStart(at: cursor)
    let before = scalars[start..<cursor]
    var count = 1
    if start > 0, before.allSatisfy({ $0 == " " }) {
      let extra = before.count - Self.indent
      count = extra > 0 ? (extra - 1) % Self.step + 1 : before.count + 1
    } else {
      count = Self.string(scalars[start..<cursor]).last?.unicodeScalars.count ?? 1
    }
    scalars.removeSubrange((cursor - count)..<cursor)
    cursor -= count
    return true
  }

  /// Indents by one level when only spaces stand before the cursor in a continuation line.
  package mutating func indentLine() -> Bool {
    let start = lineStart(at: cursor)
    guard start > 0, scalars[start..<cursor].allSatisfy({ $0 == " " }) else { return false }
    let depth = cursor - start - Self.indent
    insert(String(repeating: " ", count: Self.step - ((depth % Self.step) + Self.step) % Self.step))
    return true
  }
}

// MARK: - Moving

extension EntryBuffer {
  /// Moves to the same column one line up. Returns `false` on the first line.
  package mutating func moveUp() -> Bool {
    let start = lineStart(at: cursor)
    guard start > 0 else { return false }
    let above = lineStart(at: start - 1)
    cursor = min(above + cursor - start, start - 1)
    return true
  }

  /// Moves to the same column one line down. Returns `false` on the last line.
  package mutating func moveDown() -> Bool {
    let end = lineEnd(at: cursor)
    guard end < scalars.count else { return false }
    cursor = min(end + 1 + cursor - lineStart(at: cursor), lineEnd(at: end + 1))
    return true
  }

  /// Moves to the first column of the line's own text; from there to the start of the entry.
  package mutating func moveHome() {
    let start = lineStart(at: cursor)
    let own =
      start == 0 ? 0 : start + scalars[start...].prefix(Self.indent).prefix { $0 == " " }.count
    cursor = cursor == own ? 0 : own
  }

  /// Moves to the end of the line; from there to the end of the entry.
  package mutating func moveEnd() {
    let end = lineEnd(at: cursor)
    cursor = cursor == end ? scalars.count : end
  }

  /// Offset of the bracket that belongs to the one at or before the cursor.
  package var matchingBracket: (here: Int, there: Int)? {
    for here in [cursor, cursor - 1] where scalars.indices.contains(here) {
      if let there = partner(of: here) { return (here, there) }
    }
    return nil
  }
}

// MARK: - Parts

extension EntryBuffer {
  private static let brackets: [(open: Unicode.Scalar, close: Unicode.Scalar)] = [
    ("(", ")"), ("[", "]"), ("{", "}"),
  ]

  private func partner(of index: Int) -> Int? {
    for pair in Self.brackets {
      let isOpen = scalars[index] == pair.open
      guard isOpen || scalars[index] == pair.close else { continue }
      var depth = 0
      for other in isOpen
        ? Array(index..<scalars.count) : Array((0...index).reversed())
      {
        if scalars[other] == pair.open { depth += isOpen ? 1 : -1 }
        if scalars[other] == pair.close { depth += isOpen ? -1 : 1 }
        if depth == 0 { return other }
      }
    }
    return nil
  }

  private func spaces(at start: Int) -> Int { scalars[start...].prefix { $0 == " " }.count }

  func lineStart(at offset: Int) -> Int {
    (scalars[..<offset].lastIndex(of: "\n") ?? -1) + 1
  }

  func lineEnd(at offset: Int) -> Int {
    scalars[offset...].firstIndex(of: "\n") ?? scalars.count
  }

  static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
