/// Walks through earlier entries that begin like what was typed.
struct HistorySearch {
  /// Oldest first.
  private(set) var entries: [String] = []
  private var position = 0
  private var prefix = ""
  private var draft = ""
  private var shown: String?

  mutating func add(_ entry: String) {
    if entries.last != entry { entries.append(entry) }
    forget()
  }

  /// The next older entry that begins with what stands before the cursor.
  mutating func older(than text: String, before cursor: String) -> String? {
    begin(text, cursor)
    return step(by: -1, from: text)
  }

  /// The next newer one; after the newest, what was typed before the walk.
  mutating func newer(than text: String, before cursor: String) -> String? {
    guard shown == text else { return nil }
    if let entry = step(by: 1, from: text) { return entry }
    guard position < entries.count else { return nil }
    position = entries.count
    shown = draft
    return draft
  }

  /// What most likely follows `text`: the rest of the newest entry that begins with it.
  func suggestion(for text: String) -> String? {
    guard !text.isEmpty else { return nil }
    return entries.last { $0.hasPrefix(text) && $0 != text }.map {
      String($0.dropFirst(text.count))
    }
  }

  /// A new entry is about to be typed.
  mutating func forget() {
    position = entries.count
    shown = nil
  }

  private mutating func begin(_ text: String, _ cursor: String) {
    if shown == text { return }
    position = entries.count
    prefix = cursor
    draft = text
    shown = text
  }

  private mutating func step(by change: Int, from text: String) -> String? {
    var next = position + change
    while entries.indices.contains(next) {
      if entries[next].hasPrefix(prefix), entries[next] != text {
        position = next
        shown = entries[next]
        return entries[next]
      }
      next += change
    }
    return nil
  }
}
