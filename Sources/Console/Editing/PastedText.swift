/// Cleans text copied from a session or a notebook.
package enum PastedText {
  /// `text` without prompts, recorded answers (`#>` lines) and, where prompts show that it is a
  /// session, without the answers between entries.
  ///
  /// - Parameter isFinished: whether lines so far make a whole entry.
  package static func cleaned(
    _ text: String, prompt: String = "fdsl> ", isFinished: (String) -> Bool
  ) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.hasSuffix("\r") ? String($0.dropLast()) : String($0)
    }
    let bare = String(prompt.dropLast())
    let isSession = lines.contains { $0.hasPrefix(prompt) }
    let unmarked = lines.filter { line in
      !line.drop { $0 == " " || $0 == "\t" }.hasPrefix("#>")
    }
    guard isSession else { return unmarked.joined(separator: "\n") }
    var entries: [String] = []
    var isOpen = false
    for line in unmarked {
      if line.hasPrefix(prompt) || line == bare {
        entries.append(String(line.dropFirst(prompt.count)))
      } else if isOpen, let last = entries.last {
        let indent = min(prompt.count, line.prefix { $0 == " " }.count)
        entries[entries.count - 1] = last + "\n" + line.dropFirst(indent)
      } else {
        continue
      }
      isOpen = entries.last.map { !isFinished($0) } ?? false
    }
    return entries.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}
