extension Elementary {
  /// The remainder of a / b rounded down: exact, and with the divisor's sign.
  package static func modulo<L: Lanes>(_ a: L, _ b: L) -> L {
    let quotient = (a / b).rounded(.down)
    let start = fused(-quotient, b, a)
    // A quotient that was rounded up to a whole number leaves a rest of the wrong sign.
    let isWrong = select(b .< 0.0, -start, start) .< 0.0
    let rest = select(isWrong, start + b, start)
    // An infinite divisor goes 0 times, or -1 times when the signs differ.
    let differs = select(b .< 0.0, -a, a) .< 0.0
    let value = select(
      (b.magnitude .== .infinity) .& (a.magnitude .< .infinity), select(differs, b, a), rest)
    // Quotients that no whole number next to them exists for.
    let isFar =
      (quotient.magnitude .>= (L.isDouble ? 0x1p52 : 0x1p23)) .& (a.magnitude .< .infinity)
      .& (b .!= 0.0)
    return value.replaced(where: isFar, by: .modulo, a, b)
  }
}
