import CKernels

/// Functions of two numbers.
extension Functions {
  static let arithmetic = [
    Primitive(Add(), loop: CK_ADD),
    Primitive(Subtract(), loop: CK_SUBTRACT),
    Primitive(Multiply(), loop: CK_MULTIPLY),
    Primitive(Divide(), loop: CK_DIVIDE),
    Primitive(FloorDivide()),
    Primitive(Modulo()),
  ]

  static let planes = [
    Primitive(Power()),
    Primitive(PointAngle()),
    Primitive(Hypotenuse()),
    Primitive(Minimum(), loop: CK_MINIMUM),
    Primitive(Maximum(), loop: CK_MAXIMUM),
  ]

  struct Add: BinaryFunction {
    let name = "add"
    let text = "The sum."
    func value<L: Lanes>(_ a: L, _ b: L) -> L { a + b }
    func derivatives<T: Terms>(_ a: T, _ b: T, _ y: T) -> (T, T) { (1.0, 1.0) }
  }

  struct Subtract: BinaryFunction {
    let name = "subtract"
    let text = "The difference."
    func value<L: Lanes>(_ a: L, _ b: L) -> L { a - b }
    func derivatives<T: Terms>(_ a: T, _ b: T, _ y: T) -> (T, T) { (1.0, -1.0) }
  }

  struct Multiply: BinaryFunction {
    let name = "multiply"
    let text = "The product."
    func value<L: Lanes>(_ a: L, _ b: L) -> L { a * b }
    func derivatives<T: Terms>(_ a: T, _ b: T, _ y: T) -> (T, T) { (b, a) }
  }

  struct Divide: BinaryFunction {
    let name = "divide"
    let text = "The quotient."
    func value<L: Lanes>(_ a: L, _ b: L) -> L { a / b }
    func derivatives<T: Terms>(_ a: T, _ b: T, _ y: T) -> (T, T) { (1.0 / b, -(y / b)) }
  }

  struct FloorDivide: BinaryFunction {
    let name = "floordivide"
    let text = "The quotient rounded down."
    func value<L: Lanes>(_ a: L, _ b: L) -> L { (a / b).rounded(.down) }
    func derivatives<T: Terms>(_ a: T, _ b: T, _ y: T) -> (T, T) { (0.0, 0.0) }
  }

  struct Modulo: BinaryFunction {
    let name = "modulo"
    let text = "The remainder of the division rounded down; has the divisor's sign."
    func value<L: Lanes>(_ a: L, _ b: L) -> L { Elementary.modulo(a, b) }
    func derivatives<T: Terms>(_ a: T, _ b: T, _ y: T) -> (T, T) { (1.0, -FloorDivide()(a, b)) }
  }

  struct Power: BinaryFunction {
    let name = "pow"
    let text = "The first number to the power of the second."
    func value<L: Lanes>(_ a: L, _ b: L) -> L { Elementary.pow(a, b) }
    func derivatives<T: Terms>(_ a: T, _ b: T, _ y: T) -> (T, T) {
      (
        T.select(b .== 0.0, 0.0, b * Power()(a, b - 1.0)),
        T.select(a .== 0.0, 0.0, y * Log()(a))
      )
    }
  }

  struct PointAngle: BinaryFunction {
    let name = "atan2"
    let text = "The angle in radians of the point (second, first)."
    func value<L: Lanes>(_ a: L, _ b: L) -> L { Elementary.atan2(a, b) }
    func derivatives<T: Terms>(_ a: T, _ b: T, _ y: T) -> (T, T) {
      let square = a * a + b * b
      return (b / square, -(a / square))
    }
  }

  struct Hypotenuse: BinaryFunction {
    let name = "hypot"
    let text = "The length of (first, second)."
    func value<L: Lanes>(_ a: L, _ b: L) -> L { Elementary.hypot(a, b) }
    func derivatives<T: Terms>(_ a: T, _ b: T, _ y: T) -> (T, T) {
      (T.select(y .== 0.0, 0.0, a / y), T.select(y .== 0.0, 0.0, b / y))
    }
  }

  struct Minimum: BinaryFunction {
    let name = "min"
    let text = "The smaller number; nan when either is."
    func value<L: Lanes>(_ a: L, _ b: L) -> L { L.select((a .< b) .| (a .!= a), a, b) }
    func derivatives<T: Terms>(_ a: T, _ b: T, _ y: T) -> (T, T) {
      Functions.shares(a .< b, a .== b)
    }
  }

  struct Maximum: BinaryFunction {
    let name = "max"
    let text = "The larger number; nan when either is."
    func value<L: Lanes>(_ a: L, _ b: L) -> L { L.select((a .> b) .| (a .!= a), a, b) }
    func derivatives<T: Terms>(_ a: T, _ b: T, _ y: T) -> (T, T) {
      Functions.shares(a .> b, a .== b)
    }
  }

  /// The derivatives of a choice: at a tie both share.
  private static func shares<T: Terms>(_ isFirst: T.Mask, _ isTie: T.Mask) -> (T, T) {
    (
      T.select(isTie, 0.5, T.select(isFirst, 1.0, 0.0)),
      T.select(isTie, 0.5, T.select(isFirst, 0.0, 1.0))
    )
  }
}
