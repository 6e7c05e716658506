import Basics
import Foundation
import Notebooks

/// A language of one-line statements, enough to test notebooks without the interpreter:
/// `x = 3`, `x + 2`, `print text`, `lines 50`, `picture 7`, `draw`, `clock`, `read "file"`, `fail`.
struct ToyLanguage: NotebookLanguage {
  var version = "0.1"
  var stamp: String { "\(version) · toy" }

  func tokens(of text: String) -> [CellToken] {
    var tokens: [CellToken] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var rest = line.prefix { $0 != "#" }[...]
      while let first = rest.first {
        if first == " " {
          rest.removeFirst()
        } else if first == "\"" {
          let end = rest.dropFirst().firstIndex(of: "\"") ?? rest.index(before: rest.endIndex)
          tokens.append(CellToken(.string, String(rest[...end])))
          rest = rest[rest.index(after: end)...]
        } else if first.isLetter || first.isNumber {
          let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "." }
          tokens.append(CellToken(first.isLetter ? .name : .number, String(word)))
          rest = rest.dropFirst(word.count)
        } else {
          let sign = [":=", "+=", "=="].first { rest.hasPrefix($0) } ?? String(first)
          tokens.append(CellToken(.other, sign))
          rest = rest.dropFirst(sign.count)
        }
      }
      tokens.append(CellToken(.newline, "\n"))
    }
    return tokens
  }

  func statements(of text: String) -> [Range<Int>] {
    // A line end of two bytes is one character to Swift.
    let text = text.replacingOccurrences(of: "\r\n", with: " \n")
    var result: [Range<Int>] = []
    var start = 0
    var depth = 0
    var open: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let code = line.prefix { $0 != "#" }
      let bare = code.drop { $0 == " " }
      if !bare.isEmpty {
        let from = open ?? start + code.utf8.count - bare.utf8.count
        depth += code.count { "([{".contains($0) } - code.count { ")]}".contains($0) }
        if depth > 0 {
          open = from
        } else {
          var end = start + code.utf8.count
          for byte in code.utf8.reversed() {
            if byte != 0x20 { break }
            end -= 1
          }
          result.append(from..<end)
          open = nil
        }
      }
      start += line.utf8.count + 1
    }
    return result
  }

  func troubles(in text: String, named name: String, parameters: [String: String]) -> [Trouble] {
    text.contains("misspelt") ? [Trouble(slug: "name", message: "no name `misspelt`")] : []
  }

  func pixels(of bytes: [UInt8]) -> Pixels? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix("PIX "), let number = text.split(separator: " ").dropFirst().first else {
      return nil
    }
    return Pixels(width: 1, height: 1, samples: Array(number.utf8))
  }
}

final class ToyEngine: NotebookEngine {
  private let language: ToyLanguage
  private let parameters: [String: String]
  private var names: [String: Int] = [:]
  private var read: [String] = []
  private var times = 0
  /// What stands behind the pixels in a picture's bytes.
  var recipe = "one"
  /// Labels of the cells in the order in which they ran.
  private(set) var ran: [String] = []

  init(_ language: ToyLanguage = ToyLanguage(), parameters: [String: String] = [:]) {
    self.language = language
    self.parameters = parameters
  }

  func filesRead() -> [String] {
    defer { read = [] }
    return read
  }

  func run(
    _ text: String, in cellRange: Range<Int>, named name: String, cell: String,
    onEvent: (EngineEvent) throws -> Void
  ) throws -> CellOutcome {
    ran.append(cell)
    let bytes = Array(text.utf8)
    for range in language.statements(of: text) where cellRange.contains(range.lowerBound) {
      let code = String(decoding: bytes[range], as: UTF8.self)
      var output = StatementOutput(range: range)
      let words = code.split { $0.isWhitespace }.map(String.init)
      switch words[0] {
      case "fail":
        return .failed(Trouble(slug: "toy", message: "it failed", range: range))
      case "stop": return .interrupted
      case "param": names[words[1]] = Int(parameters[words[1]] ?? words[3])!
      case "print": try onEvent(.print(code.dropFirst(6) + "\n"))
      case "lines":
        output.shown = (1...value(words[1])).map { "line \($0)" }.joined(separator: "\n")
      case "picture":
        let data = Array("PIX \(value(words[1])) \(recipe)".utf8)
        output.picture = picture("png", "1×1", data)
      case "page": output.picture = picture("pdf", "1 in", Array("%PDF".utf8))
      case "draw": output.shown = "\(RandomSource(seed: 7).stream(cell).hashed)"
      case "clock":
        times += 1
        output.shown = "\(times) s"
        output.isVolatile = true
      case "read": read.append(String(words[1].dropFirst().dropLast()))
      case _ where words.count > 2 && words[1] == "=": names[words[0]] = sum(words[2...])
      default: output.shown = "\(sum(words[...]))"
      }
      try onEvent(.statement(output))
    }
    return .finished
  }

  private func picture(_ suffix: String, _ caption: String, _ data: [UInt8]) -> ProducedPicture {
    ProducedPicture(fileExtension: suffix, caption: caption) {
      data
    } pixels: {
      Pixels(width: 1, height: 1, samples: [0, 0, 0])
    }
  }

  private func sum(_ words: ArraySlice<String>) -> Int {
    words.filter { $0 != "+" }.map(value).reduce(0, +)
  }

  private func value(_ word: String) -> Int {
    let bare = word.trimmingCharacters(in: ["(", ")"])
    return Int(bare) ?? names[bare] ?? 0
  }
}

extension RandomSource {
  fileprivate var hashed: UInt32 {
    var copy = self
    return copy.next32()
  }
}
