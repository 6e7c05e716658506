import Basics
import Builtins
import Foundation
import Language

/// A change of a program that mostly leaves a program: parts of the corpus take the place of parts
/// of the text, statements come and go.
struct Graft {
  /// Statements and expressions of all programs in the folder `FUZZ_SEEDS`.
  private struct Bank {
    var statements: [String] = []
    var expressions: [String] = []

    init() {
      let folder = ProcessInfo.processInfo.environment["FUZZ_SEEDS"] ?? ""
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      var expressions: Set<String> = []
      var statements: Set<String> = []
      for name in names {
        guard let text = try? String(contentsOfFile: folder + "/" + name, encoding: .utf8) else {
          continue
        }
        let source = SourceText(text: text)
        let program = Parser.program(in: source)
        for statement in program.statements where statement.span.count <= 300 {
          statements.insert(source.text(in: statement.span))
        }
        expressions.formUnion(
          Graft.parts(of: program).filter { $0.count <= 100 }.map { source.text(in: $0) })
      }
      self.statements = statements.sorted()
      self.expressions = expressions.sorted()
    }
  }

  private static let bank = Bank()
  private static let functions = StandardLibrary.library.builtins.keys.sorted()
  private static let striking = [
    "0", "-1", "1", "0.5", "-0.0", "1e308", "1e-320", "9223372036854775807", "4294967296", "65536",
    "inf", "nan", "im", "\"\"", "()", "[]", "[1, 2, 3]", "(x -> x)", "0..0", "1..=9", "true", "ans",
    "[1, 2; 3, 4]", "zeros(0)", "ones(2, 3, 4)", "[nan, inf]", "(a = 1)", "[1, 2]*im",
  ]

  private var random: RandomSource

  init(seed: UInt64) { random = RandomSource(seed: seed).stream("graft") }

  mutating func chance(of percent: Int) -> Bool { random.below(100) < percent }

  /// The bytes with one to three changes; nil when they are no program.
  mutating func changed(_ bytes: [UInt8]) -> [UInt8]? {
    guard var text = String(validating: bytes, as: UTF8.self) else { return nil }
    for _ in 0...random.below(3) { text = changed(text) }
    return Array(text.utf8)
  }

  private mutating func changed(_ text: String) -> String {
    let source = SourceText(text: text)
    let program = Parser.program(in: source)
    let parts = Self.parts(of: program)
    let statements = program.statements.map(\.span)
    let end = Span(at: source.bytes.count)
    switch random.below(10) {
    case 0...2: return source.replacing(any(parts) ?? end, by: any(Self.bank.expressions) ?? "x")
    case 3: return source.replacing(any(parts) ?? end, by: any(Self.striking) ?? "0")
    case 4:
      let own = any(parts).map { source.text(in: $0) } ?? "x"
      return source.replacing(any(parts) ?? end, by: own)
    case 5:
      let place = any(parts) ?? end
      let name = any(Self.functions) ?? "sum"
      let other = random.below(3) == 0 ? ", " + (any(Self.striking) ?? "0") : ""
      return source.replacing(place, by: "\(name)(\(source.text(in: place))\(other))")
    case 6: return source.replacing(any(statements) ?? end, by: "")
    case 7:
      let place = any(statements) ?? end
      return source.replacing(
        Span(at: place.start), by: (any(Self.bank.statements) ?? "x = 1") + "\n")
    case 8: return source.text + "\n" + (any(Self.bank.statements) ?? "x")
    default:
      let own = any(statements).map { source.text(in: $0) } ?? "x"
      return source.replacing(Span(at: (any(statements) ?? end).start), by: own + "\n")
    }
  }

  private mutating func any<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[random.below(elements.count)]
  }

  /// Places of all forms in a program.
  private static func parts(of program: Program) -> [Span] {
    var spans: [Span] = []
    var waiting = program.statements.map(\.form)
    while let form = waiting.popLast() {
      spans.append(form.span)
      waiting += form.children
    }
    return spans
  }
}

extension SourceText {
  /// The text with a stretch replaced.
  fileprivate func replacing(_ span: Span, by text: String) -> String {
    String(decoding: bytes[..<span.start], as: UTF8.self) + text
      + String(decoding: bytes[span.end...], as: UTF8.self)
  }
}
