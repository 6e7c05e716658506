// Numbers as sums of two, the second about a rounding error of the first (Dekker 1971).
extension Elementary {
  /// a + b rounded, and what the rounding lost.
  @inline(__always)
  static func exactSum<L: Lanes>(_ a: L, _ b: L) -> (L, L) {
    let sum = a + b
    let part = sum - a
    return (sum, (a - (sum - part)) + (b - part))
  }

  /// a / b for two sums whose first part is the larger one; the error is little above half an ulp.
  @inline(__always)
  static func quotient<L: Lanes>(_ a: (L, L), _ b: (L, L)) -> L {
    let top = a.0 + a.1
    let bottom = b.0 + b.1
    let topRest = (a.0 - top) + a.1
    let bottomRest = (b.0 - bottom) + b.1
    let inverse = 1.0 / bottom
    let quotient = top * inverse
    let rest = fused(-quotient, bottomRest, fused(-quotient, bottom, top) + topRest)
    return fused(rest, inverse, quotient)
  }
}
