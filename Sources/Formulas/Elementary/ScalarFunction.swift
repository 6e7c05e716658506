import CKernels

/// A function that is computed one number at a time, always in double precision: what lies outside
/// the range of the lanes' way, and what no polynomial of reasonable length computes.
package enum ScalarFunction: String, CaseIterable, Sendable {
  /// The circular functions of huge angles.
  case sin, cos, tan
  /// The remainder of a division whose quotient is huge; it has the divisor's sign.
  case modulo
  /// The gamma function, its logarithm, and the derivative of that derived y times again.
  case gamma, lgamma, polygamma

  /// The C function, to be called by compiled code; functions of one number ignore the second.
  package var address: @convention(c) (Double, Double) -> Double {
    switch self {
    case .sin: { x, _ in ck_sin(x) }
    case .cos: { x, _ in ck_cos(x) }
    case .tan: { x, _ in ck_tan(x) }
    case .modulo:
      { a, b in
        let rest = a.truncatingRemainder(dividingBy: b)
        return rest == 0 ? 0 : (rest < 0) != (b < 0) ? rest + b : rest
      }
    case .gamma: { x, _ in ck_gamma(x) }
    case .lgamma: { x, _ in ck_lgamma(x) }
    case .polygamma: { x, order in ScalarFunction.polygamma(x, Int(order)) }
    }
  }

  /// The value at (x, y).
  package func callAsFunction(_ x: Double, _ y: Double) -> Double { address(x, y) }

  /// The derivative of `lgamma`, derived `order` times again: recurrence upwards, then the asymptotic
  /// series. nan at the poles, and for order > 0 far to the left.
  private static func polygamma(_ x: Double, _ order: Int) -> Double {
    if x <= 0, x == x.rounded(.down) { return .nan }
    if order == 0, x < 0 { return polygamma(1 - x, 0) - .pi / ck_tan(.pi * x) }
    guard x > -1000 else { return .nan }
    var (s, sum) = (x, 0.0)
    while s < 12 {
      sum += power(1 / s, order + 1)
      s += 1
    }
    let bernoulli = [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6]
    var factorial = 1.0
    for k in 1..<max(2, order + 1) { factorial *= Double(k) }
    let inverse = 1 / s
    var series = 0.0
    for (index, b) in bernoulli.enumerated().reversed() {
      let k = 2 * (index + 1)
      var share = b
      if order == 0 {
        share /= Double(k)
      } else {
        for j in k + 1..<k + order { share *= Double(j) }
      }
      series += share * power(inverse, k + order)
    }
    if order == 0 { return ck_log(s) - 0.5 * inverse - series - sum }
    let first = factorial / Double(order) * power(inverse, order)
    let value = factorial * (sum + 0.5 * power(inverse, order + 1)) + first + series
    return order % 2 == 1 ? value : -value
  }

  private static func power(_ x: Double, _ n: Int) -> Double {
    (0..<n).reduce(1) { product, _ in product * x }
  }
}
