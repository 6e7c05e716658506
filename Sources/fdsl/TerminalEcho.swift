import Console
import Foundation
import Notebooks

/// Shows pictures among the output of a program that runs on a terminal.
final class TerminalEcho {
  private let choice: DisplayOptions.Images
  private var known: TerminalAbilities?

  init(_ choice: DisplayOptions.Images) { self.choice = choice }

  /// The escape text that shows a picture; `nil` when none are to be shown.
  func text(of picture: ProducedPicture) -> String? {
    let abilities = abilities
    guard abilities.method != .none, let pixels = try? picture.pixels() else { return nil }
    var size = winsize()
    let hasSize = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return try? TerminalPicture.text(
      TerminalPixels(width: pixels.width, height: pixels.height, rgb: pixels.samples),
      abilities: abilities, columns: hasSize ? Int(size.ws_col) : 80,
      rows: hasSize ? Int(size.ws_row) : 24)
  }

  /// What the terminal can do: asked once, when the first picture comes.
  private var abilities: TerminalAbilities {
    if let known { return known }
    let environment = ProcessInfo.processInfo.environment
    let asked = TerminalQuery.ask(
      input: STDIN_FILENO, output: STDOUT_FILENO, environment: environment)
    var result = asked?.abilities ?? TerminalAbilities()
    let wanted = choice == .auto ? environment["FDSL_IMAGES"] ?? "" : choice.rawValue
    if let method = PictureMethod(rawValue: wanted) { result.method = method }
    known = result
    return result
  }
}
