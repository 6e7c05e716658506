import CKernels

/// A stream of random numbers that is a function of its key alone (Philox4x32-10, Salmon et al.,
/// "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
///
/// Streams are derived by name, so a new draw in one place never moves the draws of another, and
/// neither the order of the work nor the number of threads matters.
package struct RandomSource: Sendable, Equatable {
  private let key: SIMD2<UInt32>
  /// Blocks drawn so far.
  private var block: UInt64 = 0
  private var words = SIMD4<UInt32>()
  /// How many of `words` were handed out.
  private var used = 4

  /// The stream that belongs to a seed.
  package init(seed: UInt64) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
  }

  /// The stream named `label`, number `index`, of this one. Draws nothing from `self`.
  package func stream(_ label: String, _ index: Int = 0) -> RandomSource {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in label.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let number = UInt64(bitPattern: Int64(index))
    let mixed = Self.philox(
      SIMD4(
        UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32),
        UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32)),
      key: key ^ SIMD2(0x6664_736c, 0x7374_7265))
    return RandomSource(seed: UInt64(mixed[0]) | UInt64(mixed[1]) << 32)
  }

  /// Ten rounds of Philox on one counter block.
  package static func philox(_ counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for _ in 0..<10 {
      let low = UInt64(c[0]) &* 0xD251_1F53
      let high = UInt64(c[2]) &* 0xCD9E_8D57
      c = SIMD4(
        UInt32(truncatingIfNeeded: high >> 32) ^ c[1] ^ k[0], UInt32(truncatingIfNeeded: high),
        UInt32(truncatingIfNeeded: low >> 32) ^ c[3] ^ k[1], UInt32(truncatingIfNeeded: low))
      k = SIMD2(k[0] &+ 0x9E37_79B9, k[1] &+ 0xBB67_AE85)
    }
    return c
  }

  /// The next 32 random bits.
  package mutating func next32() -> UInt32 {
    if used == 4 {
      words = Self.philox(
        SIMD4(UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32), 0, 0),
        key: key)
      block += 1
      used = 0
    }
    defer { used += 1 }
    return words[used]
  }

  /// A number in [0, 1) with 53 random bits.
  package mutating func uniform() -> Double {
    let high = UInt64(next32() >> 5)
    return Double(high << 26 | UInt64(next32() >> 6)) * 0x1p-53
  }

  /// A number in [low, high).
  package mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// An integer in 0..<count, every one equally likely (Lemire's rejection).
  package mutating func below(_ count: Int) -> Int {
    precondition(count > 0, "a choice needs at least one candidate")
    let count = UInt64(count)
    let threshold = (0 &- count) % count
    while true {
      let product = next().multipliedFullWidth(by: count)
      if product.low >= threshold { return Int(product.high) }
    }
  }

  /// A number from the standard normal distribution (Box–Muller).
  package mutating func normal() -> Double {
    let radius = (-2 * ck_log(1 - uniform())).squareRoot()
    return radius * ck_cos(2 * Double.pi * uniform())
  }

  /// The numbers 0..<count in random order (Fisher–Yates).
  package mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, below(last + 1)) }
    return order
  }
}

extension RandomSource: RandomNumberGenerator {
  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    let low = UInt64(next32())
    return low | UInt64(next32()) << 32
  }
}
