import Testing

@testable import Formulas

@Suite struct PrimitiveTests {
  @Test func `names are unique`() {
    #expect(Set(Primitive.all.map(\.name)).count == Primitive.all.count)
  }

  @Test(arguments: Primitive.all.map(\.name))
  func `a derivative agrees with differences`(_ name: String) throws {
    let primitive = try #require(Primitive.named(name))
    let h = 1e-6
    for x in [0.3, 0.71, -0.45, 1.7, 2.7] {
      switch primitive.rule {
      case .unary(let f, let derivative):
        let expected = (f(x + h) - f(x - h)) / (2 * h)
        if expected.isNaN { continue }
        #expect(abs(derivative(x, f(x)) - expected) < 1e-7 * max(1, abs(expected)), "\(name)(\(x))")
      case .binary(let f, let derivative):
        for y in [0.55, -1.3, 2.2] {
          let byFirst = (f(x + h, y) - f(x - h, y)) / (2 * h)
          let bySecond = (f(x, y + h) - f(x, y - h)) / (2 * h)
          let (a, b) = derivative(x, y, f(x, y))
          if !byFirst.isNaN { #expect(abs(a - byFirst) < 1e-6 * max(1, abs(byFirst))) }
          if !bySecond.isNaN { #expect(abs(b - bySecond) < 1e-6 * max(1, abs(bySecond))) }
        }
      }
    }
  }

  @Test func `small whole powers are exact`() {
    let power = Primitive.named("pow")!
    #expect(power(1.1, 2) == 1.1 * 1.1)
    #expect(power(-2, 3) == -8)
    #expect(power(0, 0) == 1)
  }

  @Test func `a remainder has the sign of the divisor`() {
    let modulo = Primitive.named("modulo")!
    #expect(modulo(-7, 2) == 1)
    #expect(modulo(7, -2) == -1)
  }
}
