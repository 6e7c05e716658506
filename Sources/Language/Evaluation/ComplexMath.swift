import ComplexModule
import Formulas

/// Complex elementary functions from the real ones.
package enum ComplexMath {
  /// e to the power `z`.
  package static func exp(_ z: Complex<Double>) -> Complex<Double> {
    let scale = Reals.exp(z.real)
    if z.imaginary == 0 { return Complex(scale, 0) }
    return Complex(scale * Reals.cos(z.imaginary), scale * Reals.sin(z.imaginary))
  }

  /// The principal logarithm: its imaginary part lies in (-π, π].
  package static func log(_ z: Complex<Double>) -> Complex<Double> {
    Complex(Reals.log(Reals.hypot(z.real, z.imaginary)), Reals.atan2(z.imaginary, z.real))
  }

  /// `a` to the power `b`, by multiplication where `b` is a small whole number.
  package static func power(_ a: Complex<Double>, _ b: Complex<Double>) -> Complex<Double> {
    if b.imaginary == 0, let n = Int(exactly: b.real), abs(n) <= 64 {
      var result = Complex<Double>(1)
      for _ in 0..<abs(n) { result = result * a }
      return n < 0 ? 1 / result : result
    }
    return a == 0 ? 0 : exp(b * log(a))
  }

  /// The principal root: its real part is not negative.
  package static func sqrt(_ z: Complex<Double>) -> Complex<Double> { .sqrt(z) }

  /// The sine of `z`.
  package static func sin(_ z: Complex<Double>) -> Complex<Double> {
    Complex(
      Reals.sin(z.real) * Reals.cosh(z.imaginary), Reals.cos(z.real) * Reals.sinh(z.imaginary))
  }

  /// The cosine of `z`.
  package static func cos(_ z: Complex<Double>) -> Complex<Double> {
    Complex(
      Reals.cos(z.real) * Reals.cosh(z.imaginary), -Reals.sin(z.real) * Reals.sinh(z.imaginary))
  }

  /// The hyperbolic sine of `z`.
  package static func sinh(_ z: Complex<Double>) -> Complex<Double> {
    Complex(
      Reals.sinh(z.real) * Reals.cos(z.imaginary), Reals.cosh(z.real) * Reals.sin(z.imaginary))
  }

  /// The hyperbolic cosine of `z`.
  package static func cosh(_ z: Complex<Double>) -> Complex<Double> {
    Complex(
      Reals.cosh(z.real) * Reals.cos(z.imaginary), Reals.sinh(z.real) * Reals.sin(z.imaginary))
  }

  /// The hyperbolic tangent of `z`; far from the imaginary axis it is ±1 without overflow.
  package static func tanh(_ z: Complex<Double>) -> Complex<Double> {
    if abs(z.real) > 20 { return Complex(z.real < 0 ? -1 : 1, 0) }
    let (t, s) = (Reals.sinh(2 * z.real), Reals.sin(2 * z.imaginary))
    let scale = Reals.cosh(2 * z.real) + Reals.cos(2 * z.imaginary)
    return Complex(t / scale, s / scale)
  }

  /// The tangent of `z`: -i tanh(iz).
  package static func tan(_ z: Complex<Double>) -> Complex<Double> {
    let turned = tanh(Complex(-z.imaginary, z.real))
    return Complex(turned.imaginary, -turned.real)
  }

  /// The functions of one number that are defined for complex ones, by name.
  package static let functions: [String: @Sendable (Complex<Double>) -> Complex<Double>] = [
    "sqrt": sqrt, "exp": exp, "log": log, "sin": sin, "cos": cos, "tan": tan,
    "sinh": sinh, "cosh": cosh, "tanh": tanh, "square": { $0 * $0 }, "reciprocal": { 1 / $0 },
    "log2": { log($0) / Complex(Reals.log(2), 0) },
    "log10": { log($0) / Complex(Reals.log(10), 0) },
    "sigmoid": { 1 / (1 + exp(-$0)) },
  ]
}
