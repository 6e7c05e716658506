import CEdit
import Foundation
import Images

/// The screen of a program: standard output and standard error.
package final class TerminalScreen: Screen {
  package private(set) var style: TerminalStyle
  package private(set) var errorStyle: TerminalStyle
  package private(set) var isClosed = false
  private let output: Int32
  private let error: Int32
  private let input: Int32
  private let environment: [String: String]
  private var chosen: PictureMethod?
  private var palette: ColourMap?
  private var asked: TerminalAbilities?
  private var progress: ProgressDisplay
  /// Told of bytes that were typed while the terminal was asked what it can do.
  package var onTyped: ([UInt8]) -> Void = { _ in }

  package init(
    input: Int32 = 0, output: Int32 = 1, error: Int32 = 2, colour: ColourChoice,
    pictures: PictureMethod?, environment: [String: String]
  ) {
    self.input = input
    self.output = output
    self.error = error
    self.environment = environment
    // The variable is about terminals; the option is meant for this run, wherever it writes.
    let named =
      isatty(output) == 1
      ? environment["FDSL_IMAGES"].flatMap { PictureMethod(rawValue: $0) } : nil
    chosen = pictures ?? named
    style = TerminalStyle(colour, isTerminal: isatty(output) == 1, environment: environment)
    errorStyle = TerminalStyle(colour, isTerminal: isatty(error) == 1, environment: environment)
    let isSmart = isatty(error) == 1 && (environment["TERM"] ?? "dumb") != "dumb"
    progress = ProgressDisplay(canUpdate: isSmart, style: errorStyle)
  }

  package var columns: Int? {
    guard isatty(output) == 1 else { return nil }
    return window.columns
  }

  package var lineReset: String { progress.canUpdate ? "\r\u{1B}[K" : "" }

  package var announcePress: @Sendable (Int) -> Void {
    let (error, style) = (self.error, errorStyle)
    return { press in
      let text = press == 1 ? "stopping; Ctrl-C again abandons the statement" : "abandoning"
      let line = Array(
        ((style.isColoured ? "\r\u{1B}[K" : "") + style.paint(text, .dim) + "\n").utf8)
      _ = Foundation.write(error, line, line.count)
    }
  }

  package func write(_ text: String) {
    clearProgress()
    put(text, on: output)
  }

  package func writeError(_ text: String) {
    clearProgress()
    put(text, on: error)
  }

  package func show(_ report: ProgressReport?) {
    guard let report else { return clearProgress() }
    put(
      progress.text(report, columns: window.columns, now: Date().timeIntervalSince1970), on: error)
  }

  package func choosePictures(_ method: PictureMethod?) { chosen = method }

  package func choosePalette(_ map: ColourMap?) { palette = map }

  package func chooseColour(_ choice: ColourChoice) {
    style = TerminalStyle(choice, isTerminal: isatty(output) == 1, environment: environment)
    errorStyle = TerminalStyle(choice, isTerminal: isatty(error) == 1, environment: environment)
    progress = ProgressDisplay(canUpdate: progress.canUpdate, style: errorStyle)
  }

  package func show(_ picture: SessionPicture) throws -> Bool {
    let abilities = abilities()
    guard abilities.method != .none else { return false }
    var pixels = try picture.pixels()
    guard pixels.width > 0, pixels.height > 0 else { return false }
    if let palette { pixels = pixels.inColours(of: palette) }
    let (columns, rows) = window
    write(
      try TerminalPicture.text(pixels, abilities: abilities, columns: columns, rows: rows))
    return true
  }

  /// What the terminal can do, asked once, when the first picture comes.
  private func abilities() -> TerminalAbilities {
    let isSmart = isatty(output) == 1 && !["", "dumb"].contains(environment["TERM"] ?? "")
    var abilities = TerminalAbilities(method: .none)
    if chosen == PictureMethod.none { return abilities }
    if isSmart {
      if asked == nil {
        let answer = TerminalQuery.ask(input: input, output: output, environment: environment)
        asked = answer?.abilities ?? TerminalAbilities()
        if let typed = answer?.typed, !typed.isEmpty { onTyped(typed) }
      }
      abilities = asked ?? abilities
      // Blocks are nothing but colour.
      if abilities.method == .blocks, !style.isColoured { abilities.method = .none }
    }
    if let chosen { abilities.method = chosen }
    return abilities
  }

  private var window: (columns: Int, rows: Int) {
    var columns: Int32 = 0
    var rows: Int32 = 0
    ce_window(isatty(output) == 1 ? output : error, &columns, &rows)
    let named = environment["COLUMNS"].flatMap { Int($0) } ?? 80
    return (columns > 0 ? Int(columns) : max(20, named), rows > 0 ? Int(rows) : 24)
  }

  private func clearProgress() {
    let text = progress.end()
    if !text.isEmpty { put(text, on: error) }
  }

  private func put(_ text: String, on descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty, !(isClosed && descriptor == output) {
      let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, -1)
        continue
      }
      if count <= 0 {
        if descriptor == output { isClosed = true }
        return
      }
      bytes = bytes.dropFirst(count)
    }
  }
}
