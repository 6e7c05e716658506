// pow(x, y) = exp(y · log|x|), the logarithm and the product as sums of two numbers each.

extension Elementary {
  /// x to the power of y.
  ///
  /// The exponents 1, 2, 3, -1 and 1/2 are products, a quotient and a root, so that squares and
  /// cubes are exact where they can be; code with a constant exponent needs nothing else.
  package static func pow<L: Lanes>(_ x: L, _ y: L) -> L {
    let a = x.magnitude
    let log = logarithmForPower(a)
    let high = y * log.0
    let low = fused(y, log.0, -high) + y * log.1
    var value = exp(high, low)

    // Borders of the magnitude.
    let rises = y .> 0.0
    value = select(a .== 0.0, select(rises, 0.0, .infinity), value)
    value = select(a .< .infinity, value, select(rises, .infinity, 0.0))
    value = select(a .== 1.0, 1.0, value)

    // The sign: whole exponents only, odd ones keep it.
    let size = y.magnitude
    let (unit, twice): (L, L) = L.isDouble ? (0x1p52, 0x1p53) : (0x1p23, 0x1p24)
    let isHuge = size .>= unit
    let shifted = select(isHuge, size, size + unit)
    let isWhole = isHuge .| ((shifted - unit) .== size)
    let isOdd = ((shifted.bits & 1) .== 1) .& isWhole .& (size .< twice)
    value = select(isOdd, value.turned(by: x.signs), value)
    let isOutside = (x .< 0.0) .& (a .< .infinity) .& (.!isWhole)
    value = select(isOutside .| (x .!= x) .| (y .!= y), .nan, value)

    value = select((y .== 0.0) .| (x .== 1.0), 1.0, value)
    value = select(y .== 1.0, x, value)
    value = select(y .== 2.0, x * x, value)
    value = select(y .== 3.0, x * x * x, value)
    value = select(y .== -1.0, 1.0 / x, value)
    let root = select(x .== .negativeInfinity, .infinity, x.squareRoot() + 0.0)
    return select(y .== 0.5, root, value)
  }

  /// log(x) for positive finite x as a sum of two, relative error about 2^-67 and 2^-35.
  ///
  /// log(m) = 2s + s³ (2/3 + z w(z)), s = (m - 1) / (m + 1), z = s².
  @inline(__always)
  private static func logarithmForPower<L: Lanes>(_ x: L) -> (L, L) {
    let parts = Fraction(x)
    let f = parts.mantissa - 1.0
    let d = 2.0 + f
    let dLow = (2.0 - d) + f
    let s = f / d
    let sLow = fused(-s, dLow, fused(-s, d, f)) / d
    let z = s * s
    let zLow = fused(2.0 * s, sLow, fused(s, s, -z))
    // Errors 2^-73 and 2^-36.
    let w =
      L.isDouble
      ? polynomial(
        z, 0x1.9999999999996p-2, 0x1.2492492492f56p-2, 0x1.c71c71c59594bp-3,
        0x1.745d1829eff12p-3, 0x1.3b136499e0e2dp-3, 0x1.1120770e8dc33p-3, 0x1.de3c1899ab678p-4,
        0x1.ead192a362e36p-4)
      : polynomial(z, 0x1.999ap-2, 0x1.24527ap-2, 0x1.dfa308p-3)
    let (c, cLow): (L, L) =
      L.isDouble
      ? (0x1.5555555555555p-1, 0x1.5555555555555p-55) : (0x1.555556p-1, -0x1.555556p-26)
    let t = z * w
    let factor = c + t
    let factorLow = ((c - factor) + t) + cLow
    let cube = s * z
    let cubeLow = fused(s, z, -cube) + fused(s, zLow, sLow * z)
    let v = cube * factor
    let vLow = fused(cube, factor, -v) + fused(cube, factorLow, cubeLow * factor)

    let (ln2High, ln2Low): (L, L) =
      L.isDouble ? (0x1.62e42fefa3800p-1, 0x1.ef35793c76730p-45) : (0x1.62e4p-1, 0x1.7f7d1cp-20)
    let whole = parts.turns * ln2High  // exact
    let twice = s + s
    let first = whole + twice
    let second = first + v
    let lost = ((whole - first) + twice) + ((first - second) + v)
    let low = lost + fused(parts.turns, ln2Low, fused(2.0, sLow, vLow))
    let high = second + low
    return (high, (second - high) + low)
  }
}
