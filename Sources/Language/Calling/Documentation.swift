import Basics

/// Help and completion, read off the declarations.
extension Session {
  /// The manual page of a name, or nil when there is none.
  package func help(for name: String) -> String? {
    if let value = runtime.globals[name] {
      let text = Display.text(value, runtime.style)
      return "\(name): \(value.typeName), defined in this session\n\n    \(text)"
    }
    if let constant = library.constant(named: name) {
      return "\(name) = \(Display.text(constant.value))\n\n\(constant.text)"
    }
    return library.builtin(named: name)?.manual
  }

  /// What is known of a name: its manual page, or the story of the error of that slug. Where a
  /// builtin and an error have one name, `error[name]` means the error.
  package func reference(for name: String) -> String? {
    if name.hasPrefix("error["), name.hasSuffix("]") {
      return Explanation.of(String(name.dropFirst(6).dropLast()))?.page
    }
    guard let page = help(for: name) else { return Explanation.of(name)?.page }
    return Explanation.of(name) == nil
      ? page : page + "\n\nThere is an error of this name as well: ?error[\(name)]"
  }

  /// Where the words of `text` occur: names and their summaries.
  package func search(_ text: String) -> [(name: String, summary: String)] {
    let words = text.lowercased().split(separator: " ")
    return library.builtins.values
      .filter { builtin in
        let page = (builtin.name + " " + builtin.text).lowercased()
        return words.allSatisfy { page.contains($0) }
      }
      .sorted { $0.name < $1.name }.map { ($0.name, $0.summary) }
  }

  /// Names bound in the session with a one-line summary of each value.
  package var variables: [(name: String, summary: String)] {
    zip(runtime.globals.names, runtime.globals.values)
      .filter { !$0.1.isNone && $0.0 != "ans" }
      .map { name, value in
        let line = Display.summary(value, runtime.style)
        return (name, line.count > 80 ? line.prefix(79) + "…" : line)
      }
      .sorted { $0.0 < $1.0 }
  }

  /// Completions of the unfinished name before `cursor` (a UTF-8 offset): fields after a dot,
  /// named arguments inside a call, names elsewhere. Nothing is evaluated.
  package func complete(_ text: String, cursor: Int) -> [Completion] {
    let before = String(decoding: Array(text.utf8.prefix(cursor)), as: UTF8.self)
    let word = String(
      before.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
    let lead = before.dropLast(word.count)
    if lead.hasSuffix("."), !lead.hasSuffix("..") {
      let owner = String(
        lead.dropLast().reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
      guard let value = runtime.globals[owner] else { return [] }
      return Fields.names(of: value).filter { $0.hasPrefix(word) }
        .map { Completion(replacement: $0, summary: "field of \(owner)") }
    }
    var found: [Completion] = []
    if let callee = Self.openCall(in: lead), let builtin = library.builtin(named: callee) {
      found += builtin.parameters.filter { !$0.isRest && $0.name.hasPrefix(word) }.map {
        let fallback = $0.fallback.map { $0.isNone ? "" : " [\($0.source)]" } ?? ""
        return Completion(replacement: "\($0.name) = ", summary: $0.text + fallback)
      }
    }
    if word.isEmpty { return found }
    found += variables.filter { $0.name.hasPrefix(word) }
      .map { Completion(replacement: $0.name, summary: $0.summary) }
    found += library.names.filter { $0.hasPrefix(word) && runtime.globals[$0] == nil }.map {
      Completion(
        replacement: $0,
        summary: library.builtin(named: $0).map { "\($0.signature)  \($0.summary)" }
          ?? library.constant(named: $0)?.text ?? "")
    }
    found += Self.reserved.filter { $0.hasPrefix(word) && $0 != word }
      .map { Completion(replacement: $0, summary: "reserved word") }
    return found
  }

  private static let reserved = [
    "if", "else", "for", "in", "while", "break", "continue", "return", "where", "and", "or", "not",
    "true", "false", "param", "seed", "use", "assert", "step",
  ]

  /// The name in front of the innermost parenthesis that is still open.
  private static func openCall(in text: Substring) -> String? {
    var depth = 0
    var rest = text[...]
    while let last = rest.last {
      rest.removeLast()
      if ")]}".contains(last) { depth += 1 }
      guard "([{".contains(last) else { continue }
      if depth > 0 {
        depth -= 1
        continue
      }
      if last != "(" { continue }
      let name = String(
        rest.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
      return name.isEmpty ? nil : name
    }
    return nil
  }
}

extension Builtin {
  /// The manual page: signature, text with examples, parameters.
  package var manual: String {
    var lines = [signature, "", text.trimmedLines]
    let described = parameters.filter { !$0.text.isEmpty }
    if !described.isEmpty {
      lines.append("")
      let width = described.map(\.name.count).max() ?? 0
      for parameter in described {
        let padding = String(repeating: " ", count: width - parameter.name.count)
        var line = "  \(parameter.name)\(padding)  \(parameter.text) (\(parameter.typeName)"
        if let fallback = parameter.fallback, !fallback.isNone, !parameter.isRest {
          line += ", default \(fallback.source)"
        }
        lines.append(line + ")")
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  /// Without empty lines at both ends.
  fileprivate var trimmedLines: String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    while lines.first?.allSatisfy(\.isWhitespace) == true { lines.removeFirst() }
    return lines.joined(separator: "\n")
  }
}

/// A completion of the name around the cursor.
package struct Completion: Sendable, Equatable {
  /// What replaces the unfinished name.
  package let replacement: String
  /// One line about it.
  package let summary: String

  package init(replacement: String, summary: String) {
    self.replacement = replacement
    self.summary = summary
  }
}
