extension Elementary {
  /// The cube root.
  package static func cbrt<L: Lanes>(_ x: L) -> L {
    let parts = Fraction(x.magnitude)
    // |x| = 8^n · m with m between 2^-1.5 and 2^1.5.
    let thirds = fused(parts.turns, 0x1.5555555555555p-2, L.wholeShift)
    let left = fused(-3.0, thirds - L.wholeShift, parts.turns)
    let m = parts.mantissa * select(left .> 0.5, 2.0, select(left .< -0.5, 0.5, 1.0))
    // 1 / cbrt(m) from a polynomial (error 2^-8); each step triples the number of right digits.
    var w = polynomial(
      m, 0x1.01ef2ep+1, -0x1.317deep+1, 0x1.272826p+1, -0x1.3c449cp+0, 0x1.567ebep-2,
      -0x1.2446eap-5)
    for _ in 0..<(L.isDouble ? 2 : 1) {
      let rest = fused(-(m * w), w * w, 1.0)
      w = fused(w * rest, fused(rest, 0x1.c71c71c71c71cp-3, 0x1.5555555555555p-2), w)
    }
    let y = m * w * w
    let square = y * y
    let rest = fused(-square, y, m) - fused(y, y, -square) * y
    let root = fused(rest * (w * w), 0x1.5555555555555p-2, y)
    let (bias, mantissa): (L.Bits, Int) = L.isDouble ? (1023, 52) : (127, 23)
    let value = (root * L(bits: (thirds.bits &+ bias).shifted(left: mantissa))).turned(by: x.signs)
    return select((x.magnitude .> 0.0) .& (x.magnitude .< .infinity), value, x)
  }

  /// The length of (a, b); infinite when one of them is.
  package static func hypot<L: Lanes>(_ a: L, _ b: L) -> L {
    let (a, b) = (a.magnitude, b.magnitude)
    let large = select(a .< b, b, a)
    let small = select(a .< b, a, b)
    let (huge, tiny): (L, L) = L.isDouble ? (0x1p500, 0x1p-400) : (0x1p60, 0x1p-40)
    let (down, up): (L, L) = L.isDouble ? (0x1p-600, 0x1p600) : (0x1p-80, 0x1p80)
    let isHuge = large .> huge
    let isTiny = large .< tiny
    let scale = select(isHuge, down, select(isTiny, up, 1.0))
    let (u, v) = (large * scale, small * scale)
    let length = fused(u, u, v * v).squareRoot() * select(isHuge, up, select(isTiny, down, 1.0))
    return select((a .== .infinity) .| (b .== .infinity), .infinity, length)
  }
}
