import Testing

@testable import Basics

/// The generator against the known answers of its authors' library, Random123 (`kat_vectors`).
@Suite struct RandomSourceTests {
  struct KnownAnswer: Sendable {
    var counter: SIMD4<UInt32>
    var key: SIMD2<UInt32>
    var answer: SIMD4<UInt32>
  }

  static let knownAnswers = [
    KnownAnswer(
      counter: [0, 0, 0, 0], key: [0, 0],
      answer: [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    KnownAnswer(
      counter: [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff],
      key: [0xffff_ffff, 0xffff_ffff],
      answer: [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
    KnownAnswer(
      counter: [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
      key: [0xa409_3822, 0x299f_31d0],
      answer: [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]),
  ]

  @Test(arguments: knownAnswers)
  func `ten rounds of Philox give the published words`(_ known: KnownAnswer) {
    #expect(RandomSource.philox(known.counter, key: known.key) == known.answer)
  }

  @Test func `a stream counts blocks under the key of its seed`() {
    var random = RandomSource(seed: 0)
    let words = (0..<4).map { _ in random.next32() }
    #expect(words == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    let next = RandomSource.philox([1, 0, 0, 0], key: [0, 0])
    #expect(random.next32() == next[0])
  }

  @Test func `streams of other names and numbers differ, and drawing moves none of them`() {
    var random = RandomSource(seed: 7)
    let before = random.stream("a", 1)
    _ = random.next()
    #expect(random.stream("a", 1) == before)
    #expect(random.stream("a", 2) != before)
    #expect(random.stream("b", 1) != before)
  }

  @Test func `numbers of a stream are spread evenly`() {
    var random = RandomSource(seed: 3)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<20_000 { counts[Int(random.uniform() * 10)] += 1 }
    // χ² with 9 degrees of freedom exceeds 27.9 once in a thousand.
    let square = counts.reduce(0) { $0 + Double(($1 - 2000) * ($1 - 2000)) / 2000 }
    #expect(square < 27.9)
  }
}
