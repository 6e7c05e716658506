import Foundation
import Notebooks

/// The manual page `fdsl(1)`, made from the declarations of the commands.
enum ManualPage {
  /// The page in the man macros.
  static func text() throws -> String {
    let tool = try Tool.described()
    var page = Page()
    page.line(".TH FDSL 1 \"\" \"fdsl \(FDSLLanguage.programVersion)\" \"User Commands\"")
    page.section("NAME")
    page.text("fdsl \\- \(Page.escaped(tool.command.abstract ?? ""))", isEscaped: true)
    page.section("SYNOPSIS")
    for form in [
      "", "FILE [-D name=value]… [-- name=value…]", "-e EXPR", "-", "COMMAND …",
    ] {
      page.line(".B fdsl")
      if !form.isEmpty { page.text(form) }
      page.line(".br")
    }
    page.section("DESCRIPTION")
    page.text(
      "fdsl runs programs in a language of tensors and formulas, made for learning from pictures "
        + "that formulas draw. A program is a notebook: answers are recorded beside its code, in "
        + "lines that begin with #>. Without a file it starts an interactive session.")
    page.section("COMMANDS")
    for command in tool.command.subcommands ?? [] where command.commandName != "help" {
      page.line(".SS fdsl \(command.commandName)")
      page.text(command.abstract ?? "")
      if let discussion = command.discussion { page.paragraph(discussion) }
      for argument in command.arguments ?? [] where argument.isShown { page.argument(argument) }
    }
    page.section("EXAMPLES")
    for (command, text) in examples { page.entry(command, text) }
    page.section("EXIT STATUS")
    for status in ExitStatus.allCases { page.entry("\(status.rawValue)", status.text) }
    page.section("ENVIRONMENT")
    for (name, text) in environment { page.entry(name, text) }
    page.section("FILES")
    for (name, text) in files { page.entry(name, text) }
    return page.output
  }

  private static let examples = [
    ("fdsl -e 'sum[k in 1..=100] 1/k^2'", "one answer"),
    ("fdsl study.fdsl -D depth=8 --seed 7", "a program with another parameter and seed"),
    ("fdsl update study.fdsl", "runs it and writes each answer below its statement"),
    ("fdsl check README.md notebooks/*.fdsl", "whether the recorded answers still hold"),
    ("fdsl doc train", "what a name means, with examples"),
  ]

  static let environment = [
    ("NO_COLOR", "no colours, when it is not empty"),
    ("FDSL_THREADS", "how many threads work at once"),
    ("FDSL_IMAGES", "how pictures are shown: kitty, iterm, sixel, blocks, none"),
    ("FDSL_SIMD", "vector level of the kernels, for comparisons: avx512, avx2 or baseline"),
    ("OPENBLAS_CORETYPE", "the kernel that OpenBLAS uses, in place of the best one found"),
    ("VISUAL, EDITOR", "the editor that ^X^E opens in a session"),
    ("XDG_CONFIG_HOME, XDG_STATE_HOME", "in place of ~/.config and ~/.local/state"),
  ]

  static let files = [
    ("~/.config/fdsl/init.fdsl", "runs when a session starts"),
    (".fdsl/init.fdsl", "runs after it in this folder, once it was trusted"),
    ("~/.local/state/fdsl/history", "entries of earlier sessions"),
    (".fdsl/history", "in its place for sessions in this folder, if .fdsl/ is there"),
    ("NAME.out/", "pictures that the notebook NAME.fdsl shows"),
  ]
}

private struct Page {
  private(set) var output = ""

  mutating func line(_ line: String) { output += line + "\n" }

  mutating func section(_ title: String) { line(".SH \(title)") }

  mutating func text(_ text: String, isEscaped: Bool = false) {
    let text = isEscaped ? text : Self.escaped(text)
    // A line that begins with a control character would be taken for a macro.
    for part in text.split(separator: "\n") {
      line(part.hasPrefix(".") || part.hasPrefix("'") ? "\\&" + part : String(part))
    }
  }

  mutating func paragraph(_ text: String) {
    line(".PP")
    self.text(text)
  }

  mutating func entry(_ term: String, _ text: String) {
    line(".TP")
    line(".B \(Self.escaped(term))")
    self.text(text)
  }

  mutating func argument(_ argument: Tool.Argument) {
    entry(argument.term, argument.text)
  }

  static func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "\\", with: "\\e").replacingOccurrences(of: "-", with: "\\-")
  }
}
