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
}
