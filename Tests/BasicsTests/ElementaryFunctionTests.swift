import CKernels
import Foundation
import Testing

/// The distance of two doubles in units in the last place.
private func ulps(_ a: Double, _ b: Double) -> Double {
  if a == b || (a.isNaN && b.isNaN) { return 0 }
  return abs(a - b) / b.ulp
}

@Suite("Elementary functions")
struct ElementaryFunctionTests {
  struct Case: Sendable {
    let name: String
    let ours: @Sendable (Double) -> Double
    let platform: @Sendable (Double) -> Double
    let range: ClosedRange<Double>
    var limit = 2.0
  }

  static let cases: [Case] = [
    Case(name: "exp", ours: { ck_exp($0) }, platform: { exp($0) }, range: -740...709),
    Case(name: "exp2", ours: { ck_exp2($0) }, platform: { exp2($0) }, range: -1070...1023),
    Case(name: "expm1", ours: { ck_expm1($0) }, platform: { expm1($0) }, range: -3...3),
    Case(name: "log", ours: { ck_log($0) }, platform: { log($0) }, range: 1e-300...3),
    Case(name: "log2", ours: { ck_log2($0) }, platform: { log2($0) }, range: 1e-9...1e9),
    Case(name: "log10", ours: { ck_log10($0) }, platform: { log10($0) }, range: 1e-9...1e9),
    Case(name: "log1p", ours: { ck_log1p($0) }, platform: { log1p($0) }, range: -0.99...3),
    Case(name: "cbrt", ours: { ck_cbrt($0) }, platform: { cbrt($0) }, range: -9...9, limit: 4),
    Case(name: "sin", ours: { ck_sin($0) }, platform: { sin($0) }, range: -100...100),
    Case(name: "sin, huge", ours: { ck_sin($0) }, platform: { sin($0) }, range: 1e6...1e300),
    Case(name: "cos", ours: { ck_cos($0) }, platform: { cos($0) }, range: -100...100),
    Case(name: "cos, huge", ours: { ck_cos($0) }, platform: { cos($0) }, range: 1e6...1e300),
    Case(name: "tan", ours: { ck_tan($0) }, platform: { tan($0) }, range: -100...100),
    Case(name: "asin", ours: { ck_asin($0) }, platform: { asin($0) }, range: -1...1),
    Case(name: "acos", ours: { ck_acos($0) }, platform: { acos($0) }, range: -1...1),
    Case(name: "atan", ours: { ck_atan($0) }, platform: { atan($0) }, range: -30...30),
    Case(name: "sinh", ours: { ck_sinh($0) }, platform: { sinh($0) }, range: -700...700, limit: 3),
    Case(
      name: "sinh, small", ours: { ck_sinh($0) }, platform: { sinh($0) }, range: -2...2, limit: 3),
    Case(name: "cosh", ours: { ck_cosh($0) }, platform: { cosh($0) }, range: -700...700, limit: 3),
    Case(name: "tanh", ours: { ck_tanh($0) }, platform: { tanh($0) }, range: -3...3, limit: 3),
    Case(name: "asinh", ours: { ck_asinh($0) }, platform: { asinh($0) }, range: -9...9, limit: 3),
    Case(name: "acosh", ours: { ck_acosh($0) }, platform: { acosh($0) }, range: 1...9, limit: 3),
    Case(name: "atanh", ours: { ck_atanh($0) }, platform: { atanh($0) }, range: -1...1, limit: 3),
    Case(name: "erf", ours: { ck_erf($0) }, platform: { erf($0) }, range: -6...6),
    Case(
      name: "gamma", ours: { ck_gamma($0) }, platform: { tgamma($0) }, range: 0.01...170, limit: 8),
  ]

  @Test("agree with the platform's functions to its own error", arguments: cases)
  func agreement(_ test: Case) {
    var worst = (error: 0.0, at: 0.0)
    for step in 0...20_000 {
      let share = (Double(step) + 0.37) / 20_001
      let x = test.range.lowerBound + (test.range.upperBound - test.range.lowerBound) * share
      let error = ulps(test.ours(x), test.platform(x))
      if error > worst.error { worst = (error, x) }
    }
    #expect(worst.error <= test.limit, "\(test.name) is off by \(worst.error) ulp at \(worst.at)")
  }

  @Test("of two arguments agree with the platform's")
  func twoArguments() {
    for i in 0..<200 {
      for j in 0..<200 {
        let x = Double(i - 100) * 0.173 + 0.01
        let y = Double(j - 100) * 0.219 + 0.02
        #expect(ulps(ck_atan2(y, x), atan2(y, x)) <= 1)
        #expect(ulps(ck_hypot(x, y), hypot(x, y)) <= 1)
        #expect(ulps(ck_pow(abs(x), y), pow(abs(x), y)) <= 1)
        #expect(ulps(ck_pow(x, Double(j - 100)), pow(x, Double(j - 100))) <= 1)
      }
    }
  }

  @Test("have the bits they had when they were written")
  func frozenBits() {
    #expect(ck_exp(1) == 0x1.5bf0a8b145769p+1)
    #expect(ck_log(10) == 0x1.26bb1bbb55516p+1)
    #expect(ck_sin(1) == 0x1.aed548f090ceep-1)
    #expect(ck_cos(1) == 0x1.14a280fb5068cp-1)
    #expect(ck_pow(2, 0.5) == 2.0.squareRoot())
    #expect(ck_atan(1) * 4 == .pi)
    // The double nearest to a multiple of pi/2, where a careless reduction has no right bit.
    #expect(ck_cos(0x1.6ac5b262ca1ffp+849) == -0x1.14ae72e6ba22fp-61)
  }

  @Test("give whole numbers where the mathematics does")
  func exactValues() {
    for k in -300...300 { #expect(ck_log2(scalbn(1, k)) == Double(k)) }
    for (k, power) in [1, 10, 100, 1e3, 1e6, 1e15, 1e22].enumerated() {
      #expect(ck_log10(power) == [0, 1, 2, 3, 6, 15, 22][k])
    }
    #expect(ck_exp2(10) == 1024)
    #expect(ck_pow(10, 22) == 1e22)
    #expect(ck_cbrt(27) == 3)
    #expect(ck_hypot(3, 4) == 5)
    #expect(ck_gamma(11) == 3_628_800)
  }

  @Test("follow IEEE 754 at the borders")
  func borders() {
    let inf = Double.infinity
    #expect(ck_exp(inf) == inf && ck_exp(-inf) == 0 && ck_exp(.nan).isNaN && ck_exp(710) == inf)
    #expect(ck_exp(-745) == 0x1p-1074 && ck_exp(-746) == 0)
    #expect(ck_log(0) == -inf && ck_log(-1).isNaN && ck_log(inf) == inf)
    #expect(ck_log(0x1p-1074) == ck_log(2) * -1074)
    #expect(ck_sin(inf).isNaN && ck_cos(-inf).isNaN && ck_tan(.nan).isNaN)
    #expect(ck_sin(-0.0).sign == .minus && ck_tanh(-0.0).sign == .minus)
    #expect(ck_asin(1.1).isNaN && ck_acos(1) == 0 && ck_acos(-1) == .pi)
    #expect(ck_atan(inf) == .pi / 2 && ck_atan2(0, -1) == .pi && ck_atan2(-0.0, -1) == -.pi)
    #expect(ck_atan2(inf, -inf) == atan2(inf, -inf) && ck_atan2(1e-300, 1e300) == 0)
    #expect(ck_pow(0, 0) == 1 && ck_pow(.nan, 0) == 1 && ck_pow(1, .nan) == 1)
    #expect(ck_pow(-8, 1.0 / 3).isNaN && ck_pow(-2, 3) == -8 && ck_pow(-0.0, -1) == -inf)
    #expect(ck_pow(0.5, inf) == 0 && ck_pow(2, -inf) == 0 && ck_pow(-inf, 3) == -inf)
    #expect(ck_hypot(inf, .nan) == inf && ck_hypot(0x3p900, 0x4p900) == 0x5p900)
    #expect(ck_hypot(0x3p-1060, 0x4p-1060) == 0x5p-1060)
    #expect(ck_erf(inf) == 1 && ck_erf(-7) == -1 && ck_gamma(-3).isNaN && ck_gamma(172) == inf)
    #expect(ck_lgamma(1) == 0 && ck_lgamma(0) == inf)
  }
}
