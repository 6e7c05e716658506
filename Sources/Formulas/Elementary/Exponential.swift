// exp(x) = 2^k · exp(r) with k the whole number next to x / log 2 and |r| <= log(2) / 2.

extension Elementary {
  /// e to the power of x.
  package static func exp<L: Lanes>(_ x: L) -> L {
    let power = Power(limited(x))
    // In single precision one unit in the last place leaves room for the lean sum.
    let mantissa = L.isDouble ? power.mantissa : 1.0 + fused(power.q, power.r * power.r, power.r)
    return scaled(mantissa, byWholeOf: power.turns)
  }

  /// e to the power of high + low, where low is small beside high.
  @inline(__always)
  static func exp<L: Lanes>(_ high: L, _ low: L) -> L {
    // Products that overflowed leave nothing useful in the low part.
    let isInside = high.magnitude .< (L.isDouble ? 1000.0 : 200.0)
    let power = Power(limited(high), low: select(isInside, low, 0.0))
    return scaled(power.mantissa, byWholeOf: power.turns)
  }

  /// 2 to the power of x.
  package static func exp2<L: Lanes>(_ x: L) -> L {
    let low: L = L.isDouble ? -1080.0 : -155.0
    let high: L = L.isDouble ? 1025.0 : 129.0
    let above = select(x .< low, low, x)
    let inside = select(above .> high, high, above)
    let turns = inside + L.wholeShift
    let f = inside - (turns - L.wholeShift)
    // Errors 2^-59 and 2^-27.
    let p =
      L.isDouble
      ? polynomial(
        f, 0x1.62e42fefa39efp-1, 0x1.ebfbdff82c58ep-3, 0x1.c6b08d704a1d5p-5, 0x1.3b2ab6fba51c8p-7,
        0x1.5d87fe7873fe9p-10, 0x1.430912f7395d2p-13, 0x1.ffcbfd4afd482p-17, 0x1.62c027efbb524p-20,
        0x1.b5232e52789bep-24, 0x1.e4b77acdad27dp-28, 0x1.ec76d0fd86fa5p-32, 0x1.e8372dcc17c15p-36)
      : polynomial(
        f, 0x1.62e43p-1, 0x1.ebfbdcp-3, 0x1.c6af72p-5, 0x1.3b2d3p-7, 0x1.5f140ap-10,
        0x1.423fcep-13)
    return scaled(fused(f, p, 1.0), byWholeOf: turns)
  }

  /// e to the power of x, minus 1.
  package static func expm1<L: Lanes>(_ x: L) -> L {
    let low: L = L.isDouble ? -40.0 : -20.0
    let high: L = L.isDouble ? 709.8 : 88.8
    let above = select(x .< low, low, x)
    let half = partsOfExpm1(select(above .> high, high, above), halvings: 1)
    return select(x.magnitude .< (L.isDouble ? 0x1p-54 : 0x1p-25), x, 2.0 * (half.0 + half.1))
  }

  /// (e^x - 1) / 2^halvings as a large and a small part; does not overflow for x a little above the
  /// limit of `exp`.
  @inline(__always)
  static func partsOfExpm1<L: Lanes>(_ x: L, halvings: Int) -> (L, L) {
    let power = Power(x)
    let (bias, mantissa, part): (L.Bits, Int, L) =
      halvings == 1
      ? (L.isDouble ? (1022, 52, 0.5) : (126, 23, 0.5))
      : (L.isDouble ? (1021, 52, 0.25) : (125, 23, 0.25))
    let scale = L(bits: (power.turns.bits &+ bias).shifted(left: mantissa))
    // 2^k - 1 and 2^k r may cancel: their sum's error is kept.
    let start = scale - part
    let move = scale * power.r
    let sum = start + move
    return (sum, fused(scale, power.tail, (start - sum) + move))
  }

  /// x, but no further out than where exp is 0 or exp/2 infinite; nan compares false and stays.
  @inline(__always)
  static func limited<L: Lanes>(_ x: L) -> L {
    let low: L = L.isDouble ? -746.0 : -104.0
    let high: L = L.isDouble ? 710.5 : 89.5
    let above = select(x .< low, low, x)
    return select(above .> high, high, above)
  }

  /// exp(x + low) as 2^k exp(r + lost), exp(r) as 1 + r + r² q.
  struct Power<L: Lanes> {
    /// k in the last bits.
    let turns: L
    let r: L
    let lost: L
    let q: L

    @inline(__always)
    init(_ x: L, low: L? = nil) {
      turns = L.fused(x, 0x1.71547652b82fep+0, L.wholeShift)
      let k = L.wholeShift - turns
      let (ln2High, ln2Low): (L, L) =
        L.isDouble
        ? (0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56) : (0x1.62e4p-1, 0x1.7f7d1cp-20)
      let rest = L.fused(k, ln2High, x)  // exact: x and k · log 2 are multiples of ulp(1/4)
      let near = L.fused(k, ln2Low, rest)
      let rounding = L.fused(k, ln2Low, rest - near)
      if let low {
        r = near + (rounding + low)
        lost = (near - r) + (rounding + low)
      } else {
        r = near
        lost = rounding
      }
      // Errors 2^-57 and 2^-32.
      q =
        L.isDouble
        ? Elementary.polynomial(
          r, 0x1.000000000000ap-1, 0x1.555555555550cp-3, 0x1.5555555550638p-5,
          0x1.1111111123193p-7, 0x1.6c16c184af39bp-10, 0x1.a01a0146af6cbp-13,
          0x1.a01998c679e19p-16, 0x1.71dee2f91c438p-19, 0x1.28ae6bef18b09p-22,
          0x1.ade722d428eb8p-26)
        : Elementary.polynomial(
          r, 0x1p-1, 0x1.555554p-3, 0x1.5554e8p-5, 0x1.1112fap-7, 0x1.6d50cep-10, 0x1.9e4462p-13)
    }

    /// exp(r + lost) - 1 - r.
    @inline(__always)
    var tail: L { L.fused(q, r * r, lost) }

    /// exp(r + lost).
    @inline(__always)
    var mantissa: L {
      let sum = 1.0 + r
      return sum + (((1.0 - sum) + r) + tail)
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
