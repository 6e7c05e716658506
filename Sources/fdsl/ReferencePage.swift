import Console
import Foundation
import Language
import Notebooks

/// The whole reference as one Markdown page, made from the declarations: every name, error,
/// command and option.
struct ReferencePage {
  private let library: Library
  private var output = ""

  private init(_ library: Library) { self.library = library }

  /// The page.
  static func text(_ library: Library) throws -> String {
    var page = ReferencePage(library)
    page.paragraph("# fdsl \(FDSLLanguage.programVersion): reference")
    page.paragraph(
      "Made by `fdsl doc --all` from the declarations. `fdsl doc NAME` shows one entry.")
    page.grammar()
    page.names()
    page.errors()
    page.session()
    try page.commandLine()
    return page.output
  }

  private mutating func grammar() {
    paragraph("## Grammar")
    code(Grammar.text)
    paragraph(
      "Reserved words: " + Keyword.allCases.map { "`\($0.rawValue)`" }.joined(separator: " ")
        + ". Words with a meaning only where it fits: `param` `seed` `use` `assert` `step` `new`.")
    paragraph("Signs and their spelling in ASCII:")
    table(["sign", "spelling"], Grammar.signs.map { ["`\($0)`", "`\($1)`"] })
  }

  private mutating func names() {
    paragraph("## Names")
    for chapter in library.chapters {
      paragraph("### \(chapter.title)")
      for name in chapter.names.sorted() {
        if let builtin = library.builtin(named: name) {
          entry(of: builtin)
        } else if let constant = library.constant(named: name) {
          paragraph("#### `\(name)`")
          paragraph("\(constant.text) = \(Display.text(constant.value))")
        }
      }
    }
  }

  private mutating func entry(of builtin: Builtin) {
    paragraph("#### `\(builtin.name)`")
    code(builtin.signature)
    // Indented lines are examples.
    var text: [Substring] = []
    var example: [Substring] = []
    func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
    let lines: [Substring] = builtin.text.split(
      separator: "\n", omittingEmptySubsequences: false)
    for line in lines + [""] {
      if line.hasPrefix("    ") || (isBlank(line) && !example.isEmpty && !line.isEmpty) {
        if !text.isEmpty { paragraph(text.joined(separator: "\n")) }
        text = []
        example.append(line.dropFirst(4))
      } else {
        if !example.isEmpty { code(example.joined(separator: "\n"), "fdsl") }
        example = []
        if !isBlank(line) {
          text.append(line)
        } else if !text.isEmpty {
          paragraph(text.joined(separator: "\n"))
          text = []
        }
      }
    }
    let described = builtin.parameters.filter { !$0.text.isEmpty }
    guard !described.isEmpty else { return }
    table(
      ["parameter", "is", "takes", "default"],
      described.map { parameter in
        let fallback = parameter.fallback.map { $0.isNone ? "none" : "`\($0.source)`" }
        return [
          "`\(parameter.name)`" + (parameter.isRest ? "…" : ""), parameter.text,
          parameter.typeName, parameter.isRest ? "" : fallback ?? "",
        ]
      })
  }

  private mutating func errors() {
    paragraph("## Errors")
    paragraph(
      "Each error has a word that stays the same, as in `error[shape]`. `?shape` in a session, and "
        + "`fdsl doc shape`, tell its story; `:why` tells that of the last one.")
    for explanation in Explanation.all {
      paragraph("### `error[\(explanation.slug)]`")
      paragraph(explanation.text)
      paragraph("It comes from")
      code(explanation.wrong)
      paragraph("and goes with")
      code(explanation.mended)
    }
    paragraph("### For tools")
    paragraph(
      """
      With `--diagnostics json` every error is one JSON object on one line of standard error:
      """)
    table(
      ["field", "holds"],
      [
        ["`severity`", "`\"error\"`, `\"warning\"` or `\"stopped\"`"],
        ["`slug`", "the word in `error[…]`"],
        ["`message`", "one sentence with the actual values"],
        ["`file`", "the name of the text, as it was given; empty without a place"],
        [
          "`labels`",
          "list of places: `start`, `end` (bytes from 0, the end excluded), `line`, `column`, "
            + "`endLine`, `endColumn` (from 1, columns as a terminal counts them), `text` (what "
            + "stands there), `primary` (whether it is the place to go to)",
        ],
        ["`notes`", "list of texts: why it is wrong"],
        ["`suggestions`", "list of texts: what to write instead"],
        [
          "`frames`",
          "list of calls under way, innermost first: `name`, and where it was called: `file`, "
            + "`line`",
        ],
      ])
  }

  private mutating func session() {
    paragraph("## Session")
    table(
      ["typed", "does"],
      [
        ["`?name`", "help with signature and examples"], ["`??name`", "its source"],
        ["`?\"words\"`", "search in the documentation"],
        ["`?slug`", "the long story of an error"],
      ]
        + Commands.all.sorted { $0.name < $1.name }.map { command in
          let usage = command.usage.isEmpty ? "" : " \(command.usage)"
          return ["`:\(command.name)\(usage)`", command.text]
        })
    paragraph("`:set` changes one of these:")
    table(
      ["setting", "is"], SessionSetting.allCases.map { ["`\($0.rawValue)`", $0.text] })
  }

  private mutating func commandLine() throws {
    paragraph("## Command line")
    let tool = try Tool.described()
    for command in tool.command.subcommands ?? [] where command.commandName != "help" {
      paragraph("### `fdsl \(command.commandName)`")
      paragraph(command.abstract ?? "")
      if let discussion = command.discussion { paragraph(discussion) }
      table(
        ["argument", "is"],
        (command.arguments ?? []).filter(\.isShown).map { ["`\($0.term)`", $0.text] })
    }
    paragraph("### Exit codes")
    table(["code", "means"], ExitStatus.allCases.map { ["\($0.rawValue)", $0.text] })
    paragraph("### Environment")
    table(["variable", "is"], ManualPage.environment.map { ["`\($0)`", $1] })
    paragraph("### Files")
    table(["file", "is"], ManualPage.files.map { ["`\($0)`", $1] })
  }

  // MARK: Markdown

  private mutating func paragraph(_ text: String) { output += text + "\n\n" }

  private mutating func code(_ text: String, _ language: String = "") {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    output += "```\(language)\n\(lines.joined(separator: "\n"))\n```\n\n"
  }

  private mutating func table(_ head: [String], _ rows: [[String]]) {
    guard !rows.isEmpty else { return }
    func line(_ cells: [String]) -> String {
      "| "
        + cells.map { $0.replacing("|", with: "\\|").replacing("\n", with: " ") }
        .joined(separator: " | ") + " |\n"
    }
    output += line(head) + line(head.map { _ in "---" }) + rows.map(line).joined() + "\n"
  }
}
