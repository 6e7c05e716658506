import ArgumentParser
import Foundation
import Notebooks

/// `fdsl update FILE…`: runs notebooks and rewrites what they have recorded.
struct UpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Run notebooks and rewrite their recorded answers.",
    discussion: """
      Answers go below the statements that gave them, pictures into NAME.out/. An answer that \
      still holds stays as it is. When a run fails, the file is left alone.
      """)

  @Argument(help: "Notebooks, scripts or Markdown pages.", completion: .file())
  var files: [String]

  @Option(help: "Run only this cell and what it needs.")
  var cell: String?

  @Flag(name: .shortAndLong, help: "Say nothing unless something is wrong.")
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
      if let status = place.unfinished(recording) {
        place.output.writeError("\(file) is left as it was\n")
        return status
      }
      let update = try Update(
        notebook, recording, graph: graph, language: place.language,
        folder: place.folder(of: file), overrides: try options.parameters, seed: options.seed)
      let removed = try update.write(to: URL(fileURLWithPath: file))
      if !quiet {
        let seconds = Date().timeIntervalSince(start)
        let what =
          update.changed.isEmpty
          ? "nothing changed"
          : "recorded \(update.changed.joined(separator: ", "))"
        place.output.write("\(file): \(what)  (\(Workplace.duration(seconds)))\n")
        for path in removed { place.output.write("   removed \(path)\n") }
      }
      return .done
    }
  }
}
