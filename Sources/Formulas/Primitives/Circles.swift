import CKernels

/// Circular and hyperbolic functions and their inverses.
extension Functions {
  static let circles = [
    Primitive(Sine()), Primitive(Cosine()), Primitive(Tangent()),
    Primitive(Arcsine()), Primitive(Arccosine()), Primitive(Arctangent()),
    Primitive(HyperbolicSine()), Primitive(HyperbolicCosine()),
    Primitive(HyperbolicTangent(), loop: CK_TANH),
    Primitive(HyperbolicArcsine()), Primitive(HyperbolicArccosine()),
    Primitive(HyperbolicArctangent()),
  ]

  struct Sine: UnaryFunction {
    let name = "sin"
    let text = "The sine of an angle in radians."
    func value<L: Lanes>(_ x: L) -> L { Elementary.sin(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { Cosine()(x) }
  }

  struct Cosine: UnaryFunction {
    let name = "cos"
    let text = "The cosine of an angle in radians."
    func value<L: Lanes>(_ x: L) -> L { Elementary.cos(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { -Sine()(x) }
  }

  struct Tangent: UnaryFunction {
    let name = "tan"
    let text = "The tangent of an angle in radians."
    func value<L: Lanes>(_ x: L) -> L { Elementary.tan(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 1.0 + y * y }
  }

  struct Arcsine: UnaryFunction {
    let name = "asin"
    let text = "The angle in radians with this sine."
    func value<L: Lanes>(_ x: L) -> L { Elementary.asin(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 1.0 / SquareRoot()(1.0 - x * x) }
  }

  struct Arccosine: UnaryFunction {
    let name = "acos"
    let text = "The angle in radians with this cosine."
    func value<L: Lanes>(_ x: L) -> L { Elementary.acos(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { -1.0 / SquareRoot()(1.0 - x * x) }
  }

  struct Arctangent: UnaryFunction {
    let name = "atan"
    let text = "The angle in radians with this tangent."
    func value<L: Lanes>(_ x: L) -> L { Elementary.atan(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 1.0 / (1.0 + x * x) }
  }

  struct HyperbolicSine: UnaryFunction {
    let name = "sinh"
    let text = "The hyperbolic sine."
    func value<L: Lanes>(_ x: L) -> L { Elementary.sinh(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { HyperbolicCosine()(x) }
  }

  struct HyperbolicCosine: UnaryFunction {
    let name = "cosh"
    let text = "The hyperbolic cosine."
    func value<L: Lanes>(_ x: L) -> L { Elementary.cosh(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { HyperbolicSine()(x) }
  }

  struct HyperbolicTangent: UnaryFunction {
    let name = "tanh"
    let text = "The hyperbolic tangent."
    func value<L: Lanes>(_ x: L) -> L { Elementary.tanh(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 1.0 - y * y }
  }

  struct HyperbolicArcsine: UnaryFunction {
    let name = "asinh"
    let text = "The inverse of the hyperbolic sine."
    func value<L: Lanes>(_ x: L) -> L { Elementary.asinh(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 1.0 / SquareRoot()(x * x + 1.0) }
  }

  struct HyperbolicArccosine: UnaryFunction {
    let name = "acosh"
    let text = "The inverse of the hyperbolic cosine."
    func value<L: Lanes>(_ x: L) -> L { Elementary.acosh(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 1.0 / SquareRoot()(x * x - 1.0) }
  }

  struct HyperbolicArctangent: UnaryFunction {
    let name = "atanh"
    let text = "The inverse of the hyperbolic tangent."
    func value<L: Lanes>(_ x: L) -> L { Elementary.atanh(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 1.0 / (1.0 - x * x) }
  }
}
