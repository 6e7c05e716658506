/// What derivatives are written in: arithmetic, comparison, choice, and primitives.
///
/// Everything that is `Lanes` is `Terms`: numbers, and code under construction. So may be formulas
/// themselves, whose derivative is then a formula again.
///
/// A constant is a literal and must not need to know where code goes: generators keep it as a
/// number until it meets an operand. Operations on constants only do not occur.
package protocol Terms: ExpressibleByFloatLiteral {
  /// The outcome of a comparison.
  associatedtype Mask: LaneMask

  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  static prefix func - (a: Self) -> Self

  // Comparisons with nan are false, `.!=` is true.
  static func .< (a: Self, b: Self) -> Mask
  static func .<= (a: Self, b: Self) -> Mask
  static func .== (a: Self, b: Self) -> Mask
  static func .!= (a: Self, b: Self) -> Mask
  /// The first number where the mask holds, else the second.
  static func select(_ mask: Mask, _ a: Self, _ b: Self) -> Self

  /// The value of a function.
  static func apply(_ function: some UnaryFunction, _ x: Self) -> Self
  /// The value of a function.
  static func apply(_ function: some BinaryFunction, _ a: Self, _ b: Self) -> Self
}

/// What holds in which lane.
package protocol LaneMask {
  static func .& (a: Self, b: Self) -> Self
  static func .| (a: Self, b: Self) -> Self
  static prefix func .! (a: Self) -> Self
}

extension Terms {
  @inline(__always)
  static func .> (a: Self, b: Self) -> Mask { b .< a }
  @inline(__always)
  static func .>= (a: Self, b: Self) -> Mask { b .<= a }
}

/// A function of one number, written once for numbers, compiled lanes and formulas.
package protocol UnaryFunction: Sendable {
  /// The name a user types.
  var name: String { get }
  /// What it returns, one sentence.
  var text: String { get }
  func value<L: Lanes>(_ x: L) -> L
  /// The derivative at x, where the value is y.
  func derivative<T: Terms>(_ x: T, _ y: T) -> T
}

/// A function of two numbers, written once for numbers, compiled lanes and formulas.
package protocol BinaryFunction: Sendable {
  /// The name a user types.
  var name: String { get }
  /// What it returns, one sentence.
  var text: String { get }
  func value<L: Lanes>(_ a: L, _ b: L) -> L
  /// The derivatives by both numbers at (a, b), where the value is y.
  func derivatives<T: Terms>(_ a: T, _ b: T, _ y: T) -> (T, T)
}

/// The functions that primitives are made of, and the lists of those that have names for users.
enum Functions {}

extension UnaryFunction {
  @inline(__always)
  func callAsFunction<T: Terms>(_ x: T) -> T { T.apply(self, x) }
}

extension BinaryFunction {
  @inline(__always)
  func callAsFunction<T: Terms>(_ a: T, _ b: T) -> T { T.apply(self, a, b) }
}
