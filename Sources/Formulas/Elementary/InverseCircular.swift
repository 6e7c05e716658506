extension Elementary {
  /// The angle in radians with this tangent.
  package static func atan<L: Lanes>(_ x: L) -> L {
    let a = x.magnitude
    let isLow = a .<= 0x1.a827999fcef32p-2
    let isMiddle = a .<= 0x1.3504f333f9de6p+1
    let t =
      select(isLow, a, select(isMiddle, a - 1.0, -1.0))
      / select(isLow, 1.0, select(isMiddle, a + 1.0, a))
    return angle(isLow, isMiddle, t).turned(by: x.signs)
  }

  /// The angle in radians of the point (x, y), signs of zeros included.
  package static func atan2<L: Lanes>(_ y: L, _ x: L) -> L {
    let (a, b) = (y.magnitude, x.magnitude)
    // Huge and tiny points are moved to where sums and shares of them are exact enough.
    let most = select(a .< b, b, a)
    let (huge, tiny): (L, L) = L.isDouble ? (0x1p1000, 0x1p-900) : (0x1p120, 0x1p-90)
    let (down, up): (L, L) = L.isDouble ? (0x1p-200, 0x1p200) : (0x1p-30, 0x1p40)
    let scale = select(most .> huge, down, select(most .< tiny, up, 1.0))
    let isCorner = (a .== .infinity) .& (b .== .infinity)
    let isOrigin = (a .== 0.0) .& (b .== 0.0)
    let u = select(isCorner, 1.0, a * scale)
    let v = select(isCorner .| isOrigin, 1.0, b * scale)
    let isLow = u .<= 0x1.a827999fcef32p-2 * v
    let isMiddle = u .<= 0x1.3504f333f9de6p+1 * v
    let t =
      select(isLow, u, select(isMiddle, u - v, -v)) / select(isLow, v, select(isMiddle, u + v, u))
    let value = angle(isLow, isMiddle, t)
    let (high, low): (L, L) = halfTurn()
    return select(x.signs .== 0, value, high - (value - low)).turned(by: y.signs)
  }

  /// The angle in radians with this sine.
  package static func asin<L: Lanes>(_ x: L) -> L {
    let (isLarge, s, p) = arc(x.magnitude)
    let (high, low): (L, L) = quarterTurn()
    let large = high - fused(2.0, s, 2.0 * p - low)
    return select(isLarge, large, s + p).turned(by: x.signs)
  }

  /// The angle in radians with this cosine.
  package static func acos<L: Lanes>(_ x: L) -> L {
    let (isLarge, s, p) = arc(x.magnitude)
    let (quarterHigh, quarterLow): (L, L) = quarterTurn()
    let (halfHigh, halfLow): (L, L) = halfTurn()
    let small = quarterHigh - (s.turned(by: x.signs) + (p.turned(by: x.signs) - quarterLow))
    let near = 2.0 * (s + p)
    let far = halfHigh - fused(2.0, s, 2.0 * p - halfLow)
    return select(isLarge, select(x .< 0.0, far, near), small)
  }

  /// pi, a sum of two.
  @inline(__always)
  private static func halfTurn<L: Lanes>() -> (L, L) {
    L.isDouble
      ? (0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53) : (0x1.921fb6p+1, -0x1.777a5cp-24)
  }

  /// pi/2, a sum of two.
  @inline(__always)
  private static func quarterTurn<L: Lanes>() -> (L, L) {
    L.isDouble
      ? (0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54) : (0x1.921fb6p+0, -0x1.777a5cp-25)
  }

  /// The angle in the first quadrant that has the tangent t after it was turned back by 0 (low),
  /// pi/4 (middle) or pi/2; |t| <= tan(pi/8).
  @inline(__always)
  private static func angle<L: Lanes>(_ isLow: L.Mask, _ isMiddle: L.Mask, _ t: L) -> L {
    let z = t * t
    // Errors 2^-59 and 2^-30.
    let p =
      L.isDouble
      ? polynomial(
        z, -0x1.555555555553cp-2, 0x1.999999999564ep-3, -0x1.24924922a0695p-3,
        0x1.c71c70e108067p-4, -0x1.745cf84ba7e80p-4, 0x1.3b110f010dbc7p-4, -0x1.10eb44a43ca8ep-4,
        0x1.df08abbd22673p-5, -0x1.9cb4a7d87c0d3p-5, 0x1.378893f30347dp-5, -0x1.24c025103d603p-6)
      : polynomial(
        z, -0x1.55554ap-2, 0x1.9991ep-3, -0x1.23b964p-3, 0x1.b21fb8p-4, -0x1.f2ca0ap-5)
    let (high, low): (L, L) = quarterTurn()
    let start = select(isLow, 0.0, high)
    let lost = select(isLow, 0.0, low)
    let share: L = select(isMiddle, 0.5, 1.0)
    return fused(start, share, t + fused(lost, share, t * z * p))
  }

  /// The arcsine of s as s + p. Up to 1/2 s is the number itself, beyond it sqrt((1 - a) / 2):
  /// there asin(a) = pi/2 - 2 asin(s).
  @inline(__always)
  private static func arc<L: Lanes>(_ a: L) -> (isLarge: L.Mask, s: L, p: L) {
    let isLarge = a .> 0.5
    let z = select(isLarge, fused(a, -0.5, 0.5), a * a)
    let s = select(isLarge, z.squareRoot(), a)
    // Errors 2^-56 and 2^-28.
    let p =
      L.isDouble
      ? polynomial(
        z, 0x1.555555555538ep-3, 0x1.333333336ec41p-4, 0x1.6db6db424b82cp-5, 0x1.f1c72c48f1c52p-6,
        0x1.6e89f2af8bd5fp-6, 0x1.1c6bfa28a2d89p-6, 0x1.c6fbcd66f24c1p-7, 0x1.8ed0319016a80p-7,
        0x1.ab5a1f2dd781bp-8, 0x1.4046cb913da1bp-6, -0x1.0a56e17af02e9p-6, 0x1.059b7e0db7afap-5)
      : polynomial(z, 0x1.5555c8p-3, 0x1.3301fcp-4, 0x1.747d04p-5, 0x1.8c2dacp-6, 0x1.596d3p-5)
    return (isLarge, s, s * z * p)
  }
}
