import ArgumentParser
import Notebooks

/// `fdsl lint FILE…`: what is wrong, and what is probably not meant, without running.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check syntax, names, arguments and shapes, and warn of doubtful code.",
    discussion: """
      Nothing is run. Errors end with status 3, warnings alone with 4. There are warnings for \
      names that are never used, values that are replaced or dropped unused, == between rounded \
      numbers, names of the library that get a second meaning, statements that are never reached \
      and loops that never end. A name that begins with _ may stay unused.
      """)

  @Argument(help: "Programs or notebooks.", completion: .file())
  var files: [String]

  @OptionGroup var display: DisplayOptions

  func run() throws {
    let place = Workplace(display)
    try place.forEach(files) { file in
      let notebook = try place.notebook(file)
      let troubles = notebook.troubles(place.language)
      for trouble in troubles { place.report(trouble) }
      if troubles.contains(where: \.isError) { return .rejected }
      let advice = FDSLLanguage(isColoured: place.isColoured).advice(
        on: notebook.program, named: file)
      for trouble in advice { place.report(trouble) }
      return advice.isEmpty ? .done : .different
    }
  }
}
