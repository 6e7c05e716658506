extension Elementary {
  /// The hyperbolic sine: E/2 + E/2 / (E + 1) with E = exp(|x|) - 1, in quarters, because E may be
  /// beyond the largest number where the result is not.
  package static func sinh<L: Lanes>(_ x: L) -> L {
    let (large, small) = partsOfExpm1(limited(x.magnitude), halvings: 2)
    let quarter = large + small
    let half = large + (small + quarter / fused(4.0, quarter, 1.0))
    let value = (2.0 * half).turned(by: x.signs)
    return select(x.magnitude .< (L.isDouble ? 0x1p-28 : 0x1p-13), x, value)
  }

  /// The hyperbolic cosine: P + 1/4P with P = exp(|x|)/2.
  package static func cosh<L: Lanes>(_ x: L) -> L {
    let power = Power(limited(x.magnitude))
    let half = scaled(power.mantissa, byWholeOf: power.turns - 1.0)
    return half + 0.25 / half
  }

  /// The hyperbolic tangent: E / (E + 2) with E = exp(2|x|) - 1.
  package static func tanh<L: Lanes>(_ x: L) -> L {
    let a = x.magnitude
    let limit: L = L.isDouble ? 22.0 : 10.0
    let half = partsOfExpm1(2.0 * select(a .> limit, limit, a), halvings: 1)
    let (sum, rest) = exactSum(1.0, half.0)
    let value = quotient(half, (sum, rest + half.1)).turned(by: x.signs)
    return select(a .< (L.isDouble ? 0x1p-28 : 0x1p-13), x, value)
  }

  /// The inverse of the hyperbolic sine: log(1 + f), f = a + a² / (1 + sqrt(1 + a²)), a = |x|.
  package static func asinh<L: Lanes>(_ x: L) -> L {
    let a = x.magnitude
    let f = a + a * (a / (1.0 + fused(a, a, 1.0).squareRoot()))
    // Far out log(2a); there a² would overflow.
    let isFar = a .> (L.isDouble ? 0x1p28 : 0x1p13)
    let (sum, rest) = exactSum(1.0, f)
    let log = Logarithm(select(isFar, a, sum), plus: select(isFar, 0.0, rest))
    let value = log.value(moreTurns: select(isFar, 1.0, 0.0)).turned(by: x.signs)
    let isSmall = a .< (L.isDouble ? 0x1p-28 : 0x1p-13)
    return select(isSmall .| (.!(a .< .infinity)), x, value)
  }

  /// The inverse of the hyperbolic cosine: log(1 + t + sqrt(2t + t²)), t = x - 1.
  package static func acosh<L: Lanes>(_ x: L) -> L {
    let t = x - 1.0
    let (f, lost) = exactSum(fused(t, t, t + t).squareRoot(), t)
    let isFar = x .> (L.isDouble ? 0x1p28 : 0x1p13)
    let (sum, rest) = exactSum(1.0, f)
    let log = Logarithm(select(isFar, x, sum), plus: select(isFar, 0.0, rest + lost))
    let value = log.value(moreTurns: select(isFar, 1.0, 0.0))
    let bordered = select(x .< .infinity, value, x)
    return select(x .< 1.0, .nan, bordered)
  }

  /// The inverse of the hyperbolic tangent: log(1 + 2a / (1 - a)) / 2, a = |x|.
  package static func atanh<L: Lanes>(_ x: L) -> L {
    let a = x.magnitude
    let below = 1.0 - a
    let lost = (1.0 - below) - a
    let q = (a + a) / below
    let rest = fused(-q, lost, fused(-q, below, a + a)) / below
    let (sum, low) = exactSum(1.0, q)
    let value = (0.5 * Logarithm(sum, plus: low + rest).value()).turned(by: x.signs)
    let bordered = select(a .== 1.0, x * .infinity, value)
    return select(
      a .< (L.isDouble ? 0x1p-28 : 0x1p-13), x, select(a .> 1.0, .nan, bordered))
  }
}
