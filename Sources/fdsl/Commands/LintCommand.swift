import ArgumentParser
import Notebooks

/// `fdsl lint FILE…`: what is wrong without running.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Check syntax, names and arguments; runs nothing.")

  @Argument(help: "Programs or notebooks.", completion: .file())
  var files: [String]

  @OptionGroup var display: DisplayOptions

  func run() throws {
    let place = Workplace(display)
    try place.forEach(files) { file in
      let troubles = try place.notebook(file).troubles(place.language)
      for trouble in troubles { place.report(trouble) }
      return troubles.contains(where: \.isError) ? .rejected : .done
    }
  }
}
