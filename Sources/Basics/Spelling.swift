/// Help with names: nearest matches and articles.
package enum Spelling {
  /// The candidate nearest to `word`, if it is near enough to be what was meant.
  package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    let limit = word.count < 2 ? 0 : max(1, word.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != word {
      if abs(candidate.count - word.count) > limit { continue }
      let distance = distance(word.lowercased(), candidate.lowercased())
      if distance <= limit, distance < (best?.distance ?? Int.max) {
        best = (candidate, distance)
      }
    }
    return best?.name
  }

  /// Edits that turn one word into the other: insert, delete, replace, swap neighbours.
  package static func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left.unicodeScalars)
    let b = Array(right.unicodeScalars)
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          cost = min(cost, beforeLast[j - 2] + 1)
        }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }

  /// "an integer", "a number"; phrases that need no article stay as they are.
  package static func article(_ noun: String) -> String {
    if noun == "text" || noun.hasPrefix("true") { return noun }
    return ("aeiouAEIO".contains(noun.first ?? "x") ? "an " : "a ") + noun
  }
}
