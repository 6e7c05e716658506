/// The binary operators; `Operators` says what each means for values.
package enum ValueOperator: UInt8, Sendable, CaseIterable {
  case add, subtract, multiply, divide, floorDivide, remainder, matrixProduct, power
  case equal, notEqual, less, lessEqual, greater, greaterEqual, approximately
  case compose, and, or

  /// The operator's sign in ASCII.
  package var sign: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .floorDivide: "//"
    case .remainder: "%"
    case .matrixProduct: "@"
    case .power: "^"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessEqual: "<="
    case .greater: ">"
    case .greaterEqual: ">="
    case .approximately: "≈"
    case .compose: ">>"
    case .and: "and"
    case .or: "or"
    }
  }

  /// The operator of that sign.
  package init?(sign: String) {
    switch sign {
    case "≤": self = .lessEqual
    case "≥": self = .greaterEqual
    case "≠": self = .notEqual
    case "~=": self = .approximately
    case "·", "×": self = .multiply
    case "÷": self = .divide
    default:
      guard let found = Self.allCases.first(where: { $0.sign == sign }) else { return nil }
      self = found
    }
  }

  /// The operator of a binary instruction.
  init?(opcode: Opcode) {
    guard opcode.rawValue >= Opcode.add.rawValue else { return nil }
    self.init(rawValue: opcode.rawValue - Opcode.add.rawValue)
  }

  var isComparison: Bool { (Self.equal.rawValue...Self.approximately.rawValue).contains(rawValue) }
}
