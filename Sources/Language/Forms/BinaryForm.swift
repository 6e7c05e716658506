/// The levels of the operators, from loosest to tightest.
package enum Precedence: Int, Comparable, Sendable {
  case composition, disjunction, conjunction, comparison, range, sum, product, power

  package static func < (left: Precedence, right: Precedence) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The next tighter level.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .power }
}

/// An operator between two operands. Comparisons, ranges and pipes are forms of their own.
package enum BinaryOperator: String, CaseIterable, Sendable {
  case compose = ">>"
  case or
  case and
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case remainder = "%"
  case matrixProduct = "@"
  case power = "^"

  /// One row of the table of operators.
  package struct Row: Sendable {
    package let precedence: Precedence
    /// Whether a line may begin with it to go on with the line before.
    package let mayStartLine: Bool
    /// What stands before "needs something on its right".
    package let name: String
  }

  /// Everything the parser knows about an operator.
  package var row: Row {
    switch self {
    case .compose: Row(precedence: .composition, mayStartLine: true, name: "`>>`")
    case .or: Row(precedence: .disjunction, mayStartLine: true, name: "`or`")
    case .and: Row(precedence: .conjunction, mayStartLine: true, name: "`and`")
    case .add: Row(precedence: .sum, mayStartLine: true, name: "`+`")
    // A line that begins with `-` could as well be a statement, see `Parser.binary`.
    case .subtract: Row(precedence: .sum, mayStartLine: false, name: "`-`")
    case .multiply: Row(precedence: .product, mayStartLine: true, name: "`*`")
    case .divide: Row(precedence: .product, mayStartLine: true, name: "`/`")
    // These two begin comments elsewhere.
    case .floorDivide: Row(precedence: .product, mayStartLine: false, name: "`//`")
    case .remainder: Row(precedence: .product, mayStartLine: false, name: "`%`")
    case .matrixProduct: Row(precedence: .product, mayStartLine: true, name: "`@`")
    case .power: Row(precedence: .power, mayStartLine: false, name: "`^`")
    }
  }

  init?(_ token: Token) {
    if let keyword = token.keyword {
      self.init(rawValue: keyword.rawValue)
    } else if let symbol = token.symbol {
      self.init(rawValue: symbol.rawValue)
    } else {
      return nil
    }
  }
}

/// Two operands and the operator between them.
package struct BinaryForm: Form {
  package let left: any Form
  package let sign: BinaryOperator
  package let signSpan: Span
  package let right: any Form

  package var span: Span { left.span.joined(with: right.span) }
  package var children: [any Form] { [left, right] }
  package var sexpr: String { list(sign.rawValue, [left.sexpr, right.sexpr]) }

  package func space(_ page: inout Page) {
    switch sign {
    case .power: page.tight(signSpan)
    case .multiply, .divide, .floorDivide, .remainder, .matrixProduct: page.even(signSpan)
    case .compose, .or, .and, .add, .subtract: page.spaced(signSpan)
    }
  }
}

extension BinaryForm {
  package func emit(_ code: Emitter, to target: Int32?) -> Int32 {
    switch sign {
    case .and: return emitShortcut(code, .jumpIfFalseValue, .and, to: target)
    case .or: return emitShortcut(code, .jumpIfTrueValue, .or, to: target)
    default: break
    }
    guard let meaning = ValueOperator(sign: sign.rawValue) else {
      preconditionFailure("every binary sign has a meaning")
    }
    return code.emitOperator(meaning, left, right, at: signSpan, to: target)
  }

  /// `and`, `or`: the right side is not looked at when the left one decides; masks combine.
  private func emitShortcut(
    _ code: Emitter, _ jump: Opcode, _ meaning: ValueOperator, to target: Int32?
  ) -> Int32 {
    let result = code.function.register()
    code.emit(left, into: result)
    let end = code.add(jump, 0, result, at: signSpan)
    let operand = code.emit(right)
    code.add(meaning.opcode, result, result, operand, at: signSpan)
    code.release(operand)
    code.land(end)
    return code.settle(result, in: target, at: span)
  }
}
