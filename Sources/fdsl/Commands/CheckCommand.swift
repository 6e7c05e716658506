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
    let interrupt = InterruptSignal(place.interruption)
    defer { withExtendedLifetime(interrupt) {} }
    try place.forEach(files) { file in
      let notebook = try place.notebook(file)
      let graph = CellGraph(notebook, language: place.language)
      if let status = try place.rejected(notebook, graph, options) { return status }
      let start = Date()
      let recording = try place.record(notebook, graph, options, cell: cell)
      if let status = place.unfinished(recording) { return status }
      let check = Check(
        notebook, recording, graph: graph, language: place.language,
        folder: place.folder(of: file), overrides: try options.parameters, seed: options.seed)
      let isColoured = place.isColoured
      place.output.write(
        check.text { sign, line in
          guard isColoured, sign != " " else { return line }
          return "\u{1b}[\(sign == "-" ? 31 : 32)m\(line)\u{1b}[0m"
        })
      if !quiet { place.output.write(summary(of: check, file, Date().timeIntervalSince(start))) }
      return check.holds ? .done : .different
    }
  }

  private func summary(of check: Check, _ file: String, _ seconds: Double) -> String {
    func counted(_ count: Int, _ noun: String) -> String {
      "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
    var text = "\(file): "
    text +=
      check.holds
      ? "\(counted(check.compared, "answer")) agree\(check.compared == 1 ? "s" : "")"
      : "\(counted(check.differences.count, "difference"))"
    if !check.uncompared.isEmpty {
      text += ", not compared: " + check.uncompared.joined(separator: ", ")
    }
    return text + "  (\(Workplace.duration(seconds)))\n"
  }
}
