import ArgumentParser
import Basics
import Foundation
import Notebooks

/// `fdsl fmt [--check] FILE…`: the one layout of programs.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Format programs in place.")

  @Flag(help: "Change nothing; name the files that are not formatted and exit with 4.")
  var check = false

  @Argument(help: "Programs or notebooks.", completion: .file())
  var files: [String]

  @OptionGroup var display: DisplayOptions

  func run() throws {
    let place = Workplace(display)
    try place.forEach(files) { file in
      let text = try place.text(ofFile: file)
      switch FDSLLanguage(isColoured: place.isColoured).formatted(text, named: file) {
      case .failure(let trouble):
        place.report(trouble)
        return .rejected
      case .success(let formatted):
        if formatted == text { return .done }
        if check {
          place.output.write("\(file) is not formatted\n")
          return .different
        }
        try FileAccess.replace(URL(fileURLWithPath: file), with: Data(formatted.utf8))
        place.output.write("\(file) formatted\n")
        return .done
      }
    }
  }
}
