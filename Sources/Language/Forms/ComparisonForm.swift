/// The signs of comparisons.
package enum Comparator: String, CaseIterable, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessEqual = "<="
  case greater = ">"
  case greaterEqual = ">="
  case approximately = "~="

  init?(_ token: Token) {
    guard let symbol = token.symbol else { return nil }
    self.init(rawValue: symbol.rawValue)
  }
}

/// A chain of comparisons: `0 <= x < 1` asks for all of them, and `x` is worked out once.
package struct ComparisonForm: Form {
  /// One sign and what stands on its right.
  package struct Link: Sendable {
    package let sign: Comparator
    package let signSpan: Span
    package let right: any Form
  }

  package let first: any Form
  /// At least one.
  package let links: [Link]

  package var span: Span { first.span.joined(with: links[links.count - 1].right.span) }
  package var children: [any Form] { [first] + links.map(\.right) }

  package var sexpr: String {
    if links.count == 1 { return list(links[0].sign.rawValue, children.map(\.sexpr)) }
    return list(
      "chain", [first.sexpr] + links.flatMap { [$0.sign.rawValue, $0.right.sexpr] })
  }

  package func space(_ page: inout Page) {
    for link in links { page.spaced(link.signSpan) }
  }
}

extension ComparisonForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    let (result, operands) = emitLinks(code)
    for operand in operands { code.release(operand.register) }
    return code.settle(result, in: target, at: span)
  }

  /// Compiles the chain and keeps its operands, so that an assertion can show their values.
  func emitLinks(_ code: Emitter) -> (result: Int32, operands: [(form: any Form, register: Int32)])
  {
    let result = code.function.register()
    var left = code.emit(first)
    var operands: [(form: any Form, register: Int32)] = [(first, left)]
    var ends: [Int] = []
    var previous = first
    for (index, link) in links.enumerated() {
      if index > 0 { ends.append(code.add(.jumpIfFalseValue, 0, result, at: link.signSpan)) }
      let right = code.emit(link.right)
      operands.append((link.right, right))
      guard let meaning = ValueOperator(sign: link.sign.rawValue) else {
        preconditionFailure("every comparison has a meaning")
      }
      let spans = [previous.span, link.right.span]
      if index == 0 {
        code.add(meaning.opcode, result, left, right, at: link.signSpan, operands: spans)
      } else {
        let part = code.function.register()
        code.add(meaning.opcode, part, left, right, at: link.signSpan, operands: spans)
        code.add(.and, result, result, part, at: link.signSpan)
        code.release(part)
      }
      left = right
      previous = link.right
    }
    for end in ends { code.land(end) }
    return (result, operands)
  }
}
