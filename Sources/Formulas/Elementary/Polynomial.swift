// Horner's rule, coefficients from the constant term upwards. Written out by the number of
// coefficients, because an array of them would be built on each call.
extension Elementary {
  @inline(__always)
  static func polynomial<L: Lanes>(_ x: L, _ a: L, _ b: L) -> L { fused(b, x, a) }
  @inline(__always)
  static func polynomial<L: Lanes>(_ x: L, _ a: L, _ b: L, _ c: L) -> L {
    fused(polynomial(x, b, c), x, a)
  }
  @inline(__always)
  static func polynomial<L: Lanes>(_ x: L, _ a: L, _ b: L, _ c: L, _ d: L) -> L {
    fused(polynomial(x, b, c, d), x, a)
  }
  @inline(__always)
  static func polynomial<L: Lanes>(_ x: L, _ a: L, _ b: L, _ c: L, _ d: L, _ e: L) -> L {
    fused(polynomial(x, b, c, d, e), x, a)
  }
  @inline(__always)
  static func polynomial<L: Lanes>(_ x: L, _ a: L, _ b: L, _ c: L, _ d: L, _ e: L, _ f: L) -> L {
    fused(polynomial(x, b, c, d, e, f), x, a)
  }
  @inline(__always)
  static func polynomial<L: Lanes>(
    _ x: L, _ a: L, _ b: L, _ c: L, _ d: L, _ e: L, _ f: L, _ g: L
  ) -> L {
    fused(polynomial(x, b, c, d, e, f, g), x, a)
  }
  @inline(__always)
  static func polynomial<L: Lanes>(
    _ x: L, _ a: L, _ b: L, _ c: L, _ d: L, _ e: L, _ f: L, _ g: L, _ h: L
  ) -> L {
    fused(polynomial(x, b, c, d, e, f, g, h), x, a)
  }
  @inline(__always)
  static func polynomial<L: Lanes>(
    _ x: L, _ a: L, _ b: L, _ c: L, _ d: L, _ e: L, _ f: L, _ g: L, _ h: L, _ i: L
  ) -> L {
    fused(polynomial(x, b, c, d, e, f, g, h, i), x, a)
  }
  @inline(__always)
  static func polynomial<L: Lanes>(
    _ x: L, _ a: L, _ b: L, _ c: L, _ d: L, _ e: L, _ f: L, _ g: L, _ h: L, _ i: L, _ j: L
  ) -> L {
    fused(polynomial(x, b, c, d, e, f, g, h, i, j), x, a)
  }
  @inline(__always)
  static func polynomial<L: Lanes>(
    _ x: L, _ a: L, _ b: L, _ c: L, _ d: L, _ e: L, _ f: L, _ g: L, _ h: L, _ i: L, _ j: L, _ k: L
  ) -> L {
    fused(polynomial(x, b, c, d, e, f, g, h, i, j, k), x, a)
  }
  @inline(__always)
  static func polynomial<L: Lanes>(
    _ x: L, _ a: L, _ b: L, _ c: L, _ d: L, _ e: L, _ f: L, _ g: L, _ h: L, _ i: L, _ j: L, _ k: L,
    _ l: L
  ) -> L {
    fused(polynomial(x, b, c, d, e, f, g, h, i, j, k, l), x, a)
  }
}
