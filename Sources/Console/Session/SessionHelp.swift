import Basics

/// Answers to entries that begin with a question mark.
struct SessionHelp {
  let session: TerminalSession

  /// - Parameter entry: begins with `?`.
  func answer(_ entry: String) {
    let marks = entry.prefix { $0 == "?" }.count
    let subject = CommandCall.trimmed(entry.dropFirst(marks))
    if subject.isEmpty { return session.screen.write(overview) }
    if subject.hasPrefix("\"") { return search(subject.filter { $0 != "\"" }) }
    if subject.hasPrefix(":") { return command(String(subject.dropFirst())) }
    if marks > 1 { return source(subject) }
    if let text = session.engine.help(for: subject) {
      return session.screen.write(ended(text))
    }
    search(subject)
  }

  /// What to type for help, and the commands.
  var overview: String {
    let style = session.screen.style
    let columns = session.screen.columns ?? 100
    func row(_ name: String, _ text: String) -> String {
      "  " + style.paint(TextWidth.padded(name, to: 32), .bold)
        + TextWidth.cut(text, to: max(20, columns - 35)) + "\n"
    }
    var text = row("?name", "help with signature and examples") + row("??name", "its source")
    text += row("?\"words\"", "search in the documentation")
    text += row("?slug", "the long story of an error, as in error[slug]") + "\n"
    for command in Commands.all.sorted(by: { $0.name < $1.name }) {
      text += row(
        ":" + command.name + (command.usage.isEmpty ? "" : " " + command.usage), command.text)
    }
    return text + "\n"
      + row("Enter · Alt-Enter", "run when complete · always a new line")
      + row("Tab · → · ↑ ↓ · ^R", "complete · accept · earlier entries · search")
      + row("^X^E · ^C · ^D", "your editor · stop · leave")
  }

  private func command(_ name: String) {
    let style = session.screen.style
    guard let command = Commands.all.first(where: { $0.name == name }) else {
      return session.screen.write(overview)
    }
    session.screen.write(
      style.paint(":\(command.name) \(command.usage)", .bold) + "\n  \(command.text)\n")
  }

  private func source(_ name: String) {
    if let text = session.source(of: name) {
      session.screen.write(ended(text))
    } else if session.engine.help(for: name) != nil {
      session.screen.write("`\(name)` is built in; ?\(name) tells what it does\n")
    } else {
      missing(name)
    }
  }

  private func search(_ words: String) {
    let found = session.engine.search(words)
    if found.isEmpty { return missing(words) }
    let style = session.screen.style
    let width = min(24, found.map { TextWidth.of($0.name) }.max() ?? 0)
    let columns = session.screen.columns ?? 100
    for (name, summary) in found.prefix(30) {
      let head = TextWidth.padded(name, to: width)
      session.screen.write(
        "  " + style.paint(head, .bold) + "  "
          + TextWidth.cut(summary, to: max(10, columns - width - 5)) + "\n")
    }
    if found.count > 30 { session.screen.write("  … \(found.count - 30) more\n") }
  }

  private func missing(_ words: String) {
    let known =
      session.engine.variables.map(\.name)
      + session.engine.candidates("", cursor: 0).map(\.replacement)
    var problem = Problem("help", "nothing is known about \"\(words)\"")
    if let near = Spelling.nearest(to: words, in: known) { problem.suggestions = ["?\(near)"] }
    session.report(problem)
  }

  private func ended(_ text: String) -> String { text.hasSuffix("\n") ? text : text + "\n" }
}
