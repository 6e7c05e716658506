import CKernels

/// Powers, roots, exponentials and logarithms.
extension Functions {
  static let powers = [
    Primitive(Negate(), loop: CK_NEGATE, inDouble: true),
    Primitive(SquareRoot(), loop: CK_SQUARE_ROOT, inDouble: true),
    Primitive(CubeRoot()),
    Primitive(Square(), loop: CK_SQUARE, inDouble: true),
    Primitive(Reciprocal(), loop: CK_RECIPROCAL, inDouble: true),
    Primitive(Exp(), loop: CK_EXP),
    Primitive(Exp2()),
    Primitive(Expm1()),
    Primitive(Log()),
    Primitive(Log2()),
    Primitive(Log10()),
    Primitive(Log1p()),
  ]

  struct Negate: UnaryFunction {
    let name = "negate"
    let text = "The number with the other sign."
    func value<L: Lanes>(_ x: L) -> L { -x }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { -1.0 }
  }

  struct SquareRoot: UnaryFunction {
    let name = "sqrt"
    let text = "The square root; nan below 0."
    func value<L: Lanes>(_ x: L) -> L { x.squareRoot() }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 0.5 / y }
  }

  struct CubeRoot: UnaryFunction {
    let name = "cbrt"
    let text = "The cube root."
    func value<L: Lanes>(_ x: L) -> L { Elementary.cbrt(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 1.0 / (3.0 * y * y) }
  }

  struct Square: UnaryFunction {
    let name = "square"
    let text = "The number times itself."
    func value<L: Lanes>(_ x: L) -> L { x * x }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 2.0 * x }
  }

  struct Reciprocal: UnaryFunction {
    let name = "reciprocal"
    let text = "One divided by the number."
    func value<L: Lanes>(_ x: L) -> L { 1.0 / x }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { -(y * y) }
  }

  struct Exp: UnaryFunction {
    let name = "exp"
    let text = "e to the power of the number."
    func value<L: Lanes>(_ x: L) -> L { Elementary.exp(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { y }
  }

  struct Exp2: UnaryFunction {
    let name = "exp2"
    let text = "2 to the power of the number."
    func value<L: Lanes>(_ x: L) -> L { Elementary.exp2(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { y * 0x1.62e42fefa39efp-1 }
  }

  struct Expm1: UnaryFunction {
    let name = "expm1"
    let text = "e to the power of the number, minus 1, exact near 0."
    func value<L: Lanes>(_ x: L) -> L { Elementary.expm1(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { y + 1.0 }
  }

  struct Log: UnaryFunction {
    let name = "log"
    let text = "The natural logarithm; nan below 0."
    func value<L: Lanes>(_ x: L) -> L { Elementary.log(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 1.0 / x }
  }

  struct Log2: UnaryFunction {
    let name = "log2"
    let text = "The logarithm to base 2."
    func value<L: Lanes>(_ x: L) -> L { Elementary.log2(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 0x1.71547652b82fep+0 / x }
  }

  struct Log10: UnaryFunction {
    let name = "log10"
    let text = "The logarithm to base 10."
    func value<L: Lanes>(_ x: L) -> L { Elementary.log10(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 0x1.bcb7b1526e50ep-2 / x }
  }

  struct Log1p: UnaryFunction {
    let name = "log1p"
    let text = "The logarithm of one plus the number, exact near 0."
    func value<L: Lanes>(_ x: L) -> L { Elementary.log1p(x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 1.0 / (1.0 + x) }
  }
}
