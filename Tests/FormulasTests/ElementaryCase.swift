#if arch(x86_64)
  import Glibc

  @testable import Formulas

  /// An elementary function beside the same in 80-bit arithmetic, where to measure it and how large
  /// its error may be.
  struct ElementaryCase: Sendable, CustomStringConvertible {
    let name: String
    /// Units in the last place.
    let bound: Double
    let ranges: [ClosedRange<Double>]
    let double: @Sendable (Double) -> Double
    let single: @Sendable (Float) -> Float
    let exact: @Sendable (Float80) -> Float80

    var description: String { name }

    static let all = [
      ElementaryCase(
        name: "exp", bound: 1, ranges: [-745...709.7, -1...1],
        double: { Elementary.exp($0) }, single: { Elementary.exp($0) }, exact: { expl($0) }),
      ElementaryCase(
        name: "exp2", bound: 1, ranges: [-1074...1023, -1...1],
        double: { Elementary.exp2($0) }, single: { Elementary.exp2($0) }, exact: { exp2l($0) }),
      ElementaryCase(
        name: "expm1", bound: 2, ranges: [-40...709.7, -1...1],
        double: { Elementary.expm1($0) }, single: { Elementary.expm1($0) }, exact: { expm1l($0) }),
      ElementaryCase(
        name: "log", bound: 1, ranges: [0...1e300, 0.3...3, 0...1e-300],
        double: { Elementary.log($0) }, single: { Elementary.log($0) }, exact: { logl($0) }),
      ElementaryCase(
        name: "log2", bound: 1, ranges: [0...1e300, 0.3...3],
        double: { Elementary.log2($0) }, single: { Elementary.log2($0) }, exact: { log2l($0) }),
      ElementaryCase(
        name: "log10", bound: 1, ranges: [0...1e300, 0.3...3],
        double: { Elementary.log10($0) }, single: { Elementary.log10($0) }, exact: { log10l($0) }),
      ElementaryCase(
        name: "log1p", bound: 1, ranges: [-1...1e300, -1...3],
        double: { Elementary.log1p($0) }, single: { Elementary.log1p($0) }, exact: { log1pl($0) }),
      ElementaryCase(
        name: "cbrt", bound: 1, ranges: [-1e300...1e300, -9...9],
        double: { Elementary.cbrt($0) }, single: { Elementary.cbrt($0) }, exact: { cbrtl($0) }),
      ElementaryCase(
        name: "sin", bound: 1, ranges: [-10...10, -1e9...1e9, -1e300...1e300],
        double: { Elementary.sin($0) }, single: { Elementary.sin($0) }, exact: { sinl($0) }),
      ElementaryCase(
        name: "cos", bound: 1, ranges: [-10...10, -1e9...1e9, -1e300...1e300],
        double: { Elementary.cos($0) }, single: { Elementary.cos($0) }, exact: { cosl($0) }),
      ElementaryCase(
        name: "tan", bound: 2, ranges: [-10...10, -1e9...1e9, -1e300...1e300],
        double: { Elementary.tan($0) }, single: { Elementary.tan($0) }, exact: { tanl($0) }),
      ElementaryCase(
        name: "asin", bound: 2, ranges: [-1...1],
        double: { Elementary.asin($0) }, single: { Elementary.asin($0) }, exact: { asinl($0) }),
      ElementaryCase(
        name: "acos", bound: 2, ranges: [-1...1, 0.99...1],
        double: { Elementary.acos($0) }, single: { Elementary.acos($0) }, exact: { acosl($0) }),
      ElementaryCase(
        name: "atan", bound: 2, ranges: [-1e300...1e300, -3...3],
        double: { Elementary.atan($0) }, single: { Elementary.atan($0) }, exact: { atanl($0) }),
      ElementaryCase(
        name: "sinh", bound: 2, ranges: [-710...710, -3...3],
        double: { Elementary.sinh($0) }, single: { Elementary.sinh($0) }, exact: { sinhl($0) }),
      ElementaryCase(
        name: "cosh", bound: 2, ranges: [-710...710, -3...3],
        double: { Elementary.cosh($0) }, single: { Elementary.cosh($0) }, exact: { coshl($0) }),
      ElementaryCase(
        name: "tanh", bound: 2, ranges: [-25...25, -1...1],
        double: { Elementary.tanh($0) }, single: { Elementary.tanh($0) }, exact: { tanhl($0) }),
      ElementaryCase(
        name: "asinh", bound: 2, ranges: [-1e300...1e300, -9...9],
        double: { Elementary.asinh($0) }, single: { Elementary.asinh($0) }, exact: { asinhl($0) }),
      ElementaryCase(
        name: "acosh", bound: 2, ranges: [1...1e300, 1...9, 1...1.01],
        double: { Elementary.acosh($0) }, single: { Elementary.acosh($0) }, exact: { acoshl($0) }),
      ElementaryCase(
        name: "atanh", bound: 2, ranges: [-1...1],
        double: { Elementary.atanh($0) }, single: { Elementary.atanh($0) }, exact: { atanhl($0) }),
      ElementaryCase(
        name: "erf", bound: 2, ranges: [-7...7, -1...1],
        double: { Elementary.erf($0) }, single: { Elementary.erf($0) }, exact: { erfl($0) }),
      ElementaryCase(
        name: "normal share", bound: 4, ranges: [-37...9, -3...3],
        double: { Elementary.normalShare($0) }, single: { Elementary.normalShare($0) },
        exact: { erfcl(-$0 / Float80(2).squareRoot()) / 2 }),
      ElementaryCase(
        name: "sigmoid", bound: 2, ranges: [-740...40, -3...3],
        double: { Elementary.sigmoid($0) }, single: { Elementary.sigmoid($0) },
        exact: { 1 / (1 + expl(-$0)) }),
      ElementaryCase(
        name: "softplus", bound: 2, ranges: [-740...40, -3...3],
        double: { Elementary.softplus($0) }, single: { Elementary.softplus($0) },
        exact: { $0 > 100 ? $0 : log1pl(expl($0)) }),
      ElementaryCase(
        name: "sinc", bound: 2, ranges: [-100...100],
        double: { Elementary.sinc($0) }, single: { Elementary.sinc($0) },
        exact: { $0 == 0 ? 1 : sinl($0) / $0 }),
    ]

    /// The largest error in double precision, in units in the last place, and where it is.
    func worstDouble(samples: Int) -> (error: Double, at: Double) {
      var worst = (error: 0.0, at: 0.0)
      var random = SplitMix(state: 7)
      for range in ranges {
        for i in 0..<samples {
          var x = Double.random(in: range, using: &random)
          if i % 3 == 1 {
            // All magnitudes alike.
            x = Double(
              sign: i % 2 == 0 ? .plus : .minus, exponent: Int.random(in: -70...10, using: &random),
              significand: Double.random(in: 1..<2, using: &random))
            if !range.contains(x) { continue }
          }
          let error = Self.ulps(double(x), exact(Float80(x)))
          if error > worst.error { worst = (error, x) }
        }
      }
      return worst
    }

    /// The largest error in single precision over every `step`th number.
    func worstSingle(step: UInt32) -> (error: Double, at: Float) {
      var worst = (error: 0.0, at: Float(0))
      var pattern: UInt32 = 0
      while pattern <= Float.infinity.bitPattern {
        for x in [Float(bitPattern: pattern), Float(bitPattern: pattern | 0x8000_0000)] {
          let error = Self.ulps(single(x), exact(Float80(x)))
          if error > worst.error { worst = (error, x) }
        }
        pattern += step
      }
      return worst
    }

    /// The distance of a value from the true one in units of the true one's last place.
    static func ulps<Number: BinaryFloatingPoint>(_ value: Number, _ truth: Float80) -> Double {
      if truth.isNaN || value.isNaN { return truth.isNaN && value.isNaN ? 0 : .infinity }
      let near = Number(truth)
      if near.isInfinite || value.isInfinite {
        // What rounds to infinity may be the largest number, and the other way round.
        let top = Number.greatestFiniteMagnitude
        let isBorder =
          Swift.max(near.magnitude, value.magnitude).isInfinite
          && Swift.min(near.magnitude, value.magnitude) == top
        return near == value ? 0 : isBorder ? 1 : .infinity
      }
      let size = Swift.max(near.magnitude, Number.leastNormalMagnitude)
      return Double((Float80(value) - truth).magnitude / Float80(size.ulp))
    }
  }

  /// A small generator, so that the samples are the same everywhere.
  struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }
#endif
