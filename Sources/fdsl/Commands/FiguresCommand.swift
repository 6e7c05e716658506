import ArgumentParser
import Basics
import Foundation
import Notebooks

/// `fdsl figures FILE [NAME…]`: runs what saves figures, and what that needs.
struct FiguresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures", abstract: "Rebuild only the saved figures and what they need.")

  @Argument(help: "Program or notebook.", completion: .file())
  var file: String

  @Argument(help: "Words in the names of the files to rebuild; all figures without any.")
  var names: [String] = []

  @OptionGroup var options: ProgramOptions

  func run() throws {
    let place = Workplace(options.display)
    let interrupt = InterruptSignal(place.interruption)
    defer { withExtendedLifetime(interrupt) {} }
    try place.forEach([file]) { file in
      let notebook = try place.notebook(file)
      let graph = CellGraph(notebook, language: place.language)
      let saving = graph.cellsThatSave(names)
      guard !saving.isEmpty else {
        throw Problem(
          "usage",
          "no cell of \(file) saves \(names.isEmpty ? "a figure" : names.joined(separator: ", "))")
      }
      if let status = try place.rejected(notebook, graph, options) { return status }
      let engine = try place.engine(
        options, seed: try notebook.seed, folder: place.folder(of: file))
      let ending = try Runner(notebook, engine: engine).run(cells: graph.closure(of: saving)) {
        cell, event in
        switch event {
        case .print: break
        case .progress(let text): place.output.showProgress(text)
        case .statement(let result):
          if saving.contains(cell), let shown = result.shown { place.output.write(shown + "\n") }
        }
      }
      switch ending {
      case .finished: return .done
      case .interrupted: return .interrupted
      case .failed(let trouble, _):
        place.report(trouble)
        return ExitStatus(slug: trouble.slug)
      }
    }
  }
}
