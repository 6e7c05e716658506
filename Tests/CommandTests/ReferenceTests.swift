import Foundation
import Language
import Testing

/// `fdsl doc --all` leaves nothing out.
@Suite struct ReferenceTests {
  @Test func `the reference has every name, error, command, option and word`() throws {
    let program = try Program()
    defer { program.remove() }
    let page = try program.run("doc", "--all").output
    let lines = Set(page.split(separator: "\n").map(String.init))
    let list = try program.run("doc").output
    let names = list.split(separator: "\n").filter { $0.hasPrefix("  ") }
      .map { $0.split(separator: " ")[0] }
    #expect(names.count > 200)
    for name in names { #expect(lines.contains("#### `\(name)`"), "\(name) is missing") }
    for explanation in Explanation.all {
      #expect(lines.contains("### `error[\(explanation.slug)]`"), "\(explanation.slug) is missing")
    }
    for keyword in Keyword.allCases {
      #expect(page.contains("`\(keyword.rawValue)`"), "\(keyword.rawValue) is missing")
    }
    for word in Keyword.allCases.map(\.rawValue)
    where !["true", "false", "and", "or", "not"].contains(word) {
      #expect(Grammar.text.contains("\"\(word)\""), "\(word) is not in the grammar")
    }
    // What the program itself lists as its commands and options.
    let help = try program.run("--help").output
    let commands = help.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .map { $0.split(separator: " ")[0] }
    #expect(commands.count > 8)
    for command in commands where command != "See" {
      #expect(lines.contains("### `fdsl \(command)`"), "\(command) is missing")
      let options = try program.run("help", String(command)).output
        .matches(of: /(?m)^  (?:-[a-zA-Z], )?(--[a-z-]+)/).map(\.output.1)
      for option in options where option != "--help" && option != "--version" {
        #expect(page.contains("\(option)"), "\(option) of \(command) is missing")
      }
    }
    let session = try program.run(["--no-init"], input: "?\n").output
    let entries = session.matches(of: /(?m)^  (:[a-z]+)/).map(\.output.1)
    #expect(entries.count > 15)
    for entry in entries { #expect(page.contains("| `\(entry)"), "\(entry) is missing") }
    // Markdown: fences come in pairs.
    #expect(page.split(separator: "\n").count { $0.hasPrefix("```") }.isMultiple(of: 2))
  }
}
