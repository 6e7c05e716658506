import CKernels
import ComplexModule

/// Complex elementary functions from the deterministic real ones.
package enum ComplexMath {
  /// e to the power `z`.
  package static func exp(_ z: Complex<Double>) -> Complex<Double> {
    let scale = ck_exp(z.real)
    if z.imaginary == 0 { return Complex(scale, 0) }
    return Complex(scale * ck_cos(z.imaginary), scale * ck_sin(z.imaginary))
  }

  /// The principal logarithm: its imaginary part lies in (-π, π].
  package static func log(_ z: Complex<Double>) -> Complex<Double> {
    Complex(ck_log(ck_hypot(z.real, z.imaginary)), ck_atan2(z.imaginary, z.real))
  }

  /// The sine of `z`.
  package static func sin(_ z: Complex<Double>) -> Complex<Double> {
    Complex(
      ck_sin(z.real) * ck_cosh(z.imaginary), ck_cos(z.real) * ck_sinh(z.imaginary))
  }

  /// The cosine of `z`.
  package static func cos(_ z: Complex<Double>) -> Complex<Double> {
    Complex(
      ck_cos(z.real) * ck_cosh(z.imaginary), -ck_sin(z.real) * ck_sinh(z.imaginary))
  }
}
