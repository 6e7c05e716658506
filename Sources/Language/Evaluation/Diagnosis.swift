import Basics

/// Carries a finished diagnostic through the machine.
package struct Failure: Error {
  package let diagnostic: Diagnostic
  package init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}

/// Turns an error that an instruction met into a diagnostic with its place.
enum Diagnosis {
  static func failure(
    _ error: any Error, code: Code, pc: Int, trace: [(code: Code, pc: Int)], _ machine: Machine
  ) -> any Error {
    if let failure = error as? Failure {
      return Failure(withCalls(failure.diagnostic, trace, code))
    }
    if error is Interrupted { return error }
    let pc = min(max(pc, 0), code.spans.count - 1)
    let problem = named(
      error as? Problem ?? Problem("bug", "\(error)", notes: ["this is a bug in fdsl"]),
      code, pc)
    let span = code.spans[pc]
    var labels = [Diagnostic.Label(span)]
    let instruction = code.instructions[pc]
    if instruction.opcode == .call {
      let site = code.callSites[Int(instruction.b)]
      if let argument = problem.argument, site.spans.indices.contains(argument) {
        labels = [.init(site.spans[argument])]
      } else {
        labels = [.init(site.calleeSpan)]
      }
    } else if let operands = code.operandSpans[pc], !operands.isEmpty,
      ["shape", "stretch", "type"].contains(problem.slug)
    {
      labels = operandLabels(operands, problem, code)
    }
    let diagnostic = Diagnostic(
      problem.slug, problem.message, labels: labels, notes: problem.notes,
      suggestions: problem.suggestions, source: code.source)
    return Failure(withCalls(diagnostic, trace, code))
  }

  /// The problem with its operands called as in the program: `A.T @ x`, not `left.T @ right`.
  private static func named(_ problem: Problem, _ code: Code, _ pc: Int) -> Problem {
    let instruction = code.instructions[pc]
    var (spans, sign) = (code.operandSpans[pc] ?? [], ",")
    if instruction.opcode == .call {
      let site = code.callSites[Int(instruction.b)]
      // Functions of one or two tensors: `inv(A)`, `atan2(y, x)`.
      if (1...2).contains(site.spans.count), namedSlugs.contains(problem.slug) {
        spans = site.spans
      }
    } else if let op = ValueOperator(opcode: instruction.opcode) {
      sign = op.sign
    }
    guard !spans.isEmpty else { return problem.naming(left: "left", right: "right", sign: ",") }
    let texts = spans.map { operand(code.source.text(in: $0)) }
    return problem.naming(left: texts[0], right: texts.last ?? "right", sign: sign)
  }

  /// Trouble whose suggestions speak of the arguments of a call.
  private static let namedSlugs: Set = ["shape", "stretch", "type", "singular", "definite", "nan"]

  /// An operand as it can stand before `.T` or `[…]`: in brackets unless it is one piece.
  private static func operand(_ text: String) -> String {
    if text.count > 40 || text.contains("\n") { return "(…)" }
    var depth = 0
    for character in text {
      switch character {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case _ where depth > 0: continue
      case let c where c.isLetter || c.isNumber || c == "_" || c == "." || c == "\"": continue
      default: return "(\(text))"
      }
    }
    return text
  }

  /// Labels each operand with its text; the facts are in the message and notes.
  private static func operandLabels(
    _ spans: [Span], _ problem: Problem, _ code: Code
  ) -> [Diagnostic.Label] {
    let facts = problem.operandFacts
    return spans.enumerated().map { index, span in
      guard index < facts.count else { return .init(span) }
      return .init(span, "\(code.source.text(in: span).prefix(30)) : \(facts[index])")
    }
  }

  private static func withCalls(
    _ diagnostic: Diagnostic, _ trace: [(code: Code, pc: Int)], _ code: Code
  ) -> Diagnostic {
    var diagnostic = diagnostic
    // The innermost frame's place is the label; each frame was called from the one above it.
    for (inner, outer) in zip(trace, trace.dropFirst()) {
      guard diagnostic.frames.count < 8 else { break }
      let index = min(max(outer.pc - 1, 0), outer.code.spans.count - 1)
      let name = inner.code.name.isEmpty ? "a function" : inner.code.name
      let span = outer.code.spans[index]
      // A recursion is told once.
      if let last = diagnostic.frames.last, last.name == name, last.span == span { continue }
      diagnostic.frames.append(.init(name: name, source: outer.code.source, span: span))
    }
    return diagnostic
  }
}

extension Problem {
  /// Shapes named in the message, in the order of the operands: `[784, 128]`, `[784]`.
  fileprivate var operandFacts: [String] {
    var facts: [String] = []
    var current: String?
    for character in message {
      switch (character, current) {
      case ("[", _): current = "["
      case ("]", let text?):
        facts.append(text + "]")
        current = nil
      case (let c, let text?):
        if c.isNumber || c == "," || c == " " { current = text + String(c) } else { current = nil }
      default: break
      }
    }
    return facts
  }
}
