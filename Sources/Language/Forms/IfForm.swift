/// `if a { … } else if b { … } else { … }`, an expression.
package struct IfForm: Form {
  /// A condition with what happens when it holds.
  package struct Branch: Sendable {
    package let condition: any Form
    package let body: BlockForm
    /// Where its `if` stands.
    package let keyword: Span
  }

  /// At least one, tried in order.
  package let branches: [Branch]
  package let otherwise: BlockForm?
  package let span: Span

  package var children: [any Form] {
    branches.flatMap { [$0.condition, $0.body] as [any Form] } + (otherwise.map { [$0] } ?? [])
  }
  package var sexpr: String { list("if", children.map(\.sexpr)) }

  static func parse(_ parser: Parser) throws(Diagnostic) -> IfForm {
    let start = parser.current.span
    var branches = [try branch(parser)]
    var otherwise: BlockForm?
    var end = branches[0].body.span
    while otherwise == nil {
      if let name = parser.current.name, name == "elif" || name == "elseif" || name == "elsif" {
        throw parser.trouble(
          "habit", "`\(name)` is written `else if` here", at: parser.current.span,
          suggestions: ["else if condition { … }"])
      }
      guard parser.current.keyword == .else else { break }
      parser.advance()
      if parser.current.keyword == .if {
        branches.append(try branch(parser))
        end = branches[branches.count - 1].body.span
      } else {
        let body = try BlockForm.parse(parser, after: "`else`")
        otherwise = body
        end = body.span
      }
    }
    return IfForm(branches: branches, otherwise: otherwise, span: start.joined(with: end))
  }

  private static func branch(_ parser: Parser) throws(Diagnostic) -> Branch {
    let keyword = parser.advance().span
    let condition = try parser.condition(after: "`if`")
    return Branch(
      condition: condition, body: try BlockForm.parse(parser, after: "the condition"),
      keyword: keyword)
  }
}

extension IfForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    // A named register may be read by a branch, so the value is made beside it.
    let result = code.function.register()
    var ends: [Int] = []
    for branch in branches {
      let condition = code.emit(branch.condition)
      code.release(condition)
      let next = code.add(.jumpFalse, 0, condition, at: branch.condition.span)
      code.emit(branch.body, into: result)
      ends.append(code.add(.jump, at: span))
      code.land(next)
    }
    if let otherwise {
      code.emit(otherwise, into: result)
    } else {
      code.add(.move, result, code.function.constant(.none), at: span)
    }
    for end in ends { code.land(end) }
    return code.settle(result, in: target, at: span)
  }
}
