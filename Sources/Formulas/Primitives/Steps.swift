import CKernels

/// Magnitude and rounding. The derivative of a step is 0 everywhere.
extension Functions {
  static let steps = [
    Primitive(Magnitude(), loop: CK_ABS, inDouble: true),
    Primitive(Sign()),
    Primitive(Floor()),
    Primitive(Ceiling()),
    Primitive(Round()),
    Primitive(Rectifier(), loop: CK_RELU, inDouble: true),
  ]

  struct Magnitude: UnaryFunction {
    let name = "abs"
    let text = "The distance from 0."
    func value<L: Lanes>(_ x: L) -> L { x.magnitude }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T {
      T.select(x .> 0.0, 1.0, T.select(x .< 0.0, -1.0, 0.0))
    }
  }

  struct Sign: UnaryFunction {
    let name = "sign"
    let text = "1 above 0, -1 below 0, else 0."
    func value<L: Lanes>(_ x: L) -> L { L.select(x .> 0.0, 1.0, L.select(x .< 0.0, -1.0, x)) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 0.0 }
  }

  struct Floor: UnaryFunction {
    let name = "floor"
    let text = "The largest whole number that is not above."
    func value<L: Lanes>(_ x: L) -> L { x.rounded(.down) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 0.0 }
  }

  struct Ceiling: UnaryFunction {
    let name = "ceil"
    let text = "The smallest whole number that is not below."
    func value<L: Lanes>(_ x: L) -> L { x.rounded(.up) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 0.0 }
  }

  struct Round: UnaryFunction {
    let name = "round"
    let text = "The nearest whole number; halves go to the even one."
    func value<L: Lanes>(_ x: L) -> L { x.rounded(.toNearestOrEven) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { 0.0 }
  }

  struct Rectifier: UnaryFunction {
    let name = "relu"
    let text = "The number, but not below 0."
    func value<L: Lanes>(_ x: L) -> L { L.select(x .< 0.0, 0.0, x) }
    func derivative<T: Terms>(_ x: T, _ y: T) -> T { T.select(y .> 0.0, 1.0, 0.0) }
  }
}
