import ArgumentParser
import Foundation
import Notebooks

/// `fdsl status FILE…`: which cells are stale, and why.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Tell which cells are stale and why; runs nothing.")

  @Argument(help: "Notebooks.", completion: .file())
  var files: [String]

  @OptionGroup var options: ProgramOptions

  func run() throws {
    let place = Workplace(options.display)
    try place.forEach(files) { file in
      let notebook = try place.notebook(file)
      let status = Status(
        CellGraph(notebook, language: place.language), language: place.language,
        folder: place.folder(of: file), overrides: try options.parameters, seed: options.seed)
      if files.count > 1 { place.output.write("\(file)\n") }
      place.output.write(status.text)
      return status.isFresh ? .done : .different
    }
  }
}
