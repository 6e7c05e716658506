import Basics
import Builtins
import Foundation
import Language
import Testing

/// The core of the machine against the machine without it: same answers to the bit, same errors.
@Suite struct CoreTests {
  @Test func `the core is used here`() {
    #expect(Core.isUsable)
    #expect(session().machine.usesCore)
  }

  @Test(arguments: 0..<400)
  func `generated programs mean the same with and without the core`(seed: Int) throws {
    let program = ProgramGenerator(seed: UInt64(seed)).program()
    #expect(
      answers(to: program, usesCore: true) == answers(to: program, usesCore: false),
      "\(program.joined(separator: "\n"))")
  }

  @Test(arguments: [
    ["x = zeros(3)", "f(v) = { v[0] = 5\nv }", "y = f(x)", "x", "y"],
    // What a loop writes in place stays its own.
    ["g(n) = { x = zeros(4)\ny = x\nfor i in 0..4 { x[i] = x[i - 1] + i }\n(x, y) }", "g(1)"],
    ["f(x) = x + 1", "g(x) = f(x)", "g(1)", "f(x) = x*2", "g(5)", "f = 3", "g(1)"],
    ["apply(f, x) = f(f(x))", "apply(sin, 1)", "apply(x -> x/3, 1)", "apply(3, 1)"],
    ["f(g, n) = if n == 0 { g } else { f(x -> g(x) + n, n - 1) }", "f(x -> x, 20)(1)"],
    ["f(a, b = a*2) = a + b", "f(1)", "f(1, 5)", "f(b = 1, a = 3)", "f(1, 2, 3)", "f()"],
    ["f(n) = if n == 0 { nothere } else { f(n - 1) }", "f(5)"],
    ["f(n) = if n == 0 { [1, 2][n + 7] } else { 1 + f(n - 1) }", "f(3)"],
    ["f(n) = f(n + 1)", "f(0)"],
    ["f(n) = { g(m) = if m == 0 { n } else { g(m - 1) + 1 }\ng(n) }", "f(30)"],
    ["for i in 9223372036854775800..=9223372036854775807 { print(i) }"],
    ["for i in 5..0 step -2 { print(i) }", "for i in 0..=0 { print(i) }"],
    ["for i in 0..3 step 0 { print(i) }"],
    ["t = f32([1, 2, 3])", "s = 0", "for v in t { s += v }", "s", "t[1]/3", "(t > 1)[2]"],
    ["t = [1, 2; 3, 4]", "t[1, -1]", "t[2, 0]", "t[0]", "for row in t { print(row) }"],
    ["[if x > 2 { x } else { x/2 } for x < 5]", "[x > 2 for x < 5]"],
    ["[if x > 2 { \"a\" } else { x } for x < 5]", "[if x == 3 { true } else { x } for x < 5]"],
    ["sum[k in 0..0] k", "prod[k in 1..=25] k", "max[k in 0..5] (k - 2)^2", "mean[k in 0..5] k"],
    [
      "any[k in 0..5] (k == 3)", "all[k in 0..5] (k < 3)", "min[k in 0..0] k", "sum[k in 0..3] 0.1",
    ],
    ["0^0", "2^62*2", "2^(0 - 1)", "(0 - 7)//2", "(0 - 7) % 2", "7 % (0 - 2)", "1//0", "1 % 0"],
    ["7.5//2", "(0 - 7.5) % 2", "1/0", "0/0", "abs(0 - 9223372036854775807 - 1)", "√(0 - 1)"],
    ["floor(1e300)", "round(2.5)", "ceil(0 - 0.5)", "int(9007199254740993)", "int(1e19)"],
    ["min(nan, 1)", "max(1, nan)", "pick(true, 1, [2])", "pick(1, 2, 3)", "sin(\"a\")"],
  ])
  func `what is hard to get right is the same`(program: [String]) {
    #expect(answers(to: program, usesCore: true) == answers(to: program, usesCore: false))
  }

  @Test func `a loop of numbers can be stopped`() throws {
    for text in ["while true { }", "f(n) = if n == 0 { 0 } else { f(n - 1) + f(n - 1) }\nf(60)"] {
      let session = self.session()
      session.interruption.request()
      let outcome = try session.run(SourceText(text: text), cell: "")
      guard case .interrupted = outcome else {
        Issue.record("\(text) went on")
        continue
      }
    }
  }

  private func session() -> Session {
    Session(
      library: StandardLibrary.library,
      options: SessionOptions(files: FileAccess(root: FileManager.default.temporaryDirectory)))
  }

  /// What each entry of a session answers, to the bit.
  private func answers(to entries: [String], usesCore: Bool) -> [String] {
    let session = self.session()
    session.machine.usesCore = usesCore
    return entries.map { entry in
      var said = ""
      do {
        let outcome = try session.run(
          SourceText(text: entry), cell: "", onPrint: { said += $0 },
          onStatement: { said += bits(of: $0.value) + "\n" })
        if case .failed(let diagnostic) = outcome { said += DiagnosticText().text(of: diagnostic) }
      } catch {
        said += "\(error)"
      }
      return said
    }
  }

  private func bits(of value: Value) -> String {
    switch value {
    case .int(let number): "\(number)"
    case .real(let number) where number.isNaN: "nan"
    case .real(let number): "\(number) \(number.bitPattern)"
    case .tensor(let box):
      "\(box.tensor.shape) \(box.tensor.isMask) \(box.tensor.doubles.map(\.bitPattern))"
    case .tuple(let tuple): "(" + tuple.items.map { bits(of: $0) }.joined(separator: ", ") + ")"
    default: Display.text(value)
    }
  }
}

/// Makes programs of scalar code that mixes types, meets edges and goes wrong now and then.
private struct ProgramGenerator {
  private var random: RandomSource
  /// Names that expressions may use.
  private var names: [String] = []
  private var functions: [String] = []
  private var depth = 0
  private var loops = 0
  private var counters = 0

  init(seed: UInt64) { random = RandomSource(seed: seed) }

  func program() -> [String] {
    var generator = self
    return generator.entries()
  }

  private mutating func entries() -> [String] {
    var entries = [
      "t = [1.5, -2, 0, 7, 1e3]", "u = [1, 2; 3, 4]", "mask = t > 0", "n = 5", "z = 0.25",
    ]
    for index in 0..<3 {
      let name = "f\(index)"
      names = ["p", "q", "n", "z"]
      entries.append("\(name)(p, q) = \(block())")
      functions.append(name)
    }
    for _ in 0..<5 {
      entries.append("\(choose(functions))(\(literal()), \(literal()))")
    }
    // The same kind of code outside of functions, where names are the file's.
    names = ["n", "z"]
    entries.append(statements(3).joined(separator: "\n"))
    entries += names.prefix(4)
    return entries
  }

  private mutating func choose<Item>(_ items: [Item]) -> Item {
    items[random.below(items.count)]
  }

  private mutating func chance(_ share: Double) -> Bool { random.uniform() < share }

  private mutating func literal() -> String {
    choose([
      "0", "1", "2", "3", "-1", "-7", "10", "4611686018427387904", "9223372036854775807", "0.5",
      "-0.0", "1e300", "2.0", "-3.5", "inf", "nan", "true", "1e-3",
    ])
  }

  private mutating func expression() -> String {
    depth += 1
    defer { depth -= 1 }
    if depth > 4 || chance(0.25) { return chance(0.6) ? choose(names) : literal() }
    switch random.below(24) {
    case 0...7:
      return "(\(expression()) \(choose(["+", "-", "*", "+", "-"])) \(expression()))"
    case 8: return "(\(expression())/\(expression()))"
    case 9: return "(\(expression()) // \(expression()))"
    case 10: return "(\(expression()) % \(expression()))"
    case 11: return "(\(expression()))^\(choose(["2", "3", "0", "(0 - 1)", "0.5"]))"
    case 12: return "(if \(condition()) { \(expression()) } else { \(expression()) })"
    case 13: return "(-\(expression()))"
    case 14:
      return "\(choose(["abs", "sqrt", "floor", "round", "sin", "int", "exp"]))(\(expression()))"
    case 15: return "\(choose(["min", "max", "atan2"]))(\(expression()), \(expression()))"
    case 16:
      return "t[\(choose(["0", "1", "-1", "n - 1", "int(\(expression())) % 5", expression()]))]"
    case 17: return "u[\(choose(["0", "1", "-2"])), \(choose(["0", "1", "2"]))]"
    case 18: return "pick(\(condition()), \(expression()), \(expression()))"
    case 19 where !functions.isEmpty && loops < 2:
      return "\(functions[functions.count - 1])(\(expression()), \(expression()))"
    case 20: return "(x -> x*\(choose(names)) + \(literal()))(\(expression()))"
    case 21: return "(sum[k in 0..3] (k*\(choose(names)) + \(literal())))"
    case 22: return chance(0.2) ? "(t*\(choose(names)))" : "|\(choose(names))|"
    default: return "√\(choose(names))"
    }
  }

  private mutating func condition() -> String {
    depth += 1
    defer { depth -= 1 }
    let comparison =
      "\(expression()) \(choose(["<", "<=", ">", ">=", "==", "!="])) \(expression())"
    if depth > 3 { return "(\(comparison))" }
    switch random.below(10) {
    case 0: return "(\(comparison) and \(condition()))"
    case 1: return "(\(comparison) or \(condition()))"
    case 2: return "(not \(condition()))"
    case 3: return "(\(literal()) < \(choose(names)) <= \(literal()))"
    case 4: return "mask[\(choose(["0", "1", "2"]))]"
    default: return "(\(comparison))"
    }
  }

  private mutating func block() -> String {
    "{ \(statements(4).joined(separator: "\n"))\n\(expression()) }"
  }

  private mutating func statements(_ most: Int) -> [String] {
    (0..<1 + random.below(most)).map { _ in statement() }
  }

  private mutating func statement() -> String {
    let isDeep = depth > 2 || loops > 1
    switch random.below(isDeep ? 6 : 12) {
    case 0...3:
      let name = choose(["a", "b", "c"])
      let text = "\(name) = \(expression())"
      if !names.contains(name) { names.append(name) }
      return text
    case 4 where names.contains("a"): return "a \(choose(["+=", "-=", "*="])) \(expression())"
    case 5 where names.contains("b"): return "if \(condition()) { b = \(expression()) }"
    case 6, 7:
      let range = choose(["0..4", "0..=3", "3..0 step -1", "0..n", "1..2", "t", "0..1 step 0.5"])
      return loop("for i in \(range)", "i")
    case 8, 9:
      counters += 1
      let counter = "w\(counters)"
      let head = loop("while \(counter) < 5 and \(condition())", counter)
      return "\(counter) = 0\n\(head)"
    case 10: return "if \(condition()) { \(statements(2).joined(separator: "\n")) }"
    default: return "c = \(expression())"
    }
  }

  private mutating func loop(_ head: String, _ name: String) -> String {
    loops += 1
    depth += 1
    let known = names
    names.append(name)
    var body = statements(3)
    if head.hasPrefix("while") { body.insert("\(name) += 1", at: 0) }
    if chance(0.2) { body.append("if \(condition()) { break }") }
    if chance(0.2) { body.append("if \(condition()) { continue }\na = \(expression())") }
    names = known
    loops -= 1
    depth -= 1
    return "\(head) {\n\(body.joined(separator: "\n"))\n}"
  }
}
