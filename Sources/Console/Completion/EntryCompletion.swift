/// What Tab can do at a place in an entry.
package struct EntryCompletion: Equatable, Sendable {
  /// Scalar offset in the entry where the replaced text starts.
  package var start: Int
  /// Every way to go on.
  package var candidates: [Candidate]

  package init(start: Int, candidates: [Candidate] = []) {
    self.start = start
    self.candidates = candidates
  }

  /// The longest text with which all candidates begin.
  package var commonPrefix: String {
    guard var prefix = candidates.first?.replacement else { return "" }
    for candidate in candidates.dropFirst() {
      prefix = String(zip(prefix, candidate.replacement).prefix { $0 == $1 }.map(\.0))
    }
    return prefix
  }
}
