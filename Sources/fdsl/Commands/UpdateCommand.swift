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
    try place.forEachRecording(
      files, options, cell: cell,
      onFailure: { place.output.writeError("\($0) is left as it was\n") },
      { run in
        let update = try Update(
          run.notebook, run.recording, graph: run.graph, language: place.language,
          folder: place.folder(of: run.file), overrides: try options.parameters, seed: options.seed)
        let removed = try update.write(to: URL(fileURLWithPath: run.file))
        if quiet { return .done }
        let what =
          update.changed.isEmpty
          ? "nothing changed"
          : "recorded \(update.changed.joined(separator: ", "))"
        place.output.write("\(run.file): \(what)  (\(Workplace.duration(run.seconds)))\n")
        for path in removed { place.output.write("   removed \(path)\n") }
        return .done
      })
  }
}
