import CKernels

/// Smooth steps and bells, and what networks use of them.
extension Functions {
  static let bells = [
    Primitive(ErrorFunction(), loop: CK_ERF),
    Primitive(Gamma()),
    Primitive(LogGamma()),
    Primitive(Sigmoid(), loop: CK_SIGMOID),
    Primitive(Softplus()),
    Primitive(GaussianErrorUnit(), loop: CK_GELU),
    Primitive(SigmoidUnit(), loop: CK_SILU),
    Primitive(CardinalSine()),
  ]

  struct ErrorFunction: UnaryFunction {
    let name = "erf"
    let text = "The error function."
    func value<L: Lanes>(_ x: L) -> L { Elementary.erf(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 0x1.20dd750429b6dp+0 * Exp()(-(x * x)) }
  }

  struct Gamma: UnaryFunction {
    let name = "gamma"
    let text = "The gamma function: (n - 1)! at whole numbers n."
    func value<L: Lanes>(_ x: L) -> L { Elementary.eachLane(.gamma, x, x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { y * Polygamma(order: 0)(x) }
  }

  struct LogGamma: UnaryFunction {
    let name = "lgamma"
    let text = "The logarithm of the gamma function's magnitude."
    func value<L: Lanes>(_ x: L) -> L { Elementary.eachLane(.lgamma, x, x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { Polygamma(order: 0)(x) }
  }

  /// The derivatives of `lgamma`; users meet them as derivatives only.
  struct Polygamma: UnaryFunction {
    /// How often the logarithmic derivative of gamma is derived again.
    let order: Int

    var name: String { "polygamma\(order)" }
    let text = "A derivative of lgamma."
    func value<L: Lanes>(_ x: L) -> L {
      let n: L =
        switch order {
        case 0: 0.0
        case 1: 1.0
        case 2: 2.0
        default: 3.0
        }
      return order > 3 ? .nan : Elementary.eachLane(.polygamma, x, n)
    }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { Polygamma(order: order + 1)(x) }
  }

  struct Sigmoid: UnaryFunction {
    let name = "sigmoid"
    let text = "1/(1 + exp(-x)), between 0 and 1."
    func value<L: Lanes>(_ x: L) -> L { Elementary.sigmoid(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { y * (1.0 - y) }
  }

  struct Softplus: UnaryFunction {
    let name = "softplus"
    let text = "log(1 + exp(x)), a smooth relu."
    func value<L: Lanes>(_ x: L) -> L { Elementary.softplus(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { Sigmoid()(x) }
  }

  struct GaussianErrorUnit: UnaryFunction {
    let name = "gelu"
    let text = "The number times the share of a standard normal distribution below it (exact)."
    func value<L: Lanes>(_ x: L) -> L { x * Elementary.normalShare(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T {
      NormalShare()(x) + x * 0x1.9884533d43651p-2 * Exp()(-0.5 * x * x)
    }
  }

  /// The normal distribution's cumulative share; users meet it in the derivative of gelu only.
  struct NormalShare: UnaryFunction {
    let name = "normalshare"
    let text = "The share of a standard normal distribution below the number."
    func value<L: Lanes>(_ x: L) -> L { Elementary.normalShare(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T {
      0x1.9884533d43651p-2 * Exp()(-0.5 * x * x)
    }
  }

  struct SigmoidUnit: UnaryFunction {
    let name = "silu"
    let text = "The number times its sigmoid."
    func value<L: Lanes>(_ x: L) -> L { x * Elementary.sigmoid(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T {
      let share = Sigmoid()(x)
      return share * (1.0 + x * (1.0 - share))
    }
  }

  struct CardinalSine: UnaryFunction {
    let name = "sinc"
    let text = "sin(x)/x, and 1 at 0."
    func value<L: Lanes>(_ x: L) -> L { Elementary.sinc(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T {
      T.select(x .== 0.0, 0.0, (Cosine()(x) - y) / x)
    }
  }
}
