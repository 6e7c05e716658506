import ArgumentParser
import Basics
import Notebooks

/// `fdsl doc [NAME]`: the reference of the language's names.
struct DocCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doc", abstract: "Show the reference of a name or an error, or list all names.")

  @Argument(
    help: "A name of the language.",
    completion: .custom { _, _, _ in Reference().names })
  var name: String?

  @Flag(help: "Write the whole reference as one Markdown page.")
  var all = false

  @Flag(help: ArgumentHelp("Write the manual page.", visibility: .hidden))
  var manualPage = false

  @OptionGroup var display: DisplayOptions

  func run() throws {
    let place = Workplace(display)
    defer { place.output.flush() }
    if manualPage { return place.output.write(try ManualPage.text()) }
    let reference = Reference()
    if all { return place.output.write(try ReferencePage.text(reference.library)) }
    guard let name else { return place.output.write(reference.list) }
    if let page = reference.page(for: name) {
      return place.output.write(page.hasSuffix("\n") ? page : page + "\n")
    }
    throw place.report(
      Problem(
        "usage", "there is no name `\(name)`",
        suggestions: Spelling.nearest(to: name, in: reference.names).map { ["fdsl doc \($0)"] }
          ?? ["fdsl doc   lists all names"]))
  }
}
