import Testing

@testable import Formulas

/// A double that knows whether it is a constant; operations on constants only are counted.
struct TracedLanes: Lanes {
  let number: Double
  let isConstant: Bool
  nonisolated(unsafe) static var constantOperations = 0

  init(_ number: Double, isConstant: Bool = false) {
    (self.number, self.isConstant) = (number, isConstant)
  }
  init(floatLiteral value: Double) { self.init(value, isConstant: true) }
  init(bits: TracedBits) {
    self.init(Double(bitPattern: bits.pattern), isConstant: bits.isConstant)
  }

  private static func joined(_ number: Double, _ operands: TracedLanes...) -> TracedLanes {
    if operands.allSatisfy(\.isConstant) { constantOperations += 1 }
    return TracedLanes(number)
  }

  static var isDouble: Bool { true }
  static func + (a: Self, b: Self) -> Self { joined(a.number + b.number, a, b) }
  static func - (a: Self, b: Self) -> Self { joined(a.number - b.number, a, b) }
  static func * (a: Self, b: Self) -> Self { joined(a.number * b.number, a, b) }
  static func / (a: Self, b: Self) -> Self { joined(a.number / b.number, a, b) }
  static prefix func - (a: Self) -> Self { joined(-a.number, a) }
  static func fused(_ a: Self, _ b: Self, _ c: Self) -> Self {
    joined(c.number.addingProduct(a.number, b.number), a, b, c)
  }
  func squareRoot() -> Self { Self.joined(number.squareRoot(), self) }
  var magnitude: Self { Self.joined(number.magnitude, self) }
  func rounded(_ rule: FloatingPointRoundingRule) -> Self {
    Self.joined(number.rounded(rule), self)
  }
  static func .< (a: Self, b: Self) -> Bool { joined(0, a, b).number == 0 && a.number < b.number }
  static func .<= (a: Self, b: Self) -> Bool { joined(0, a, b).number == 0 && a.number <= b.number }
  static func .== (a: Self, b: Self) -> Bool { joined(0, a, b).number == 0 && a.number == b.number }
  static func .!= (a: Self, b: Self) -> Bool { joined(0, a, b).number == 0 && a.number != b.number }
  static func select(_ mask: Bool, _ a: Self, _ b: Self) -> Self {
    Self(mask ? a.number : b.number)
  }
  var bits: TracedBits { TracedBits(number.bitPattern, isConstant: isConstant) }
  func replaced(where mask: Bool, by function: ScalarFunction, _ x: Self, _ y: Self) -> Self {
    Self(mask ? function(x.number, y.number) : number)
  }
}

struct TracedBits: LaneBits {
  typealias Mask = Bool

  let pattern: UInt64
  let isConstant: Bool

  init(_ pattern: UInt64, isConstant: Bool = false) {
    (self.pattern, self.isConstant) = (pattern, isConstant)
  }
  init(integerLiteral value: UInt64) { self.init(value, isConstant: true) }

  private static func joined(_ pattern: UInt64, _ operands: TracedBits...) -> TracedBits {
    if operands.allSatisfy(\.isConstant) { TracedLanes.constantOperations += 1 }
    return TracedBits(pattern)
  }

  static func &+ (a: Self, b: Self) -> Self { joined(a.pattern &+ b.pattern, a, b) }
  static func &- (a: Self, b: Self) -> Self { joined(a.pattern &- b.pattern, a, b) }
  static func & (a: Self, b: Self) -> Self { joined(a.pattern & b.pattern, a, b) }
  static func | (a: Self, b: Self) -> Self { joined(a.pattern | b.pattern, a, b) }
  static func ^ (a: Self, b: Self) -> Self { joined(a.pattern ^ b.pattern, a, b) }
  func shifted(left count: Int) -> Self { Self.joined(pattern << UInt64(count), self) }
  func shifted(right count: Int) -> Self { Self.joined(pattern >> UInt64(count), self) }
  static func .== (a: Self, b: Self) -> Bool {
    joined(0, a, b).pattern == 0 && a.pattern == b.pattern
  }
}

@Suite struct LanesTests {
  static let numbers: [Double] = [
    0, -0.0, 0.3, -0.7, 1, -1, 1.9, 2.5, -3.2, 17, -60, 700, 1e-9, -1e-300, 1e12, -1e17, .infinity,
    -.infinity, .nan,
  ]

  // One test, because the counter of constants is one.
  @Test func `another kind of lanes gives the same bits and never computes with constants alone`() {
    for primitive in Primitive.all {
      TracedLanes.constantOperations = 0
      for a in Self.numbers {
        switch primitive.function {
        case .unary(let function):
          let expected = primitive(a)
          let value = function.value(TracedLanes(a)).number
          #expect(isSame(value, expected), "\(primitive.name)(\(a))")
          _ = function.derivative(TracedLanes(a), TracedLanes(expected))
        case .binary(let function):
          for b in Self.numbers {
            let expected = primitive(a, b)
            let value = function.value(TracedLanes(a), TracedLanes(b)).number
            #expect(isSame(value, expected), "\(primitive.name)(\(a), \(b))")
            _ = function.derivatives(TracedLanes(a), TracedLanes(b), TracedLanes(expected))
          }
        }
      }
      #expect(TracedLanes.constantOperations == 0, "\(primitive.name)")
    }
  }

  private func isSame(_ a: Double, _ b: Double) -> Bool {
    a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
  }
}
