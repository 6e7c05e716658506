import CKernels

/// Comparisons as numbers, 0 or 1.
extension Functions {
  static let comparisons = [
    Primitive(Less(), loop: CK_LESS),
    Primitive(LessEqual(), loop: CK_LESS_EQUAL),
    Primitive(Greater(), loop: CK_GREATER),
    Primitive(GreaterEqual(), loop: CK_GREATER_EQUAL),
    Primitive(Equal(), loop: CK_EQUAL),
    Primitive(NotEqual(), loop: CK_NOT_EQUAL),
  ]

  struct Less: Comparison {
    let name = "less"
    let text = "1 where the first is smaller, else 0."
    func holds<L: Lanes>(_ a: L, _ b: L) -> L.Mask { a .< b }
  }

  struct LessEqual: Comparison {
    let name = "lessequal"
    let text = "1 where the first is not larger, else 0."
    func holds<L: Lanes>(_ a: L, _ b: L) -> L.Mask { a .<= b }
  }

  struct Greater: Comparison {
    let name = "greater"
    let text = "1 where the first is larger, else 0."
    func holds<L: Lanes>(_ a: L, _ b: L) -> L.Mask { a .> b }
  }

  struct GreaterEqual: Comparison {
    let name = "greaterequal"
    let text = "1 where the first is not smaller, else 0."
    func holds<L: Lanes>(_ a: L, _ b: L) -> L.Mask { a .>= b }
  }

  struct Equal: Comparison {
    let name = "equal"
    let text = "1 where both are the same, else 0."
    func holds<L: Lanes>(_ a: L, _ b: L) -> L.Mask { a .== b }
  }

  struct NotEqual: Comparison {
    let name = "notequal"
    let text = "1 where they differ, else 0."
    func holds<L: Lanes>(_ a: L, _ b: L) -> L.Mask { a .!= b }
  }
}

/// A function whose derivatives are 0.
protocol Comparison: BinaryFunction {
  func holds<L: Lanes>(_ a: L, _ b: L) -> L.Mask
}

extension Comparison {
  @inline(__always)
  func value<L: Lanes>(_ a: L, _ b: L) -> L { L.select(holds(a, b), 1.0, 0.0) }
  func derivatives<T: Terms>(_ a: T, _ b: T, _ y: T) -> (T, T) { (0.0, 0.0) }
}
