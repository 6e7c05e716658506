import CKernels

/// A function that is computed one number at a time, always in double precision: what lies outside
/// the range of the lanes' way, and what no polynomial of reasonable length computes.
package enum ScalarFunction: String, CaseIterable, Sendable {
  /// The circular functions of huge angles.
  case sin, cos, tan
  /// The gamma function and its logarithm.
  case gamma, lgamma

  /// The C function, to be called by compiled code; functions of one number ignore the second.
  package var address: @convention(c) (Double, Double) -> Double {
    switch self {
    case .sin: { x, _ in ck_sin(x) }
    case .cos: { x, _ in ck_cos(x) }
    case .tan: { x, _ in ck_tan(x) }
    case .gamma: { x, _ in ck_gamma(x) }
    case .lgamma: { x, _ in ck_lgamma(x) }
    }
  }

  package func callAsFunction(_ x: Double, _ y: Double) -> Double { address(x, y) }
}
