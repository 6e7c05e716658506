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
    let problem =
      error as? Problem ?? Problem("bug", "\(error)", notes: ["this is a bug in fdsl"])
    let instruction = code.instructions[pc]
    if let op = ValueOperator(opcode: instruction.opcode), let operands = code.operandSpans[pc] {
      let diagnostic = Self.diagnostic(
        problem, operands: operands, sign: op.sign, at: code.spans[pc], source: code.source)
      return Failure(withCalls(diagnostic, trace, code))
    }
    var labels = [Diagnostic.Label(code.spans[pc])]
    var operands = code.operandSpans[pc] ?? []
    if instruction.opcode == .call {
      let site = code.callSites[Int(instruction.b)]
      if let argument = problem.argument, site.spans.indices.contains(argument) {
        labels = [.init(site.spans[argument])]
      } else {
        labels = [.init(site.calleeSpan)]
      }
      // Functions of one or two tensors: `inv(A)`, `atan2(y, x)`.
      if (1...2).contains(site.spans.count), namedSlugs.contains(problem.slug) {
        operands = site.spans
      }
    } else if !operands.isEmpty, isAboutOperands(problem) {
      labels = operandLabels(operands, problem, code.source)
    }
    var source = code.source
    if let blame = problem.blame, let row = blame.place.origin as? RowPlace,
      let first = row.entries.first, !row.entries.isEmpty
    {
      let last = row.entries[min(max(blame.count, 1), row.entries.count) - 1]
      labels = [.init(first.joined(with: last), blame.text)]
      source = row.source
    }
    let named = Self.named(problem, operands, sign: ",", code.source)
    let diagnostic = Diagnostic(
      named.slug, named.message, labels: labels, notes: named.notes,
      suggestions: named.suggestions, source: source)
    return Failure(withCalls(diagnostic, trace, code))
  }

  /// Trouble with an operation between operands.
  static func diagnostic(
    _ problem: Problem, operands: [Span], sign: String, at span: Span, source: SourceText
  ) -> Diagnostic {
    let problem = named(problem, operands, sign: sign, source)
    let labels =
      operands.isEmpty || !isAboutOperands(problem)
      ? [.init(span)] : operandLabels(operands, problem, source)
    return Diagnostic(
      problem.slug, problem.message, labels: labels, notes: problem.notes,
      suggestions: problem.suggestions, source: source)
  }

  private static func isAboutOperands(_ problem: Problem) -> Bool {
    ["shape", "stretch", "type"].contains(problem.slug)
  }

  /// The problem with its operands called as in the program: `A.T @ x`, not `left.T @ right`.
  private static func named(
    _ problem: Problem, _ operands: [Span], sign: String, _ source: SourceText
  ) -> Problem {
    let texts = operands.map { operand(source.text(in: $0)) }
    return problem.naming(
      left: texts.first ?? "left", right: texts.last ?? "right", sign: sign)
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
    _ spans: [Span], _ problem: Problem, _ source: SourceText
  ) -> [Diagnostic.Label] {
    let facts = problem.operandFacts
    return spans.enumerated().map { index, span in
      guard index < facts.count else { return .init(span) }
      return .init(span, "\(source.text(in: span).prefix(30)) : \(facts[index])")
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
