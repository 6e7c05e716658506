// log(x) = k · log(2) + log(1 + f) with 1 + f in [sqrt(1/2), sqrt(2)).

extension Elementary {
  /// The natural logarithm.
  package static func log<L: Lanes>(_ x: L) -> L { bordered(x, Logarithm(x).value()) }

  /// The logarithm to base 2, exact for powers of 2.
  package static func log2<L: Lanes>(_ x: L) -> L {
    let scale: (L, L) =
      L.isDouble
      ? (0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56) : (0x1.715476p+0, 0x1.4ae0cp-26)
    return bordered(x, Logarithm(x).value(scale: scale))
  }

  /// The logarithm to base 10.
  package static func log10<L: Lanes>(_ x: L) -> L {
    let turn: (L, L) =
      L.isDouble
      ? (0x1.34413509f7800p-2, 0x1.fef311f12b358p-46) : (0x1.3442p-2, -0x1.95ecp-19)
    let scale: (L, L) =
      L.isDouble
      ? (0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57) : (0x1.bcb7b2p-2, -0x1.5b235ep-27)
    return bordered(x, Logarithm(x).value(turn: turn, scale: scale))
  }

  /// The logarithm of 1 + x.
  package static func log1p<L: Lanes>(_ x: L) -> L {
    let (sum, rest) = exactSum(1.0, x)
    let value = bordered(sum, Logarithm(sum, plus: rest).value())
    return select(x.magnitude .< (L.isDouble ? 0x1p-54 : 0x1p-25), x, value)
  }

  /// The values at and beyond the borders of the logarithm's domain.
  @inline(__always)
  private static func bordered<L: Lanes>(_ x: L, _ value: L) -> L {
    let above = select(x .< .infinity, value, x)
    return select(x .<= 0.0, select(x .== 0.0, .negativeInfinity, .nan), above)
  }

  /// A positive finite number as 2^turns · (1 + f).
  struct Fraction<L: Lanes> {
    let turns: L
    /// 1 + f in [sqrt(1/2), sqrt(2)).
    let mantissa: L

    @inline(__always)
    init(_ x: L) {
      let isSubnormal = x .< (L.isDouble ? 0x1p-1022 : 0x1p-126)
      let normal = L.select(isSubnormal, x * (L.isDouble ? 0x1p54 : 0x1p25), x)
      // Adding the distance from sqrt(1/2) to 1 carries into the exponent exactly when x is above.
      let root: L.Bits = L.isDouble ? 0x3fe6_a09e_667f_3bcd : 0x3f35_04f3
      let distance: L.Bits = L.isDouble ? 0x0009_5f61_9980_c433 : 0x004a_fb0d
      let fraction: L.Bits = L.isDouble ? 0x000f_ffff_ffff_ffff : 0x007f_ffff
      let shifted = normal.bits &+ distance
      mantissa = L(bits: (shifted & fraction) &+ root)
      // The exponent as the last bits of a number whose ulp is 1: 2^52 or 2^23, taken away again
      // with the bias and what was multiplied above.
      let exponent = shifted.shifted(right: L.isDouble ? 52 : 23)
      let biased = L(bits: exponent | (L.isDouble ? 0x4330_0000_0000_0000 : 0x4b00_0000))
      let bias: L =
        L.isDouble
        ? L.select(isSubnormal, 4_503_599_627_371_573.0, 4_503_599_627_371_519.0)
        : L.select(isSubnormal, 8_388_760.0, 8_388_735.0)
      turns = biased - bias
    }
  }

  /// log(x) as turns · log(2) + high + low.
  struct Logarithm<L: Lanes> {
    let turns: L
    let high: L
    let low: L

    @inline(__always)
    init(_ x: L) {
      let parts = Fraction(x)
      turns = parts.turns
      let f = parts.mantissa - 1.0
      if L.isDouble {
        // With s = f / (2 + f): log(1 + f) = f - f²/2 + s · (f²/2 + z · p(z)), z = s².
        let s = f / (2.0 + f)
        let z = s * s
        let half = 0.5 * f * f
        // Error 2^-59.
        let p = Elementary.polynomial(
          z, 0x1.5555555555593p-1, 0x1.999999997f9f8p-2, 0x1.249249422a416p-2,
          0x1.c71c51d7d74a2p-3, 0x1.746649ace3de9p-3, 0x1.39a095e7ffca5p-3, 0x1.2f117ae3b8887p-3)
        high = f - half
        low = L.fused(s, L.fused(z, p, half), (f - high) - half)
      } else {
        let square = f * f
        let half = 0.5 * square
        // Error 2^-29.
        let p = Elementary.polynomial(
          f, 0x1.555546p-2, -0x1.ffffeep-3, 0x1.99a542p-3, -0x1.5562ap-3, 0x1.2330dp-3,
          -0x1.fb3e4p-4, 0x1.e68002p-4, -0x1.e39856p-4, 0x1.1becb4p-4)
        high = f - half
        low = L.fused(square * f, p, (f - high) - half)
      }
    }

    /// The logarithm of x + rest, where rest is at most a rounding error of x.
    @inline(__always)
    init(_ x: L, plus rest: L) {
      let log = Logarithm(x)
      (turns, high, low) = (log.turns, log.high, log.low + rest / x)
    }

    /// The logarithm, `moreTurns` more factors of 2 included.
    @inline(__always)
    func value(moreTurns: L? = nil) -> L {
      let (ln2High, ln2Low): (L, L) =
        L.isDouble ? (0x1.62e42fefa3800p-1, 0x1.ef35793c76730p-45) : (0x1.62e4p-1, 0x1.7f7d1cp-20)
      let k = if let moreTurns { turns + moreTurns } else { turns }
      let whole = k * ln2High  // exact
      let sum = whole + high
      return sum + (((whole - sum) + high) + L.fused(k, ln2Low, low))
    }

    /// The logarithm to another base: `turn` is that of 2 (1 unless given), `scale` that of e, each
    /// a sum of two.
    @inline(__always)
    func value(turn: (L, L)? = nil, scale: (L, L)) -> L {
      let part = high * scale.0
      let lost = L.fused(high, scale.0, -part)
      let rest = L.fused(high, scale.1, L.fused(low, scale.0, lost))
      guard let turn else {
        let sum = turns + part
        return sum + (((turns - sum) + part) + rest)
      }
      let whole = turns * turn.0  // exact
      let sum = whole + part
      return sum + (((whole - sum) + part) + L.fused(turns, turn.1, rest))
    }
  }
}
