import ArgumentParser
import Console
import Foundation

/// `fdsl trust`: lets a folder's start-up file run.
struct TrustCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust", abstract: "Let sessions in this folder run ./.fdsl/init.fdsl.",
    discussion: "Holds for the file as it is now: when it changes, it must be trusted again.")

  @OptionGroup var display: DisplayOptions

  func run() throws {
    let place = Workplace(display)
    do {
      try StartupFiles(environment: ProcessInfo.processInfo.environment).trust()
    } catch { throw place.report(error) }
    place.output.write("sessions here will run .fdsl/init.fdsl\n")
    place.output.flush()
  }
}
