import CKernels

/// A function of one or two numbers: its name, meaning, derivative and text.
///
/// The table is the one list of elementary functions; scalar builtins, elementwise tensor
/// operations and their gradients are made from it. Values have the same bits on every machine.
package struct Primitive: Sendable {
  /// The name a user types.
  package let name: String
  /// What it returns, one sentence.
  package let text: String
  /// Value and derivatives.
  package let rule: Rule
  /// Number of the vector loop that computes it for single precision tensors, if there is one.
  package let loop: Int32?
  /// Whether that loop exists for double precision, too.
  package let hasDoubleLoop: Bool

  /// How a primitive is computed.
  package enum Rule: Sendable {
    /// A value, and the derivative given the argument and the value.
    case unary(
      @Sendable (Double) -> Double, derivative: @Sendable (_ x: Double, _ y: Double) -> Double)
    /// A value, and the derivatives by both arguments given them and the value.
    case binary(
      @Sendable (Double, Double) -> Double,
      derivative: @Sendable (_ a: Double, _ b: Double, _ y: Double) -> (Double, Double))
  }

  /// How many arguments it takes.
  package var arity: Int {
    switch rule {
    case .unary: 1
    case .binary: 2
    }
  }

  init(
    _ name: String, _ text: String, loop: Int? = nil, inDouble: Bool = false,
    _ value: @escaping @Sendable (Double) -> Double,
    derivative: @escaping @Sendable (_ x: Double, _ y: Double) -> Double
  ) {
    self.name = name
    self.text = text
    self.loop = loop.map(Int32.init)
    hasDoubleLoop = inDouble
    rule = .unary(value, derivative: derivative)
  }

  init(
    _ name: String, _ text: String, loop: Int? = nil,
    _ value: @escaping @Sendable (Double, Double) -> Double,
    derivatives: @escaping @Sendable (_ a: Double, _ b: Double, _ y: Double) -> (Double, Double)
  ) {
    self.name = name
    self.text = text
    self.loop = loop.map(Int32.init)
    hasDoubleLoop = loop != nil
    rule = .binary(value, derivative: derivatives)
  }

  /// The value of a function of one number.
  package func callAsFunction(_ x: Double) -> Double {
    guard case .unary(let value, _) = rule else {
      preconditionFailure("\(name) takes two numbers")
    }
    return value(x)
  }

  /// The value of a function of two numbers.
  package func callAsFunction(_ a: Double, _ b: Double) -> Double {
    guard case .binary(let value, _) = rule else { preconditionFailure("\(name) takes one number") }
    return value(a, b)
  }

  /// The primitive of a name.
  package static func named(_ name: String) -> Primitive? { index[name] }

  private static let index = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

extension Primitive {
  /// Every primitive, functions of one number first.
  package static let all: [Primitive] = unary + binary

  private static let unary: [Primitive] = roots + circles + steps + bells

  /// Powers, roots, exponentials and logarithms.
  private static let roots: [Primitive] = [
    Primitive(
      "negate", "The number with the other sign.", loop: CK_NEGATE, inDouble: true,
      { -$0 }, derivative: { _, _ in -1 }),
    Primitive(
      "sqrt", "The square root; nan below 0.", loop: CK_SQUARE_ROOT, inDouble: true,
      { $0.squareRoot() }, derivative: { 0.5 / $1 + 0 * $0 }),
    Primitive(
      "cbrt", "The cube root.", { ck_cbrt($0) }, derivative: { 1 / (3 * $1 * $1) + 0 * $0 }),
    Primitive(
      "square", "The number times itself.", loop: CK_SQUARE, inDouble: true,
      { $0 * $0 }, derivative: { x, _ in 2 * x }),
    Primitive(
      "reciprocal", "One divided by the number.", loop: CK_RECIPROCAL,
      inDouble: true, { 1 / $0 }, derivative: { _, y in -y * y }),
    Primitive(
      "exp", "e to the power of the number.", loop: CK_EXP, { ck_exp($0) },
      derivative: { _, y in y }),
    Primitive(
      "exp2", "2 to the power of the number.", { ck_exp2($0) },
      derivative: { _, y in y * 0.6931471805599453 }),
    Primitive(
      "expm1", "e to the power of the number, minus 1, exact near 0.", { ck_expm1($0) },
      derivative: { _, y in y + 1 }),
    Primitive(
      "log", "The natural logarithm; nan below 0.", { ck_log($0) }, derivative: { x, _ in 1 / x }),
    Primitive(
      "log2", "The logarithm to base 2.", { ck_log2($0) },
      derivative: { x, _ in 1.4426950408889634 / x }),
    Primitive(
      "log10", "The logarithm to base 10.", { ck_log10($0) },
      derivative: { x, _ in 0.4342944819032518 / x }),
    Primitive(
      "log1p", "The logarithm of one plus the number, exact near 0.", { ck_log1p($0) },
      derivative: { x, _ in 1 / (1 + x) }),
  ]

  /// Circular and hyperbolic functions and their inverses.
  private static let circles: [Primitive] = [
    Primitive(
      "sin", "The sine of an angle in radians.", { ck_sin($0) }, derivative: { x, _ in ck_cos(x) }),
    Primitive(
      "cos", "The cosine of an angle in radians.", { ck_cos($0) },
      derivative: { x, _ in -ck_sin(x) }),
    Primitive(
      "tan", "The tangent of an angle in radians.", { ck_tan($0) },
      derivative: { _, y in 1 + y * y }),
    Primitive(
      "asin", "The angle in radians with this sine.", { ck_asin($0) },
      derivative: { x, _ in 1 / (1 - x * x).squareRoot() }),
    Primitive(
      "acos", "The angle in radians with this cosine.", { ck_acos($0) },
      derivative: { x, _ in -1 / (1 - x * x).squareRoot() }),
    Primitive(
      "atan", "The angle in radians with this tangent.", { ck_atan($0) },
      derivative: { x, _ in 1 / (1 + x * x) }),
    Primitive("sinh", "The hyperbolic sine.", { ck_sinh($0) }, derivative: { x, _ in ck_cosh(x) }),
    Primitive(
      "cosh", "The hyperbolic cosine.", { ck_cosh($0) }, derivative: { x, _ in ck_sinh(x) }),
    Primitive(
      "tanh", "The hyperbolic tangent.", loop: CK_TANH, { ck_tanh($0) },
      derivative: { _, y in 1 - y * y }),
    Primitive(
      "asinh", "The inverse of the hyperbolic sine.", { ck_asinh($0) },
      derivative: { x, _ in 1 / (x * x + 1).squareRoot() }),
    Primitive(
      "acosh", "The inverse of the hyperbolic cosine.", { ck_acosh($0) },
      derivative: { x, _ in 1 / (x * x - 1).squareRoot() }),
    Primitive(
      "atanh", "The inverse of the hyperbolic tangent.", { ck_atanh($0) },
      derivative: { x, _ in 1 / (1 - x * x) }),
  ]

  /// Magnitude and rounding. The derivative of a step is 0 everywhere.
  private static let steps: [Primitive] = [
    Primitive(
      "abs", "The distance from 0.", loop: CK_ABS, inDouble: true, { abs($0) },
      derivative: { x, _ in x > 0 ? 1 : x < 0 ? -1 : 0 }),
    Primitive(
      "sign", "1 above 0, -1 below 0, else 0.", { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 },
      derivative: { _, _ in 0 }),
    Primitive(
      "floor", "The largest whole number that is not above.", { $0.rounded(.down) },
      derivative: { _, _ in 0 }),
    Primitive(
      "ceil", "The smallest whole number that is not below.", { $0.rounded(.up) },
      derivative: { _, _ in 0 }),
    Primitive(
      "round", "The nearest whole number; halves go to the even one.",
      { $0.rounded(.toNearestOrEven) }, derivative: { _, _ in 0 }),
    Primitive(
      "relu", "The number, but not below 0.", loop: CK_RELU, inDouble: true,
      { $0 < 0 ? 0 : $0 }, derivative: { x, _ in x > 0 ? 1 : 0 }),
  ]

  /// Smooth steps and bells, and what networks use of them.
  private static let bells: [Primitive] = [
    Primitive(
      "erf", "The error function.", loop: CK_ERF, { ck_erf($0) },
      derivative: { x, _ in 1.1283791670955126 * ck_exp(-x * x) }),
    Primitive(
      "gamma", "The gamma function: (n - 1)! at whole numbers n.", { ck_gamma($0) },
      derivative: { x, y in y * digamma(x) }),
    Primitive(
      "lgamma", "The logarithm of the gamma function's magnitude.", { ck_lgamma($0) },
      derivative: { x, _ in digamma(x) }),
    Primitive(
      "sigmoid", "1/(1 + exp(-x)), between 0 and 1.", loop: CK_SIGMOID,
      { sigmoid($0) }, derivative: { _, y in y * (1 - y) }),
    Primitive(
      "softplus", "log(1 + exp(x)), a smooth relu.",
      { ($0 > 0 ? $0 : 0) + ck_log1p(ck_exp(-abs($0))) }, derivative: { x, _ in sigmoid(x) }),
    Primitive(
      "gelu", "The number times the share of a standard normal distribution below it (exact).",
      loop: CK_GELU, { $0 * normalShare($0) },
      derivative: { x, _ in
        normalShare(x) + x * 0.3989422804014327 * ck_exp(-0.5 * x * x)
      }),
    Primitive(
      "silu", "The number times its sigmoid.", loop: CK_SILU, { $0 * sigmoid($0) },
      derivative: { x, _ in sigmoid(x) * (1 + x * (1 - sigmoid(x))) }),
    Primitive(
      "sinc", "sin(x)/x, and 1 at 0.", { $0 == 0 ? 1 : ck_sin($0) / $0 },
      derivative: { x, y in x == 0 ? 0 : (ck_cos(x) - y) / x }),
  ]

  private static let binary: [Primitive] = [
    Primitive(
      "add", "The sum.", loop: CK_ADD, { $0 + $1 },
      derivatives: { _, _, _ in (1, 1) }),
    Primitive(
      "subtract", "The difference.", loop: CK_SUBTRACT, { $0 - $1 },
      derivatives: { _, _, _ in (1, -1) }),
    Primitive(
      "multiply", "The product.", loop: CK_MULTIPLY, { $0 * $1 },
      derivatives: { a, b, _ in (b, a) }),
    Primitive(
      "divide", "The quotient.", loop: CK_DIVIDE, { $0 / $1 },
      derivatives: { _, b, y in (1 / b, -y / b) }),
    Primitive(
      "floordivide", "The quotient rounded down.", { ($0 / $1).rounded(.down) },
      derivatives: { _, _, _ in (0, 0) }),
    Primitive(
      "modulo", "The remainder of the division rounded down; has the divisor's sign.",
      { modulo($0, $1) },
      derivatives: { a, b, _ in (1, -(a / b).rounded(.down)) }),
    Primitive(
      "pow", "The first number to the power of the second.", { power($0, $1) },
      derivatives: { a, b, y in
        let byBase = b == 0 ? 0 : b * power(a, b - 1)
        return (byBase, a > 0 ? y * ck_log(a) : a == 0 ? 0 : .nan)
      }),
    Primitive(
      "atan2", "The angle in radians of the point (second, first).", { ck_atan2($0, $1) },
      derivatives: { y, x, _ in
        let square = x * x + y * y
        return (x / square, -y / square)
      }),
    Primitive(
      "hypot", "The length of (first, second).", { ck_hypot($0, $1) },
      derivatives: { a, b, y in y == 0 ? (0, 0) : (a / y, b / y) }),
    Primitive(
      "min", "The smaller number; nan when either is.", loop: CK_MINIMUM,
      { $0 < $1 || $0.isNaN ? $0 : $1 }, derivatives: { a, b, _ in chosen(a, b, isFirst: a < b) }),
    Primitive(
      "max", "The larger number; nan when either is.", loop: CK_MAXIMUM,
      { $0 > $1 || $0.isNaN ? $0 : $1 }, derivatives: { a, b, _ in chosen(a, b, isFirst: a > b) }),
    Primitive(
      "less", "1 where the first is smaller, else 0.", loop: CK_LESS,
      { $0 < $1 ? 1 : 0 }, derivatives: { _, _, _ in (0, 0) }),
    Primitive(
      "lessequal", "1 where the first is not larger, else 0.", loop: CK_LESS_EQUAL,
      { $0 <= $1 ? 1 : 0 }, derivatives: { _, _, _ in (0, 0) }),
    Primitive(
      "greater", "1 where the first is larger, else 0.", loop: CK_GREATER,
      { $0 > $1 ? 1 : 0 }, derivatives: { _, _, _ in (0, 0) }),
    Primitive(
      "greaterequal", "1 where the first is not smaller, else 0.",
      loop: CK_GREATER_EQUAL, { $0 >= $1 ? 1 : 0 },
      derivatives: { _, _, _ in (0, 0) }),
    Primitive(
      "equal", "1 where both are the same, else 0.", loop: CK_EQUAL,
      { $0 == $1 ? 1 : 0 }, derivatives: { _, _, _ in (0, 0) }),
    Primitive(
      "notequal", "1 where they differ, else 0.", loop: CK_NOT_EQUAL,
      { $0 != $1 ? 1 : 0 }, derivatives: { _, _, _ in (0, 0) }),
  ]

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + ck_exp(-x)) }

  private static func normalShare(_ x: Double) -> Double { 0.5 * (1 + ck_erf(x / 2.squareRoot())) }

  private static func modulo(_ a: Double, _ b: Double) -> Double {
    let rest = a.truncatingRemainder(dividingBy: b)
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
  }

  /// Small whole exponents by multiplication, so that squares and cubes are exact where they can be.
  private static func power(_ a: Double, _ b: Double) -> Double {
    switch b {
    case 0: 1
    case 1: a
    case 2: a * a
    case 3: a * a * a
    case -1: 1 / a
    case 0.5: a == -.infinity ? .infinity : a.squareRoot()
    default: ck_pow(a, b)
    }
  }

  /// At a tie both share the derivative.
  private static func chosen(_ a: Double, _ b: Double, isFirst: Bool) -> (Double, Double) {
    a == b ? (0.5, 0.5) : isFirst ? (1, 0) : (0, 1)
  }

  /// The derivative of `lgamma`: recurrence up to 6, then the asymptotic series.
  private static func digamma(_ x: Double) -> Double {
    if x <= 0, x == x.rounded() { return .nan }
    if x < 0 { return digamma(1 - x) - .pi / ck_tan(.pi * x) }
    var (shifted, sum) = (x, 0.0)
    while shifted < 6 {
      sum -= 1 / shifted
      shifted += 1
    }
    let s = 1 / (shifted * shifted)
    let series =
      s * (1 / 12.0 - s * (1 / 120.0 - s * (1 / 252.0 - s * (1 / 240.0 - s * (1 / 132.0)))))
    return sum + ck_log(shifted) - 0.5 / shifted - series
  }
}
