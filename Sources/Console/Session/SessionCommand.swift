import Basics

/// A command of the session: a line that begins with a colon.
package protocol SessionCommand: Sendable {
  init()
  /// The word after the colon.
  static var name: String { get }
  /// What may follow, as the list of commands shows it.
  static var usage: String { get }
  /// One line that says what it does.
  static var text: String { get }
  /// What its argument is, for completion and for entries of more than one line.
  static var argument: CommandArgument { get }
  /// Does it. `isForced` when the name was followed by `!`.
  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws
}

/// What stands after a command's name.
package enum CommandArgument: Sendable { case words, path, code }

extension SessionCommand {
  package static var usage: String { "" }
  package static var argument: CommandArgument { .words }
}

/// A command line taken apart.
struct CommandCall {
  let type: any SessionCommand.Type
  let arguments: String
  let isForced: Bool

  /// - Parameter entry: begins with a colon.
  init(_ entry: String) throws {
    let body = entry.dropFirst().drop { $0 == " " }
    let name = body.prefix { !$0.isWhitespace }
    arguments = Self.trimmed(body.dropFirst(name.count))
    isForced = name.last == "!"
    type = try Self.command(named: String(isForced ? name.dropLast() : name))
  }

  /// The command of that name, or the only one whose name begins so.
  static func command(named word: String) throws -> any SessionCommand.Type {
    for command in Commands.all where command.name == word { return command }
    let begun = Commands.all.filter { !word.isEmpty && $0.name.hasPrefix(word) }
    if let only = begun.first, begun.count == 1 { return only }
    let names = Commands.all.map { $0.name }
    if begun.count > 1 {
      throw Problem(
        "command", ":\(word) could be " + begun.map { ":" + $0.name }.joined(separator: ", "))
    }
    throw Problem(
      "command", "there is no command :\(word)",
      suggestions: [
        Spelling.nearest(to: word, in: names).map { ":" + $0 } ?? ":help        lists them"
      ])
  }

  static func trimmed(_ text: some StringProtocol) -> String {
    let front = text.drop { $0.isWhitespace }
    return String(front.reversed().drop { $0.isWhitespace }.reversed())
  }
}
