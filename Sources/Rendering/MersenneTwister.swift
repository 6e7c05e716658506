import Basics
import CKernels

/// The Mersenne twister MT19937 in the two dressings of the published programs.
///
/// The streams agree word for word with numpy's legacy global generator and with Python's
/// `random`. The project's own randomness is `RandomSource`; this one reproduces what others made.
package struct MersenneTwister: Sendable {
  /// The 624 words and how many are used.
  package var state = ck_twister()

  /// numpy's `seed(s)`.
  package init(numpy seed: UInt32) { ck_twister_seed(&state, seed) }

  /// Python's `random.seed(n)` for a whole number that is not negative.
  package init(python seed: UInt64) {
    let words = [UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)]
    ck_twister_seed_words(&state, words, words[1] == 0 ? 1 : 2)
  }

  /// The next 32 random bits.
  package mutating func next32() -> UInt32 { ck_twister_next(&state) }

  /// A number in [0, 1) with 53 random bits; both dressings call it `random()`.
  package mutating func uniform() -> Double { ck_twister_uniform(&state) }

  /// `low + (high - low) * random()`; both dressings.
  package mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * uniform()
  }

  /// Consecutive `random()`s.
  package mutating func uniforms(_ count: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      if let start = buffer.baseAddress { ck_twister_uniforms(&state, start, count) }
      filled = count
    }
  }

  /// Leaves out `words` 32-bit words.
  package mutating func skip(words: Int) { ck_twister_skip(&state, words) }

  /// numpy's `randint(low, high)`: masks one word at a time and rejects what is too large.
  package mutating func numpyInteger(_ low: Int, _ high: Int) -> Int {
    let largest = UInt32(high - low - 1)
    if largest == 0 { return low }
    let mask = UInt32.max >> UInt32(largest.leadingZeroBitCount)
    while true {
      let value = next32() & mask
      if value <= largest { return low + Int(value) }
    }
  }

  /// Python's `randrange(low, high)`; `randint(a, b)` is `randrange(a, b + 1)`.
  package mutating func pythonRange(_ low: Int, _ high: Int) -> Int {
    let count = UInt32(high - low)
    // The bit length of the count itself, not of the largest value.
    let shift = UInt32(count.leadingZeroBitCount)
    while true {
      let value = next32() >> shift
      if value < count { return low + Int(value) }
    }
  }

  /// Python's `expovariate(rate)`.
  package mutating func exponential(_ rate: Double) -> Double { -ck_log(1 - uniform()) / rate }
}
