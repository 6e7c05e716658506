// What networks use, made of the others. exp is asked for negative arguments only, so that nothing
// overflows on the way.
extension Elementary {
  /// 1 / (1 + exp(-x)).
  package static func sigmoid<L: Lanes>(_ x: L) -> L {
    let e = exp(-x.magnitude)
    return quotient((select(x .< 0.0, e, 1.0), 0.0), (1.0, e))
  }

  /// log(1 + exp(x)).
  package static func softplus<L: Lanes>(_ x: L) -> L {
    select(x .> 0.0, x, 0.0) + log1p(exp(-x.magnitude))
  }

  /// sin(x) / x, and 1 at 0.
  package static func sinc<L: Lanes>(_ x: L) -> L { select(x .== 0.0, 1.0, sin(x) / x) }
}
