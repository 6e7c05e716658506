import Basics
import Foundation
import Images
import Testing

@testable import Rendering

private func published(
  mark: Drawing.Mark = .point, categories: Int = 25,
  change: (inout FractalDB.Settings) -> Void = { _ in }
) throws -> FractalDB {
  var settings = FractalDB.Settings()
  settings.isPublished = true
  settings.categories = categories
  settings.mark = mark
  change(&settings)
  return try FractalDB(settings)
}

private let first = try! published()

@Suite("FractalDB as published")
struct PublishedFractalDBTests {
  @Test("finds the published categories at the published candidates")
  func candidates() throws {
    let expected = [
      (23, 5, 58_653), (28, 3, 57_528), (67, 2, 57_991), (87, 5, 59_530), (94, 4, 52_523),
    ]
    for (c, (candidate, maps, marked)) in expected.enumerated() {
      let found = try first.found(c)
      #expect(found.candidate == candidate)
      #expect(found.maps.count == maps)
      #expect(found.marked == marked)
    }
  }

  @Test("writes the published category files byte for byte")
  func files() throws {
    let hashes = [
      "2fe76fe188a5ea3084890f576a74d92b6316f71e3e15785c7dc70458f448d34b",
      "4473d595c53f7c8e1bc657c07194d521b097ac90cb83d448ebad3a5d9d6eaef9",
      "01be2e15a379d149a0d13b1c554f814a2ad57b7fa8cd27b599beac668bbf936e",
      "7868d719bd325031383873208e9fcf454d0d4e451ebb964948addb1608aa37fd",
      "f0876ebf11792b68a81522d17af9b2c23a20b6b4c513e877338583b0310e05a6",
      "325338dab301b56a74f279d84549782d3fed877569cd54f290d3a721bf9be134",
      "abf0a607f2613a4fdb48c751579f614f087f0b9ce3c99381e4d4038ed8240942",
      "1bf89caac01a8950993c994400f4d6f0c3b658857251523c25dcb7ce5447a865",
    ]
    for (c, hash) in hashes.enumerated() {
      #expect(ContentHash(try first.found(c).csv).hex == hash, "category \(c)")
    }
    #expect(
      try first.found(2).csv == """
        5.837848063254049702e-01,5.710404955054340093e-01,7.431312327013381847e-01,\
        -5.511572939835394092e-01,-6.844673029160008859e-02,6.882748449569975335e-02,\
        6.392281307787082145e-01
        6.977003265133947529e-01,-5.440939903470098926e-02,-2.932283806845803475e-02,\
        -6.012640439817884541e-01,3.581232498435951150e-01,-3.860114230278139935e-01,\
        3.607718692212917855e-01

        """)
  }

  @Test("draws the reference pictures in point mode")
  func points() throws {
    let expected: [(c: Int, row: Int, lit: Int, hash: String)] = [
      (0, 2, 44_840, "429051bd6345ed3f284fee92a54acde0caa4ef8cab2293d811988a30f777a8fe"),
      (0, 0, 26_574, "9a0ea8c6eecc8102279f9cc9f60d52768467634b0cf8eabdb81b9d77a653872f"),
      (0, 1, 57_726, "3fe822625e18421476773b03a70f20365d790e0bd1c3225b35bcc3ac7338f268"),
      (0, 3, 853, "90e916320042dcce663714584457cdf964255f4b8f5bf7e2be7ab73edae85031"),
      (0, 4, 45, "5aea6cc4d9a07cc3082e3cb5579c7885468383ddc55aa46fe36f8b1e44f96e7b"),
      (1, 2, 46_043, "d462854793137b5817c58c57001677ceabc70c4d375e92203fe9c057908623f1"),
    ]
    for (c, row, lit, hash) in expected {
      let image = try first.image(c, row * 4, size: 362)
      #expect(image.channels == 1)
      #expect(image.bytes.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } == lit, "category \(c) row \(row)")
      #expect(ContentHash(image.bytes).hex == hash, "category \(c) row \(row)")
    }
    #expect(try first.publishedGeometry(0, row: 4, size: 362).column.count == 24_725)
  }

  @Test("draws the reference pictures in patch mode")
  func patches() throws {
    let gray = try published(mark: .patch) { $0.patchSeed = 0 }
    let image = try gray.image(0, 2 * 40, size: 362)
    #expect(image.bytes.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } == 29_157)
    #expect(
      ContentHash(image.bytes).hex
        == "3ead81092113b317f6fe76f10618fa1fdbf06cdab625590513c98aa0b6a2834c")
    let coloured = try published(mark: .patch) {
      $0.patchSeed = 0
      $0.isColoured = true
    }
    let picture = try coloured.image(0, 2 * 40, size: 362)
    #expect(picture.channels == 3)
    #expect(picture.bytes.reduce(0) { $0 + Int($1) } == 10_426_743)
    let lit = (0..<362 * 362).reduce(0) { sum, i in
      sum + (picture.bytes[3 * i..<3 * i + 3].contains { $0 > 0 } ? 1 : 0)
    }
    #expect(lit == 29_157)
  }

  @Test("has 25 rows, ten patterns and four flips, made alone or together")
  func layout() throws {
    #expect(first.instances == 100)
    let patched = try published(mark: .patch)
    #expect(patched.instances == 1000)
    let group = try patched.images(1, group: 3, size: 64)
    #expect(group.count == 40)
    for k in [0, 1, 5, 39] { #expect(try patched.image(1, 120 + k, size: 64) == group[k]) }
    #expect(group[1] == group[0].flippedTopBottom())
    #expect(group[2] == group[0].flippedLeftRight())
    #expect(group[3] == group[0].rotated(quarters: 2))
    #expect(group[4] != group[0])
    #expect(patched.path(0, 2 * 40) == "00000/00000_02_count_0_flip0.png")
    #expect(patched.path(7, 999) == "00007/00007_24_count_9_flip3.png")
  }

  @Test("has the published hue table")
  func hues() {
    let table = HueTable.published
    let examples = [
      0: [47, 47, 191], 1: [47, 54, 191], 21: [47, 189, 191], 22: [47, 191, 186],
      43: [50, 191, 47], 64: [191, 191, 47], 85: [191, 50, 47], 107: [189, 47, 191],
      127: [54, 47, 191],
    ]
    for (index, colour) in examples {
      #expect(Array(table[3 * index..<3 * index + 3]).map(Int.init) == colour)
    }
    #expect(md5(table) == "c798df4a92eae83fc471614989f6aaef")
  }

  @Test("has the published weight rows at every step")
  func weights() throws {
    for (step, factors) in [
      (0.4, [0.2, 0.6, 1, 1.4, 1.8]), (0.3, [0.4, 0.7, 1, 1.3, 1.6]),
      (0.1, [0.8, 0.9, 1, 1.1, 1.2]),
      (0.0125, [0.975, 0.9875, 1, 1.0125, 1.025]), (0.5, [0.01, 0.5, 1, 1.5, 2]),
      (0.2, [0.6, 0.8, 1, 1.2, 1.4]), (0.05, [0.9, 0.95, 1, 1.05, 1.1]),
    ] {
      let table = try WeightTable(step: step)
      #expect(table.rows.count == 25)
      #expect(table.rows[0..<5].map { $0[0] } == factors)
      #expect(table.rows[2] == [1, 1, 1, 1, 1, 1])
      #expect(table.rows[24] == [1, 1, 1, 1, 1, factors[4]])
      #expect(table.rows[5] == [1, factors[0], 1, 1, 1, 1])
    }
    #expect(try WeightTable(step: 0.4).csv.hasPrefix("0.2,1,1,1,1,1\r\n0.6,1,1,1,1,1\r\n"))
    #expect(throws: Problem.self) { try WeightTable(step: -1) }
  }

  @Test("follows its search parameters")
  func parameters() throws {
    let two = try published(categories: 3) {
      $0.rule.maps = 2...2
      $0.rule.range = 0.8
      $0.rule.threshold = 0.1
    }
    for c in 0..<3 {
      let found = try two.found(c)
      #expect(found.maps.count == 2)
      #expect(found.maps.allSatisfy { $0.coefficients.allSatisfy { abs($0) <= 0.8 } })
      #expect(Double(found.marked) >= 0.1 * 512 * 512)
    }
    let fewer = try published(mark: .patch) { $0.hasMaskPerImage = true }
    #expect(try fewer.image(0, 80, size: 64) != published(mark: .patch).image(0, 80, size: 64))
  }
}

/// MD5 (RFC 1321), for one published digest.
private func md5(_ data: [UInt8]) -> String {
  let shifts: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
  let constants = (0..<64).map { UInt32(abs(sin(Double($0 + 1))) * 0x1p32) }
  var message = data + [0x80]
  message += [UInt8](repeating: 0, count: (120 - message.count % 64) % 64)
  message += (0..<8).map { UInt8(truncatingIfNeeded: (data.count * 8) >> (8 * $0)) }
  var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476]
  for start in stride(from: 0, to: message.count, by: 64) {
    let words = (0..<16).map { i in
      (0..<4).reduce(UInt32(0)) { $0 | UInt32(message[start + 4 * i + $1]) << UInt32(8 * $1) }
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    for i in 0..<64 {
      let (f, g): (UInt32, Int) =
        switch i / 16 {
        case 0: ((b & c) | (~b & d), i)
        case 1: ((d & b) | (~d & c), (5 * i + 1) % 16)
        case 2: (b ^ c ^ d, (3 * i + 5) % 16)
        default: (c ^ (b | ~d), 7 * i % 16)
        }
      let sum = a &+ f &+ constants[i] &+ words[g]
      let shift = shifts[i / 16 * 4 + i % 4]
      (a, d, c, b) = (d, c, b, b &+ (sum << shift | sum >> (32 - shift)))
    }
    state = [state[0] &+ a, state[1] &+ b, state[2] &+ c, state[3] &+ d]
  }
  return state.flatMap { word in (0..<4).map { word >> UInt32(8 * $0) & 255 } }
    .map { String(format: "%02x", $0) }.joined()
}
