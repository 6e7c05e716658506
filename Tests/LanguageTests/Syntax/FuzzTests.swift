import Basics
import Testing

@testable import Language

/// Programs that were changed at random must never stop the front end.
@Suite struct FuzzTests {
  private static let pieces = [
    "(", ")", "[", "]", "{", "}", "|", "|>", "\"", "\\(", "\n", " ", ";", ",", ":", ":=", "=", "==",
    "..", "..=", "->", "-", "+", "^", "√", "2", "x", "f(", "sum[", "if ", "else ", "for ", " in ",
    "where ", "not ", "param ", "assert ", "#", "'", "\\alpha", "é", "\u{1F600}", ".", "@", "**",
    "\t", "\r\n", "end", "elif ",
  ]

  private func mutated(_ text: [Character], _ random: inout RandomSource) -> String {
    var text = text
    for _ in 0...random.below(4) {
      if text.isEmpty { text = ["x"] }
      let at = random.below(text.count)
      switch random.below(4) {
      case 0: text.removeSubrange(at..<min(text.count, at + 1 + random.below(6)))
      case 1: text.insert(contentsOf: Self.pieces[random.below(Self.pieces.count)], at: at)
      case 2: text[at] = text[random.below(text.count)]
      default:
        let end = min(text.count, at + 1 + random.below(12))
        text.insert(contentsOf: text[at..<end], at: random.below(text.count))
      }
    }
    return String(text)
  }

  @Test(arguments: 0..<8)
  func mutatedProgramsAreReadWithoutTrouble(seed: Int) throws {
    var random = RandomSource(seed: UInt64(seed)).stream("mutations")
    let tour = try programs(in: "language")[0].text
    let seeds = tour.split(separator: "\n\n").map(Array.init)
    for turn in 0..<300 {
      let text = mutated(seeds[random.below(seeds.count)], &random)
      let faults = faults(of: text, withLayout: turn % 4 == 0)
      if !faults.isEmpty { Issue.record("\(faults) in seed \(seed):\n\(text)") }
    }
  }

  /// What the front end does wrong with a text, if it does not stop at once.
  private func faults(of text: String, withLayout: Bool) -> [String] {
    let source = SourceText(text: text)
    let program = Parser.program(in: source)
    var faults: [String] = []
    var end = 0
    for statement in program.statements {
      if statement.span.start < end { faults.append("statements overlap") }
      end = statement.span.end
      if !isInside(statement.form, source.bytes.count) { faults.append("a span leaves the text") }
    }
    var places: Set<String> = []
    for diagnostic in program.diagnostics {
      if diagnostic.labels.isEmpty { faults.append("a diagnostic has no place") }
      if diagnostic.labels.contains(where: { $0.span.end > source.bytes.count }) {
        faults.append("a label leaves the text")
      }
      if !places.insert("\(diagnostic.message) \(String(describing: diagnostic.span))").inserted {
        faults.append("a mistake is told twice")
      }
      if DiagnosticText().text(of: diagnostic).isEmpty { faults.append("a text is empty") }
    }
    if withLayout, program.diagnostics.isEmpty { faults += formatterFaults(of: source, program) }
    _ = Highlighting(of: source)
    return faults
  }

  private func isInside(_ form: any Form, _ count: Int) -> Bool {
    form.span.end <= count && form.children.allSatisfy { isInside($0, count) }
  }

  private func formatterFaults(of source: SourceText, _ program: Program) -> [String] {
    guard let once = try? Formatter().formatted(source),
      let twice = try? Formatter().formatted(SourceText(text: once))
    else { return ["the formatter refuses a text without mistakes"] }
    let isSame = Parser.program(in: SourceText(text: once)).sexpr == program.sexpr
    return (once == twice ? [] : ["laying out twice changes the text"])
      + (isSame ? [] : ["laying out changes the meaning"])
  }
}
