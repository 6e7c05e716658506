/// What came from the user.
package enum EntryRead: Equatable, Sendable {
  /// A whole entry, newlines inside, without prompt or continuation indent.
  case entry(String)
  /// Ctrl-C at the prompt: the entry is dropped.
  case interrupted
  /// The end of input, or ^D on an empty line.
  case end
}

/// Where entries come from. It knows no language; what it needs to know it asks its assistant.
package protocol LineEditor: AnyObject {
  /// Reads one entry. `draft` stands in the editor already, where there is one.
  func read(prompt: String, draft: String) throws -> EntryRead
  /// Makes an entry findable by the history keys.
  func remember(_ entry: String)
  /// Chooses the keys: "emacs" or "vi". Returns whether there is such a choice.
  func setKeys(_ name: String) -> Bool
}

extension LineEditor {
  package func remember(_ entry: String) {}
  package func setKeys(_ name: String) -> Bool { false }
}

/// What an editor asks while an entry is typed.
package protocol EntryAssistant: AnyObject {
  /// Whether Enter should run the entry.
  func isFinished(_ entry: String) -> Bool
  /// What could stand at the cursor, a scalar offset.
  func completion(_ entry: String, cursor: Int) -> EntryCompletion
  /// The coloured parts.
  func coloured(_ entry: String) -> [ColouredSpan]
  /// Pasted text without the marks of a transcript.
  func cleaned(_ pasted: String) -> String
}

/// Entries from a list: for tests and for programs that drive a session.
package final class ScriptedEditor: LineEditor {
  private var remaining: [EntryRead]
  /// Prompts that were asked with.
  package private(set) var prompts: [String] = []
  /// Drafts that stood in the editor.
  package private(set) var drafts: [String] = []

  package init(_ script: [EntryRead]) { remaining = script }

  package func read(prompt: String, draft: String) -> EntryRead {
    prompts.append(prompt)
    drafts.append(draft)
    return remaining.isEmpty ? .end : remaining.removeFirst()
  }
}
