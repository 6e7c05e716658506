import ArgumentParser
import Foundation
import Notebooks

/// `fdsl check FILE…`: runs notebooks and compares with what they have recorded.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Run notebooks and compare with their recorded answers.",
    discussion: """
      Differences are shown line by line and end in exit code 4. Of a Markdown page, the fenced \
      `fdsl` blocks are run, one after the other in one session. Cells that depend on a parameter \
      given with -D are run but not compared.
      """)

  @Argument(help: "Notebooks or Markdown pages.", completion: .file())
  var files: [String]

  @Option(help: "Run only this cell and what it needs.")
  var cell: String?

  @Flag(name: .shortAndLong, help: "Show differences only.")
  var quiet = false

  @OptionGroup var options: ProgramOptions

  func run() throws {
    let place = Workplace(options.display)
    try place.forEachRecording(files, options, cell: cell) { run in
      let check = Check(
        run.notebook, run.recording, graph: run.graph, language: place.language,
        folder: place.folder(of: run.file), overrides: try options.parameters, seed: options.seed)
      let isColoured = place.isColoured
      place.output.write(
        check.text { sign, line in
          guard isColoured, sign != " " else { return line }
          return "\u{1b}[\(sign == "-" ? 31 : 32)m\(line)\u{1b}[0m"
        })
      if !quiet { place.output.write(summary(of: check, run)) }
      return check.holds ? .done : .different
    }
  }

  private func summary(of check: Check, _ run: RecordedNotebook) -> String {
    func counted(_ count: Int, _ noun: String) -> String {
      "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
    var text = "\(run.file): "
    text +=
      check.holds
      ? "\(counted(check.compared, "answer")) agree\(check.compared == 1 ? "s" : "")"
      : "\(counted(check.differences.count, "difference"))"
    if !check.uncompared.isEmpty {
      text += ", not compared: " + check.uncompared.joined(separator: ", ")
    }
    return text + "  (\(Workplace.duration(run.seconds)))\n"
  }
}
