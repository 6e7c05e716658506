import ArgumentParser
import Foundation
import Notebooks

/// `fdsl doctor`: what this machine offers, and what works without the rest.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "List the components found, and what works without the rest.")

  func run() throws {
    let output = Output()
    defer { output.flush() }
    let components = Component.all
    let width = components.map(\.name.count).max() ?? 0
    output.write("fdsl \(FDSLLanguage.programVersion)\n")
    for component in components {
      output.write(component.text(width: width))
      output.flush()
    }
    let missing = components.filter { $0.found == nil }.map(\.name)
    output.write(
      missing.isEmpty
        ? "everything is there\n" : "missing: \(missing.joined(separator: ", "))\n")
  }
}
