import Rendering
import Testing

@Suite("Mersenne twister")
struct MersenneTwisterTests {
  @Test("agrees with numpy's legacy generator")
  func numpy() {
    var words = MersenneTwister(numpy: 1)
    #expect(
      (0..<4).map { _ in words.next32() } == [
        1_791_095_845, 4_282_876_139, 3_093_770_124, 4_005_303_368,
      ])
    var mixed = MersenneTwister(numpy: 1)
    #expect(mixed.numpyInteger(2, 8) == 7)
    #expect(
      (0..<6).map { _ in mixed.uniform(-1, 1) } == [
        0.9943696218777371, 0.8651147186773176, -0.7437511041412865, 0.9980810306482895,
        -0.5278220460960479, -0.20683854540794777,
      ])
    var hundred = MersenneTwister(numpy: 100)
    #expect(
      hundred.uniforms(3) == [0.5434049417909654, 0.27836938509379616, 0.4245175907491331])
  }

  @Test("agrees with Python's generator")
  func python() {
    var words = MersenneTwister(python: 1)
    #expect(
      (0..<4).map { _ in words.next32() } == [
        577_090_037, 2_444_712_010, 3_639_700_191, 3_445_702_192,
      ])
    var uniform = MersenneTwister(python: 1)
    #expect(
      uniform.uniforms(3) == [0.13436424411240122, 0.8474337369372327, 0.763774618976614])
    var small = MersenneTwister(python: 1)
    #expect((0..<5).map { _ in small.pythonRange(0, 257) } == [68, 32, 130, 60, 253])
    var large = MersenneTwister(python: 1)
    #expect((0..<3).map { _ in large.pythonRange(200, 1001) } == [337, 782, 982])
    var two = MersenneTwister(python: 2)
    #expect(two.uniforms(2) == [0.9560342718892494, 0.9478274870593494])
  }

  @Test("draws many numbers as it draws one, also from an odd word on, and skips as it draws")
  func bulk() {
    var one = MersenneTwister(numpy: 5)
    var many = MersenneTwister(numpy: 5)
    var skipped = MersenneTwister(numpy: 5)
    _ = one.next32()
    _ = many.next32()
    let singles = (0..<2001).map { _ in one.uniform() }
    #expect(many.uniforms(2001) == singles)
    skipped.skip(words: 1 + 2 * 2001)
    #expect(skipped.next32() == one.next32())
  }
}
