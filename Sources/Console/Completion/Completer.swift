/// Decides what Tab completes: a sign, a file, a command or a name of the language.
struct Completer {
  /// Names and fields at a UTF-8 offset.
  var language: (_ text: String, _ cursor: Int) -> [Candidate]
  /// Commands with their texts, without the colon.
  var commands: [Candidate]
  /// Commands whose argument is a path.
  var pathCommands: Set<String>
  /// Commands whose argument is program text.
  var codeCommands: Set<String>

  /// - Parameter cursor: a scalar offset in `entry`.
  func completion(_ entry: String, cursor: Int) -> EntryCompletion {
    let scalars = Array(entry.unicodeScalars)
    let before = EntryBuffer.string(scalars[..<min(cursor, scalars.count)])
    if let slash = before.unicodeScalars.lastIndex(of: "\\"), !isInText(before) {
      let name = before.unicodeScalars[before.unicodeScalars.index(after: slash)...]
      if name.allSatisfy({ $0.properties.isAlphabetic && $0.isASCII }) {
        let start = before.unicodeScalars.distance(
          from: before.unicodeScalars.startIndex, to: slash)
        return EntryCompletion(start: start, candidates: SymbolNames.candidates(String(name)))
      }
    }
    if before.hasPrefix(":") { return command(entry, before) }
    if let quote = openQuote(before) {
      let typed = before.unicodeScalars[before.unicodeScalars.index(after: quote)...]
      let start = before.unicodeScalars.distance(
        from: before.unicodeScalars.startIndex, to: quote)
      return EntryCompletion(start: start + 1, candidates: FileNames.candidates(String(typed)))
    }
    if before.hasPrefix("?") {
      let marks = before.prefix { $0 == "?" }.count
      return shifted(by: marks, entry, before)
    }
    return names(entry, before)
  }

  private func command(_ entry: String, _ before: String) -> EntryCompletion {
    guard let space = before.firstIndex(of: " ") else {
      let typed = before.dropFirst()
      return EntryCompletion(
        start: 1, candidates: commands.filter { $0.replacement.hasPrefix(typed) })
    }
    let name = String(before[before.index(after: before.startIndex)..<space])
    let offset = before.unicodeScalars.distance(from: before.startIndex, to: space) + 1
    if codeCommands.contains(name) { return shifted(by: offset, entry, before) }
    guard pathCommands.contains(name) else { return EntryCompletion(start: offset) }
    let typed = before[before.index(after: space)...]
    let word = typed.lastIndex(of: " ").map { typed[typed.index(after: $0)...] } ?? typed
    let start = before.unicodeScalars.count - word.unicodeScalars.count
    return EntryCompletion(start: start, candidates: FileNames.candidates(String(word)))
  }

  /// Completes the program text that begins `count` scalars into the entry.
  private func shifted(by count: Int, _ entry: String, _ before: String) -> EntryCompletion {
    var result = names(
      String(entry.unicodeScalars.dropFirst(count)), String(before.unicodeScalars.dropFirst(count)))
    result.start += count
    return result
  }

  private func names(_ entry: String, _ before: String) -> EntryCompletion {
    let candidates = language(entry, before.utf8.count)
    let word = before.unicodeScalars.reversed().prefix {
      $0 == "_" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
    }.count
    var start = before.unicodeScalars.count - word
    if let given = candidates.first?.start {
      start = String(decoding: before.utf8.prefix(given), as: UTF8.self).unicodeScalars.count
    }
    return EntryCompletion(start: start, candidates: candidates)
  }

  private func isInText(_ before: String) -> Bool { openQuote(before) != nil }

  /// The quote that opened the text the cursor stands in.
  private func openQuote(_ before: String) -> String.UnicodeScalarView.Index? {
    var open: String.UnicodeScalarView.Index?
    var isEscaped = false
    for index in before.unicodeScalars.indices {
      let scalar = before.unicodeScalars[index]
      if isEscaped {
        isEscaped = false
      } else if scalar == "\\", open != nil {
        isEscaped = true
      } else if scalar == "\"" {
        open = open == nil ? index : nil
      } else if scalar == "\n" {
        open = nil
      }
    }
    return open
  }
}
