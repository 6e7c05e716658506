extension Double: Lanes {
  package static var isDouble: Bool { true }

  @inline(__always)
  package static func fused(_ a: Double, _ b: Double, _ c: Double) -> Double {
    c.addingProduct(a, b)
  }
  @inline(__always)
  package static func .< (a: Double, b: Double) -> Bool { a < b }
  @inline(__always)
  package static func .<= (a: Double, b: Double) -> Bool { a <= b }
  @inline(__always)
  package static func .== (a: Double, b: Double) -> Bool { a == b }
  @inline(__always)
  package static func .!= (a: Double, b: Double) -> Bool { a != b }
  @inline(__always)
  package static func select(_ mask: Bool, _ a: Double, _ b: Double) -> Double { mask ? a : b }
  @inline(__always)
  package var bits: UInt64 { bitPattern }
  @inline(__always)
  package init(bits: UInt64) { self.init(bitPattern: bits) }
  @inline(__always)
  package func replaced(
    where mask: Bool, by function: ScalarFunction, _ x: Double, _ y: Double
  ) -> Double {
    mask ? function(x, y) : self
  }
}

extension Float: Lanes {
  package static var isDouble: Bool { false }

  @inline(__always)
  package static func fused(_ a: Float, _ b: Float, _ c: Float) -> Float { c.addingProduct(a, b) }
  @inline(__always)
  package static func .< (a: Float, b: Float) -> Bool { a < b }
  @inline(__always)
  package static func .<= (a: Float, b: Float) -> Bool { a <= b }
  @inline(__always)
  package static func .== (a: Float, b: Float) -> Bool { a == b }
  @inline(__always)
  package static func .!= (a: Float, b: Float) -> Bool { a != b }
  @inline(__always)
  package static func select(_ mask: Bool, _ a: Float, _ b: Float) -> Float { mask ? a : b }
  @inline(__always)
  package var bits: UInt32 { bitPattern }
  @inline(__always)
  package init(bits: UInt32) { self.init(bitPattern: bits) }
  @inline(__always)
  package func replaced(
    where mask: Bool, by function: ScalarFunction, _ x: Float, _ y: Float
  ) -> Float {
    mask ? Float(function(Double(x), Double(y))) : self
  }
}

extension Bool: LaneMask {
  @inline(__always)
  package static func .& (a: Bool, b: Bool) -> Bool { a && b }
  @inline(__always)
  package static func .| (a: Bool, b: Bool) -> Bool { a || b }
  @inline(__always)
  package static prefix func .! (a: Bool) -> Bool { !a }
}

extension UInt64: LaneBits {
  package typealias Mask = Bool

  @inline(__always)
  package func shifted(left count: Int) -> UInt64 { self &<< UInt64(truncatingIfNeeded: count) }
  @inline(__always)
  package func shifted(right count: Int) -> UInt64 { self &>> UInt64(truncatingIfNeeded: count) }
  @inline(__always)
  package static func .== (a: UInt64, b: UInt64) -> Bool { a == b }
}

extension UInt32: LaneBits {
  package typealias Mask = Bool

  @inline(__always)
  package func shifted(left count: Int) -> UInt32 { self &<< UInt32(truncatingIfNeeded: count) }
  @inline(__always)
  package func shifted(right count: Int) -> UInt32 { self &>> UInt32(truncatingIfNeeded: count) }
  @inline(__always)
  package static func .== (a: UInt32, b: UInt32) -> Bool { a == b }
}
