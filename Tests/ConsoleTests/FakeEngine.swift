import Basics
import Foundation

@testable import Console

/// A language of a few words, so that sessions can be tested without the interpreter.
///
/// `x = …` defines silently, `print …` prints, `picture` is a picture, `boom` fails, `spin` runs
/// until it is stopped, `slow` takes two seconds by its own account; anything else answers itself.
final class FakeEngine: EntryRunner, LanguageAssistant, Workspace {
  let interruption = Interruption()
  var seed: UInt64 = 7
  var names: [(name: String, summary: String)] = []
  var settings: [String: String] = [:]
  /// Cells that ran, in order.
  private(set) var cells: [String] = []
  var onSpin: () -> Void = {}

  static let words = ["linspace", "linear", "layernorm", "log", "sin", "sum"]

  func isComplete(_ text: String) -> Bool {
    var depth = 0
    for character in text {
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
    }
    let last = text.last { !$0.isWhitespace } ?? " "
    return depth <= 0 && !"+-*/=".contains(last)
  }

  func run(_ entry: EntrySource, _ events: EngineEvents) -> EngineOutcome {
    cells.append(entry.cell)
    var start = 0
    for line in entry.text.split(separator: "\n", omittingEmptySubsequences: false) {
      defer { start += line.utf8.count + 1 }
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.isEmpty || text.hasPrefix("#") { continue }
      var echo = StatementEcho(span: start..<(start + line.utf8.count))
      if text == "boom" {
        return .failed(
          SessionTrouble(slug: "boom") {
            $0 ? "\u{1B}[31merror[boom]: it broke" : "error[boom]: it broke"
          })
      } else if text == "spin" {
        let begin = Date()
        while !interruption.isRequested, Date().timeIntervalSince(begin) < 20 {
          onSpin()
          let elapsed = Date().timeIntervalSince(begin)
          events.onProgress(
            ProgressReport(
              title: "train", done: elapsed, total: 20, elapsed: elapsed,
              detail: "epoch \(Int(elapsed) + 1)/20  loss 0.412", rate: "812 images/s"))
          usleep(20000)
        }
        return .interrupted("stopped: training interrupted at epoch 1 of 20")
      } else if text.hasPrefix("print ") {
        echo.printed = text.dropFirst(6) + "\n"
        events.onPrint(echo.printed)
      } else if text == "picture" {
        echo.picture = SessionPicture(
          pixels: { Self.gradient }, fileExtension: "png", data: { [1, 2, 3] }, caption: "64×48")
        echo.text = "Image 64×48"
      } else if let equals = text.firstIndex(of: "="), !text.contains("==") {
        let name = text[..<equals].trimmingCharacters(in: .whitespaces)
        names.removeAll { $0.name == name }
        names.append((name, text[equals...].dropFirst().trimmingCharacters(in: .whitespaces)))
      } else {
        echo.text = text == "slow" ? "done" : "= \(text)"
        echo.elapsed = text == "slow" ? 2 : 0.001
      }
      echo.isAnswer = echo.text != nil
      events.onStatement(echo)
    }
    return .finished
  }

  static var gradient: TerminalPixels {
    var rgb: [UInt8] = []
    for y in 0..<48 {
      for x in 0..<64 { rgb += [UInt8(4 * x), UInt8(5 * y), 128] }
    }
    return TerminalPixels(width: 64, height: 48, rgb: rgb)
  }

  func filesRead() -> [String] { [] }

  func candidates(_ text: String, cursor: Int) -> [Candidate] {
    let before = String(decoding: text.utf8.prefix(cursor), as: UTF8.self)
    let word = before.reversed().prefix { $0.isLetter || $0 == "_" }.reversed()
    return (Self.words + names.map(\.name)).filter { $0.hasPrefix(String(word)) }.sorted()
      .map { Candidate($0, "about \($0)") }
  }

  func coloured(_ text: String) -> [ColouredSpan] {
    var spans: [ColouredSpan] = []
    var offset = 0
    for scalar in text.unicodeScalars {
      if ("0"..."9").contains(scalar) { spans.append(ColouredSpan(offset..<(offset + 1), .number)) }
      offset += UTF8.width(scalar)
    }
    return spans
  }

  func story(of slug: String) -> String? { help(for: slug) }

  func help(for name: String) -> String? {
    Self.words.contains(name)
      ? "\(name)(x)\n  Help for \(name)." : name == "boom" ? "A long story." : nil
  }
  func source(of name: String) -> String? {
    names.first { $0.name == name }.map { "\($0.name) = \($0.summary)" }
  }
  func search(_ words: String) -> [(name: String, summary: String)] {
    Self.words.filter { $0.contains(words) }.map { ($0, "about \($0)") }
  }
  func formatted(_ text: String) throws -> String {
    text.replacing("=", with: " = ").replacing("  ", with: " ")
  }

  func names(in text: String) -> NameUse {
    var use = NameUse(isOnlyDefinitions: true)
    for line in text.split(separator: "\n") {
      let sides = line.split(separator: "=", maxSplits: 1).map(String.init)
      let read = (sides.last ?? "").split { !$0.isLetter }.map(String.init)
      if sides.count == 2 {
        use.defined.insert(sides[0].trimmingCharacters(in: .whitespaces))
      } else {
        use.isOnlyDefinitions = false
      }
      use.used.formUnion(read)
    }
    return use
  }

  var variables: [(name: String, summary: String)] { names }
  func snapshot() -> any Sendable { names.map { [$0.name, $0.summary] } }
  func restore(_ state: any Sendable) {
    names = (state as? [[String]] ?? []).map { ($0[0], $0[1]) }
  }
  func reset() { names = [] }
  func set(_ name: String, to value: String) throws {
    guard name == "digits" else { throw Problem("setting", "there is no setting `\(name)`") }
    settings[name] = value
  }
  func view(_ kind: String, of expression: String) throws -> String { "\(kind) of \(expression)" }
  func changeFolder(to path: String) throws {}
}
