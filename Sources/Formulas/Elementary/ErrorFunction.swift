// Near 0 erf(x) = x · p(x²); from 3/4 on erfc(x) = exp(-x²) · g(x), where g falls slowly.

extension Elementary {
  /// The error function.
  package static func erf<L: Lanes>(_ x: L) -> L {
    let limit: L = L.isDouble ? 7.0 : 5.0
    let a = select(x.magnitude .> limit, limit, x.magnitude)
    let square = a * a
    let far = 1.0 - farErfc(a, a * 0x1.c5bf891b4ef6bp+0, (square, fused(a, a, -square)))
    return select(a .< 0.75, nearErf(a), far).turned(by: x.signs)
  }

  /// The share of a standard normal distribution below x, (1 + erf(x / sqrt 2)) / 2.
  package static func normalShare<L: Lanes>(_ x: L) -> L {
    let limit: L = L.isDouble ? 39.0 : 15.0
    let size = select(x.magnitude .> limit, limit, x.magnitude)
    let a = size * 0x1.6a09e667f3bcdp-1
    // sqrt(pi) a and the square of a from x: there the rounding of a would count.
    let square = size * size
    let lost = fused(size, size, -square)
    let far = 0.5 * farErfc(a, size * 0x1.40d931ff62706p+0, (0.5 * square, 0.5 * lost))
    let near = fused(0.5, nearErf(a).turned(by: x.signs), 0.5)
    return select(a .< 0.75, near, select(x .< 0.0, far, 1.0 - far))
  }

  /// erf for 0 <= x < 3/4.
  @inline(__always)
  private static func nearErf<L: Lanes>(_ x: L) -> L {
    let z = x * x
    // Errors 2^-56 and 2^-29.
    let p =
      L.isDouble
      ? polynomial(
        z, 0x1.06eba8214db69p-3, -0x1.812746b037a32p-2, 0x1.ce2f21a046d44p-4,
        -0x1.b82ce313e8c1fp-6, 0x1.565bcd4a36f54p-8, -0x1.c02dbf8570d5ep-11,
        0x1.f9a47833e0cefp-14, -0x1.f4e8f4b20f328p-17, 0x1.bab080ee44682p-20,
        -0x1.6113c90bd2184p-23, 0x1.c6a4a7f9821dcp-27)
      : polynomial(
        z, 0x1.06eba8p-3, -0x1.81273ap-2, 0x1.ce2acep-4, -0x1.b7a75cp-6, 0x1.4f188ap-8,
        -0x1.613e5cp-11)
    return fused(x, p, x)
  }

  /// 1 - erf for 3/4 <= a < 28 (single precision 10.6); `slope` is sqrt(pi) a, `square` a² as a sum
  /// of two.
  @inline(__always)
  private static func farErfc<L: Lanes>(_ a: L, _ slope: L, _ square: (L, L)) -> L {
    let bell = exp(-square.0, -square.1)
    // g(a) = 1 / (sqrt(pi) a + p(a)/q(a)): the quotient is the small part. Errors 2^-56 and 2^-26.
    let p =
      L.isDouble
      ? polynomial(
        a, 0x1.7af426aac04cfp+12, 0x1.498bf63e7c715p+13, 0x1.2208d6211fa1fp+13,
        0x1.480a1a9d9ac35p+12, 0x1.01d5be3beef47p+11, 0x1.1f8628edf569ap+9, 0x1.bdf85630e9c7bp+6,
        0x1.bd514587ff5aap+3, 0x1.c5bf891b862f1p-1)
      : polynomial(a, 0x1.97a78p+3, 0x1.57eaep+3, 0x1.19f582p+2, 0x1.c5b08ap-1)
    let q =
      L.isDouble
      ? polynomial(
        a, 0x1.7af426a0c586bp+12, 0x1.c3957f7a204dcp+13, 0x1.088ed070cdcadp+14,
        0x1.8a44745c08cf0p+13, 0x1.993c518c6f825p+12, 0x1.32794880c59ebp+11,
        0x1.4c499b46451a4p+9, 0x1.fb392c2102179p+6, 0x1.f67ca8f1a3176p+3, 1.0)
      : polynomial(a, 0x1.97c6fcp+3, 0x1.2ee97p+4, 0x1.a5b534p+3, 0x1.3deaf8p+2, 1.0)
    return bell * q / fused(slope, q, p)
  }
}
