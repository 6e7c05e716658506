/// Arithmetic that an elementary function is written in: a number, or the code that computes one
/// number in each lane of a vector.
///
/// `Double` and `Float` conform, which makes every function written over `Lanes` its own reference.
/// A code generator conforms by recording each operation as an instruction. Each requirement rounds
/// at most once, as IEEE 754 says, and nothing is contracted that does not say `fused`: so the
/// same function has the same bits in the evaluator and in compiled code of any vector width.
package protocol Lanes: Terms {
  /// The lanes' bit patterns, as unsigned integers of the same width.
  associatedtype Bits: LaneBits where Bits.Mask == Mask

  /// Whether a lane is a double (64 bit); a float (32 bit) otherwise.
  static var isDouble: Bool { get }

  /// a · b + c, rounded once.
  static func fused(_ a: Self, _ b: Self, _ c: Self) -> Self
  func squareRoot() -> Self
  /// The number without its sign bit.
  var magnitude: Self { get }
  /// The whole number next to this one by the rule: `.down`, `.up`, `.towardZero` or
  /// `.toNearestOrEven`. Slow on machines without SSE4.1; range reductions add a large number
  /// instead.
  func rounded(_ rule: FloatingPointRoundingRule) -> Self

  /// The bit patterns.
  var bits: Bits { get }
  /// The numbers with these bit patterns.
  init(bits: Bits)

  /// These numbers, but where the mask holds the function's value at (x, y), computed one lane at a
  /// time in double precision and rounded to the lane's. Code branches around it when no lane asks.
  func replaced(where mask: Mask, by function: ScalarFunction, _ x: Self, _ y: Self) -> Self
}

/// The lanes as unsigned integers that wrap around.
package protocol LaneBits: ExpressibleByIntegerLiteral {
  associatedtype Mask: LaneMask

  static func &+ (a: Self, b: Self) -> Self
  static func &- (a: Self, b: Self) -> Self
  static func & (a: Self, b: Self) -> Self
  static func | (a: Self, b: Self) -> Self
  static func ^ (a: Self, b: Self) -> Self
  /// The bits moved to the more significant side; zeros enter.
  func shifted(left count: Int) -> Self
  /// The bits moved to the less significant side; zeros enter.
  func shifted(right count: Int) -> Self
  static func .== (a: Self, b: Self) -> Mask
}

extension Lanes {
  @inline(__always)
  package static func apply(_ function: some UnaryFunction, _ x: Self) -> Self {
    function.value(x)
  }
  @inline(__always)
  package static func apply(_ function: some BinaryFunction, _ a: Self, _ b: Self) -> Self {
    function.value(a, b)
  }

  /// Positive infinity.
  @inline(__always)
  static var infinity: Self { Self(bits: isDouble ? 0x7ff0_0000_0000_0000 : 0x7f80_0000) }

  /// Negative infinity.
  @inline(__always)
  static var negativeInfinity: Self {
    Self(bits: isDouble ? 0xfff0_0000_0000_0000 : 0xff80_0000)
  }

  /// Not a number.
  @inline(__always)
  static var nan: Self { Self(bits: isDouble ? 0x7ff8_0000_0000_0000 : 0x7fc0_0000) }

  /// The sign bit alone.
  @inline(__always)
  static var signBit: Bits { isDouble ? 0x8000_0000_0000_0000 : 0x8000_0000 }

  /// What is added to a number of moderate size so that the last bits of the sum are the nearest
  /// whole number; subtracted again, that number itself.
  @inline(__always)
  static var wholeShift: Self { isDouble ? 0x1.8p52 : 0x1.8p23 }

  /// The sign bits alone.
  @inline(__always)
  var signs: Bits { bits & Self.signBit }

  /// The numbers with the sign turned where the bits have their sign bit set.
  @inline(__always)
  func turned(by signs: Bits) -> Self { Self(bits: bits ^ signs) }
}

/// The elementary functions, each written once over `Lanes`.
///
/// Coefficients come from `scripts/minimax`; errors stated beside them are those of the polynomials
/// alone, relative to the result; `scripts/accuracy` measures the functions.
package enum Elementary {
  @inline(__always)
  static func fused<L: Lanes>(_ a: L, _ b: L, _ c: L) -> L { L.fused(a, b, c) }

  @inline(__always)
  static func select<L: Lanes>(_ mask: L.Mask, _ a: L, _ b: L) -> L { L.select(mask, a, b) }

  /// The function's value at (x, y) in every lane.
  @inline(__always)
  static func eachLane<L: Lanes>(_ function: ScalarFunction, _ x: L, _ y: L) -> L {
    x.replaced(where: (x .== x) .| (x .!= x), by: function, x, y)
  }
}
