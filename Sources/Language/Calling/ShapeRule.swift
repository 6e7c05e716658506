/// How the shape of a builtin's result follows from its arguments, where that can be told before
/// anything runs.
package enum ShapeRule: Sendable {
  /// Elementwise: the shape of the only argument.
  case same
  /// The arguments are the sizes of the axes: `zeros(3, 4)`.
  case sizes
  /// The argument is the size of both axes: `eye(3)`.
  case square
  /// The arguments behind the first are the sizes; one may be -1: `reshape(x, 3, -1)`.
  case reshaped
  /// The argument at that place is the number of elements: `linspace(0, 1, 5)`.
  case count(argument: Int)
}

extension Builtin {
  /// How the shape of its result follows from its arguments; functions of numbers are elementwise.
  var rule: ShapeRule? {
    if case .unary? = shortcut { return .same }
    return shapeRule
  }

  /// Whether it works element by element on its only argument.
  var isElementwise: Bool { if case .same? = rule { true } else { false } }

  /// The builtin with a rule for the shape of its result.
  package func shaped(_ rule: ShapeRule) -> Builtin {
    var builtin = self
    builtin.shapeRule = rule
    return builtin
  }
}
