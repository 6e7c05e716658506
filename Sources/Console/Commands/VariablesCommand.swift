/// Lists the user's names.
struct VariablesCommand: SessionCommand {
  static let name = "vars"
  static let usage = "[PATTERN]"
  static let text = "names with a summary; * stands for anything"

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) {
    let found = session.engine.variables.filter {
      arguments.contains("*")
        ? Self.matches($0.name[...], arguments[...])
        : arguments.isEmpty || $0.name.contains(arguments)
    }
    let width = min(24, found.map { TextWidth.of($0.name) }.max() ?? 0)
    let columns = session.screen.columns
    for (name, summary) in found {
      let room = columns.map { $0 - width - 5 } ?? Int.max
      session.screen.write(
        "  " + session.screen.style.paint(TextWidth.padded(name, to: width), .bold) + "  "
          + TextWidth.cut(summary.replacing("\n", with: " "), to: room) + "\n")
    }
    if found.isEmpty {
      session.screen.writeError(
        arguments.isEmpty ? "no names yet\n" : "no names like \(arguments)\n")
    }
  }

  /// Whether `name` is what `pattern` describes, where a star is any text.
  static func matches(_ name: Substring, _ pattern: Substring) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    if first == "*" {
      return matches(name, pattern.dropFirst())
        || !name.isEmpty && matches(name.dropFirst(), pattern)
    }
    return name.first == first && matches(name.dropFirst(), pattern.dropFirst())
  }
}
