#if arch(x86_64)
  import Glibc
  import Testing

  @testable import Formulas

  @Suite struct AccuracyTests {
    @Test(arguments: ElementaryCase.all)
    func `errors stay below the stated bound`(_ function: ElementaryCase) {
      let double = function.worstDouble(samples: 4000)
      #expect(double.error <= function.bound, "\(function.name)(\(double.at))")
      let single = function.worstSingle(step: 400_009)
      #expect(single.error <= function.bound, "\(function.name)(\(single.at)) in single precision")
    }

    @Test func `circular functions are accurate beside multiples of pi over 2`() {
      for k in 1...3000 {
        let near = Double(k) * .pi / 2
        for x in [near, near.nextUp, near.nextDown] {
          #expect(ElementaryCase.ulps(Elementary.sin(x), sinl(Float80(x))) <= 1)
          #expect(ElementaryCase.ulps(Elementary.cos(x), cosl(Float80(x))) <= 1)
          let y = Float(x)
          #expect(ElementaryCase.ulps(Elementary.sin(y), sinl(Float80(y))) <= 1)
          #expect(ElementaryCase.ulps(Elementary.cos(y), cosl(Float80(y))) <= 1)
        }
      }
    }

    @Test func `functions of two numbers stay within two units in the last place`() {
      var random = SplitMix(state: 3)
      for _ in 0..<20_000 {
        let a = Double.random(in: 0...20, using: &random)
        let b = Double.random(in: -20...20, using: &random)
        #expect(ElementaryCase.ulps(Elementary.pow(a, b), powl(Float80(a), Float80(b))) <= 1)
        #expect(ElementaryCase.ulps(Elementary.atan2(b, a), atan2l(Float80(b), Float80(a))) <= 2)
        #expect(ElementaryCase.ulps(Elementary.hypot(a, b), hypotl(Float80(a), Float80(b))) <= 2)
        let (c, d) = (Float(a), Float(b))
        #expect(ElementaryCase.ulps(Elementary.pow(c, d), powl(Float80(c), Float80(d))) <= 1)
        #expect(ElementaryCase.ulps(Elementary.atan2(d, c), atan2l(Float80(d), Float80(c))) <= 2)
        #expect(ElementaryCase.ulps(Elementary.hypot(c, d), hypotl(Float80(c), Float80(d))) <= 2)
      }
    }

    static let edges: [Double] = [
      0, -0.0, .infinity, -.infinity, .nan, 1, -1, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
      .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1e-20, 1e-9, 0.5,
      -0.5, 2, -2, 3, -3, 1.5, -1.5, 0x1.0000000000001p52, -0x1.fffffffffffffp52, 1e17,
      (1.0).nextDown, (1.0).nextUp,
    ]

    @Test(arguments: ElementaryCase.all)
    func `edges are as in C`(_ function: ElementaryCase) {
      for x in Self.edges {
        let truth = function.exact(Float80(x))
        let value = function.double(x)
        #expect(ElementaryCase.ulps(value, truth) <= function.bound, "\(function.name)(\(x))")
        if truth == 0 { #expect(value.sign == truth.sign, "\(function.name)(\(x))") }
        let y = Float(x)
        let single = function.single(y)
        let expected = function.exact(Float80(y))
        #expect(ElementaryCase.ulps(single, expected) <= function.bound, "\(function.name)(\(y))")
        if expected == 0 { #expect(single.sign == expected.sign, "\(function.name)(\(y))") }
      }
    }

    @Test func `powers and angles at edges are as in C`() {
      for a in Self.edges {
        for b in Self.edges {
          // The square root of -0 and small whole powers are what C says, too.
          check(Elementary.pow(a, b), powl(Float80(a), Float80(b)), "pow(\(a), \(b))")
          check(Elementary.atan2(a, b), atan2l(Float80(a), Float80(b)), "atan2(\(a), \(b))")
          check(Elementary.hypot(a, b), hypotl(Float80(a), Float80(b)), "hypot(\(a), \(b))")
          let (c, d) = (Float(a), Float(b))
          check(Elementary.pow(c, d), powl(Float80(c), Float80(d)), "pow(\(c), \(d))")
          check(Elementary.atan2(c, d), atan2l(Float80(c), Float80(d)), "atan2(\(c), \(d))")
          check(Elementary.hypot(c, d), hypotl(Float80(c), Float80(d)), "hypot(\(c), \(d))")
        }
      }
    }

    private func check<Number: BinaryFloatingPoint>(
      _ value: Number, _ truth: Float80, _ text: String
    ) {
      #expect(ElementaryCase.ulps(value, truth) <= 2, "\(text)")
      if Number(truth) == 0 { #expect(value.sign == truth.sign, "\(text)") }
    }

    @Test func `remainders are exact`() {
      var random = SplitMix(state: 5)
      for _ in 0..<20_000 {
        let a = Double.random(in: -300...300, using: &random)
        let b = Double.random(in: -3...3, using: &random)
        let rest = fmod(a, b)
        let expected = rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
        #expect(Elementary.modulo(a, b) == expected, "\(a) % \(b)")
      }
      #expect(Elementary.modulo(1e300, 7) == fmod(1e300, 7))
      #expect(Elementary.modulo(-5.0, .infinity) == .infinity)
      #expect(Elementary.modulo(5.0, .infinity) == 5)
      #expect(Elementary.modulo(5.0, 0).isNaN && Elementary.modulo(Double.infinity, 2).isNaN)
    }

    @Test func `round results are exact`() {
      for k in -1074...1023 { #expect(Elementary.log2(scalbn(1, k)) == Double(k)) }
      for k in 0...22 { #expect(Elementary.log10(pow(10, Double(k))) == Double(k)) }
      #expect(Elementary.exp2(10.0) == 1024 && Elementary.pow(10.0, 22.0) == 1e22)
      #expect(Elementary.cbrt(27.0) == 3 && Elementary.cbrt(Float(27)) == 3)
      #expect(Elementary.hypot(3.0, 4.0) == 5)
      #expect(Elementary.atan(1.0) * 4 == .pi && Elementary.acos(-1.0) == .pi)
    }
  }
#endif
