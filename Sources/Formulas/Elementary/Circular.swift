// sin and cos of the angle's magnitude, reduced to |r| <= pi/4 by the nearest multiple of pi/2.
//
// pi/2 is the sum of three numbers, and r of two (Cody and Waite, with fused products: the first
// subtraction is exact, because k · pi/2 and x are multiples of the same small power of two and
// their difference is below 1). Angles beyond the reach of that go to `ScalarFunction`.

extension Elementary {
  /// The sine of an angle in radians.
  package static func sin<L: Lanes>(_ x: L) -> L {
    let angle = Angle(x)
    let turned = select((angle.quadrant & 1) .== 0, angle.sine, angle.cosine)
    let signs = (angle.quadrant.shifted(left: L.isDouble ? 62 : 30) ^ x.bits) & L.signBit
    return turned.turned(by: signs).replaced(where: angle.isFar, by: .sin, x, x)
  }

  /// The cosine of an angle in radians.
  package static func cos<L: Lanes>(_ x: L) -> L {
    let angle = Angle(x)
    let turned = select((angle.quadrant & 1) .== 0, angle.cosine, angle.sine)
    let signs = (angle.quadrant &+ 1).shifted(left: L.isDouble ? 62 : 30) & L.signBit
    return turned.turned(by: signs).replaced(where: angle.isFar, by: .cos, x, x)
  }

  /// The tangent of an angle in radians.
  package static func tan<L: Lanes>(_ x: L) -> L {
    let angle = Angle(x)
    let isEven = (angle.quadrant & 1) .== 0
    let (sine, cosine) = (angle.sineParts, angle.cosineParts)
    // sine / cosine, or -cosine / sine.
    let value = quotient(
      (select(isEven, sine.0, cosine.0), select(isEven, sine.1, cosine.1)),
      (select(isEven, cosine.0, sine.0), select(isEven, cosine.1, sine.1)))
    let signs = (angle.quadrant.shifted(left: L.isDouble ? 63 : 31) ^ x.bits) & L.signBit
    return value.turned(by: signs).replaced(where: angle.isFar, by: .tan, x, x)
  }

  /// The magnitude of an angle as quadrant · pi/2 + r + low, |r| <= pi/4.
  struct Angle<L: Lanes> {
    /// The multiple of pi/2 in the lowest bits; other bits above.
    let quadrant: L.Bits
    let r: L
    let low: L
    let square: L
    /// Finite, but too large for this reduction.
    let isFar: L.Mask

    @inline(__always)
    init(_ x: L) {
      let a = x.magnitude
      let turns = L.fused(a, 0x1.45f306dc9c883p-1, L.wholeShift)
      let k = L.wholeShift - turns
      let parts: (L, L, L) =
        L.isDouble
        ? (0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110)
        : (0x1.921fb6p+0, -0x1.777a5cp-25, -0x1.ee59dap-50)
      let rest = L.fused(k, parts.0, a)
      // A rounded product, so that the difference in `low` is exact even where r nearly vanishes.
      r = rest + k * parts.1
      low = L.fused(k, parts.2, L.fused(k, parts.1, rest - r))
      square = r * r
      quadrant = turns.bits
      isFar = (a .>= (L.isDouble ? 0x1p30 : 0x1p16)) .& (a .< .infinity)
    }

    /// The sine of r + low.
    @inline(__always)
    var sine: L {
      let (large, small) = sineParts
      return large + small
    }

    /// The cosine of r + low.
    @inline(__always)
    var cosine: L {
      let (large, small) = cosineParts
      return large + small
    }

    /// The sine of r + low as a large and a small part.
    @inline(__always)
    var sineParts: (L, L) {
      // Errors 2^-58 and 2^-28.
      let s =
        L.isDouble
        ? Elementary.polynomial(
          square, -0x1.5555555555548p-3, 0x1.111111110f730p-7, -0x1.a01a019be9216p-13,
          0x1.71de35552b394p-19, -0x1.ae5e4b83cb950p-26, 0x1.5d8b558d43d96p-33)
        : Elementary.polynomial(square, -0x1.555546p-3, 0x1.110776p-7, -0x1.9952fap-13)
      // The cosine of r is the share of `low` in the result; single precision does without.
      let rest = L.isDouble ? L.fused(square * -0.5, low, low) : low
      return (r, L.fused(s, square * r, rest))
    }

    /// The cosine of r + low as a large and a small part.
    @inline(__always)
    var cosineParts: (L, L) {
      // Errors 2^-64 and 2^-33.
      let c =
        L.isDouble
        ? Elementary.polynomial(
          square, 0x1.555555555554bp-5, -0x1.6c16c16c1500dp-10, 0x1.a01a019c8dd1cp-16,
          -0x1.27e4f7f04ffb5p-22, 0x1.1ee9dacb68704p-29, -0x1.8fa5ec719eb35p-37)
        : Elementary.polynomial(square, 0x1.55554ap-5, -0x1.6c0c28p-10, 0x1.99e80cp-16)
      let most = L.fused(square, -0.5, 1.0)
      let lost = L.fused(square, -0.5, 1.0 - most)
      return (most, L.fused(-r, low, L.fused(c, square * square, lost)))
    }
  }
}
