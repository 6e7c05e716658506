import CKernels

/// A function that is computed one number at a time, always in double precision: what lies outside
/// the range of the lanes' way, and what no polynomial of reasonable length computes.
package enum ScalarFunction: String, CaseIterable, Sendable {
  /// The circular functions of huge angles.
  case sin, cos, tan
  /// The remainder of a division whose quotient is huge; it has the divisor's sign.
  case modulo
  /// The gamma function, its logarithm, and the derivative of that.
  case gamma, lgamma, digamma

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
    case .digamma: { x, _ in ScalarFunction.digamma(x) }
    }
  }

  /// The recurrence up to 6, then the asymptotic series.
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

  package func callAsFunction(_ x: Double, _ y: Double) -> Double { address(x, y) }
}
