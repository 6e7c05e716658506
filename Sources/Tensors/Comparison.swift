import Basics
import Formulas

/// A question about two numbers, elementwise; the answer is a mask.
package enum TensorComparison: Sendable {
  case equal
  case notEqual
  case less
  case lessEqual
  case greater
  case greaterEqual
  /// Within 1e-8 of the larger magnitude, or within 1e-12.
  case approximately
  /// Both are not 0.
  case and
  /// At least one is not 0.
  case or

  /// The primitive that answers it directly.
  private var primitive: String? {
    switch self {
    case .equal: "equal"
    case .notEqual: "notequal"
    case .less: "less"
    case .lessEqual: "lessequal"
    case .greater: "greater"
    case .greaterEqual: "greaterequal"
    case .approximately, .and, .or: nil
    }
  }

  fileprivate func mask(_ a: Tensor, _ b: Tensor) throws -> Tensor {
    if let primitive { return try Arithmetic(primitive)(a, b) }
    func compared(_ name: String, _ x: Tensor, _ y: Tensor) throws -> Tensor {
      try Arithmetic(name)(x, y)
    }
    let zero = Tensor(0)
    switch self {
    case .approximately:
      let size = try compared("max", a.elementwise("abs"), b.elementwise("abs"))
      let limit = try size.scaled(by: 1e-8, offset: 1e-12)
      let near = try compared("lessequal", a.subtracting(b).elementwise("abs"), limit)
      let same = try compared("equal", a, b)  // infinities
      return try compared("greater", near.adding(same), zero)
    case .and:
      let (p, q) = (try compared("notequal", a, zero), try compared("notequal", b, zero))
      return try compared("greater", p.multiplying(q), zero)
    default:
      let (p, q) = (try compared("notequal", a, zero), try compared("notequal", b, zero))
      return try compared("greater", p.adding(q), zero)
    }
  }
}

extension Tensor {
  /// Where the comparison holds, as a mask.
  package func compared(_ comparison: TensorComparison, _ other: Tensor) throws -> Tensor {
    try comparison.mask(detached, other.detached)
  }

  /// Where this mask does not hold, as a mask.
  package func inverted() throws -> Tensor {
    try compared(.equal, Tensor(0))
  }
}
