import Foundation

/// The part of the argument parser's description that the page needs.
struct Tool: Decodable {
  struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var subcommands: [Command]?
    var arguments: [Argument]?
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String

      var spelling: String { (kind == "long" ? "--" : "-") + name }
    }

    var kind: String
    var shouldDisplay: Bool
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var defaultValue: String?
    var isRepeating: Bool

    /// As it is written: `--memory amount`, `FILE …`.
    var term: String {
      let value = valueName ?? ""
      var term = (names ?? []).map(\.spelling).joined(separator: ", ")
      if kind == "positional" {
        term = value.uppercased()
      } else if kind == "option" {
        term += " " + value
      }
      return term + (isRepeating ? " …" : "")
    }

    /// What it does.
    var text: String {
      let standard = kind == "option" ? defaultValue.map { " The default is \($0)." } : nil
      return (abstract ?? "") + (standard ?? "")
    }

    /// Help and version belong to every command and say nothing of this one.
    var isShown: Bool {
      shouldDisplay && names?.contains { $0.name == "help" || $0.name == "version" } != true
    }
  }

  var command: Command

  /// This program, as the argument parser knows it.
  static func described() throws -> Tool {
    try JSONDecoder().decode(Tool.self, from: Data(FDSLCommand._dumpHelp().utf8))
  }
}
