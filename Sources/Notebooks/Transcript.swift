import Basics

/// Statements and the answers recorded for them: the one form of all recorded answers, whether
/// they stand in a notebook, in a README or in the examples of a builtin.
package struct Transcript: Equatable, Sendable {
  /// A stretch of code lines and the answer recorded beside or below it.
  package struct Entry: Equatable, Sendable {
    /// Lines of the text, counted from 0, that the code takes.
    package var lines: ClosedRange<Int>
    /// What is recorded for it; empty when nothing is.
    package var recorded: [RecordedLine]
    /// Line numbers of the recorded lines, in step with `recorded`.
    package var places: [Int]
  }

  /// In the order of the text.
  package var entries: [Entry]

  /// How many lines of one answer are recorded in full.
  package static let limit = 40

  /// Cuts a long answer: the first `limit` lines, then how many follow and their hash.
  package static func limited(_ lines: [RecordedLine]) -> [RecordedLine] {
    guard lines.count > limit else { return lines }
    let rest = lines[limit...]
    // Volatile lines are never compared, so they must not enter the hash.
    let compared = rest.map { line in
      if case .volatile = line { " ~" } else { line.rendered }
    }
    let hash = ContentHash(compared.joined(separator: "\n")).short
    return lines[..<limit] + [.elided(count: rest.count, hash: hash)]
  }
}

/// How a recorded answer is compared with one that was just computed.
package struct Comparison: Sendable {
  /// Numbers may differ by `tolerance · max(1, |recorded|)`; 0 asks for the same text.
  package var tolerance: Double
  /// Whether two side files show the same: the recorded path, the path just computed.
  package var samePicture: @Sendable (_ recorded: String, _ computed: String) -> Bool

  package init(
    tolerance: Double = 0,
    samePicture: @escaping @Sendable (String, String) -> Bool = { $0 == $1 }
  ) {
    self.tolerance = tolerance
    self.samePicture = samePicture
  }

  /// Whether a replay gave what is recorded.
  package func agrees(_ recorded: [RecordedLine], _ computed: [RecordedLine]) -> Bool {
    recorded.count == computed.count && zip(recorded, computed).allSatisfy(agrees)
  }

  /// Whether one line agrees with another.
  package func agrees(_ recorded: RecordedLine, _ computed: RecordedLine) -> Bool {
    switch (recorded, computed) {
    case (.volatile, .volatile): return true
    case (.picture(_, let old, let oldCaption), .picture(_, let new, let newCaption)):
      return oldCaption == newCaption && samePicture(old, new)
    case (.elided(let oldCount, let oldHash), .elided(let newCount, let newHash)):
      // A hash cannot be compared with a tolerance; the count still can.
      return oldCount == newCount && (tolerance > 0 || oldHash == newHash)
    case (.text, .text):
      if recorded.rendered == computed.rendered { return true }
      return tolerance > 0 && near(recorded.rendered, computed.rendered)
    default: return false
    }
  }

  /// The same words in the same order, with numbers that differ by no more than the tolerance.
  /// Blanks do not count, because columns move with the width of their numbers.
  private func near(_ recorded: String, _ computed: String) -> Bool {
    let left = Self.pieces(recorded)
    let right = Self.pieces(computed)
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { old, new in
      if old == new { return true }
      guard let a = Double(old), let b = Double(new), a.isFinite, b.isFinite else { return false }
      return abs(a - b) <= tolerance * max(1, abs(a))
    }
  }

  /// Numbers (with their sign) and the single characters between them.
  private static func pieces(_ text: String) -> [String] {
    var result: [String] = []
    let characters = Array(text)
    var index = 0
    func isDigit(_ at: Int) -> Bool {
      at < characters.count && characters[at].isASCII && characters[at].isNumber
    }
    while index < characters.count {
      let start = index
      let afterName = start > 0 && (characters[start - 1].isLetter || characters[start - 1] == "_")
      if characters[index] == "-", isDigit(index + 1) { index += 1 }
      if isDigit(index), !afterName {
        while isDigit(index) { index += 1 }
        if index < characters.count, characters[index] == ".", isDigit(index + 1) {
          index += 1
          while isDigit(index) { index += 1 }
        }
        if index < characters.count, "eE".contains(characters[index]) {
          let sign = index + 1 < characters.count && "+-".contains(characters[index + 1]) ? 1 : 0
          if isDigit(index + 1 + sign) {
            index += 1 + sign
            while isDigit(index) { index += 1 }
          }
        }
        result.append(String(characters[start..<index]))
      } else {
        index = start + 1
        if !characters[start].isWhitespace { result.append(String(characters[start])) }
      }
    }
    return result
  }
}
