// exp(x) = 2^k · exp(r) with k the whole number next to x / log 2 and |r| <= log(2) / 2.

extension Elementary {
  /// e to the power of x.
  package static func exp<L: Lanes>(_ x: L) -> L {
    // Beyond the limits the result is 0 or infinite all the same; nan compares false and stays.
    let low: L = L.isDouble ? -746.0 : -104.0
    let high: L = L.isDouble ? 710.0 : 89.0
    let limited = select(x .< low, low, x)
    return ofLimited(select(limited .> high, high, limited))
  }

  @inline(__always)
  private static func ofLimited<L: Lanes>(_ x: L) -> L {
    if L.isDouble {
      let turns = fused(x, 0x1.71547652b82fep+0, L.wholeShift)
      let k = turns - L.wholeShift
      let rest = fused(-k, 0x1.62e42fefa39efp-1, x)  // exact: a multiple of 2^-54 below 1/2
      let r = fused(-k, 0x1.abc9e3b39803fp-56, rest)
      let lost = fused(-k, 0x1.abc9e3b39803fp-56, rest - r)
      // Error 2^-57.
      let q = polynomial(
        r, 0x1.000000000000ap-1, 0x1.555555555550cp-3, 0x1.5555555550638p-5, 0x1.1111111123193p-7,
        0x1.6c16c184af39bp-10, 0x1.a01a0146af6cbp-13, 0x1.a01998c679e19p-16, 0x1.71dee2f91c438p-19,
        0x1.28ae6bef18b09p-22, 0x1.ade722d428eb8p-26)
      let tail = fused(q, r * r, lost)
      let sum = 1.0 + r
      return scaled(sum + (((1.0 - sum) + r) + tail), byWholeOf: turns)
    } else {
      let turns = fused(x, 0x1.715476p+0, L.wholeShift)
      let k = turns - L.wholeShift
      let r = fused(-k, 0x1.7f7d1cp-20, fused(-k, 0x1.62e4p-1, x))
      // Error 2^-28.
      let q = polynomial(
        r, 0x1.fffffcp-2, 0x1.555494p-3, 0x1.55589p-5, 0x1.1238bep-7, 0x1.6a7948p-10)
      return scaled(1.0 + fused(q, r * r, r), byWholeOf: turns)
    }
  }

  /// y · 2^k, rounded once, for k the whole number in the last bits of `turns` and |k| < 2·bias.
  ///
  /// In two steps, because 2^k alone may not be a normal number.
  @inline(__always)
  static func scaled<L: Lanes>(_ y: L, byWholeOf turns: L) -> L {
    // k and twice the bias of exponents, in place of the bits of `wholeShift`.
    let exponents: L.Bits =
      turns.bits &- (L.isDouble ? 0x4337_ffff_ffff_f802 : 0x4b3f_ff02)
    let half = exponents.shifted(right: 1)
    let mantissa = L.isDouble ? 52 : 23
    return y * L(bits: half.shifted(left: mantissa))
      * L(bits: (exponents &- half).shifted(left: mantissa))
  }
}
