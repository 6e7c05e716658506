import Basics
import CKernels
import Testing

@testable import Tensors

@Suite struct FourierTests {
  /// Powers of two, products of small primes, large primes.
  static let lengths =
    Array(1...40) + [64, 97, 100, 128, 243, 251, 256, 360, 961, 1000, 1009, 1024]

  private func random(_ shape: [Int], seed: UInt64 = 1) -> ComplexTensor {
    var source = RandomSource(seed: seed)
    let count = shape.reduce(1, *)
    return ComplexTensor(
      Tensor((0..<count).map { _ in source.normal() }, shape: shape),
      Tensor((0..<count).map { _ in source.normal() }, shape: shape))
  }

  private func distance(_ a: ComplexTensor, _ b: ComplexTensor) throws -> Double {
    try a.subtracting(b).modulus().doubles.max() ?? 0
  }

  /// The sum that defines the transform.
  private func direct(_ x: ComplexTensor) -> ComplexTensor {
    let n = x.count
    var (re, im) = ([Double](repeating: 0, count: n), [Double](repeating: 0, count: n))
    for k in 0..<n {
      for j in 0..<n {
        let angle = -2 * Double.pi * Double(j * k % n) / Double(n)
        let (c, s, z) = (ck_cos(angle), ck_sin(angle), x[flat: j])
        re[k] += z.real * c - z.imaginary * s
        im[k] += z.real * s + z.imaginary * c
      }
    }
    return ComplexTensor(Tensor(re, shape: [n]), Tensor(im, shape: [n]))
  }

  @Test(arguments: lengths) func `the fast transform is the sum that defines it`(_ n: Int) throws {
    let x = random([n])
    #expect(try distance(x.fourier(axes: [0]), direct(x)) < 1e-11 * Double(n).squareRoot())
  }

  @Test(arguments: lengths + [4096, 10_007])
  func `the inverse gives back what was transformed`(_ n: Int) throws {
    let x = random([n])
    let back = try x.fourier(axes: [0]).fourier(axes: [0], isInverse: true)
    #expect(try distance(back, x) < 1e-13 * 10)
  }

  @Test(arguments: lengths) func `a transform keeps the sum of squares (Parseval)`(_ n: Int) throws
  {
    let x = random([n])
    let before = try x.squaredModulus().sum().item
    let after = try x.fourier(axes: [0]).squaredModulus().sum().item / Double(n)
    #expect(abs(before - after) < 1e-12 * before)
  }

  @Test func `an axis is transformed row by row`() throws {
    let x = random([3, 4, 5])
    for axis in 0..<3 {
      let y = try x.fourier(axes: [axis])
      var items: [IndexItem] = [.at(1), .at(2), .at(3)]
      items[axis] = .all
      let line = try x.mapped { try $0.indexed(items) }
      #expect(try distance(y.mapped { try $0.indexed(items) }, direct(line)) < 1e-12)
    }
  }

  @Test func `a million numbers are transformed`() throws {
    let n = 1 << 20
    var values = [Double](repeating: 0, count: n)
    values[1] = 1
    let y = try ComplexTensor(Tensor(values, shape: [n])).fourier(axes: [0])
    #expect(abs(y[flat: n / 4].imaginary + 1) < 1e-15)
    #expect(abs(y[flat: n / 8].real - 0.5.squareRoot()) < 1e-15)
  }

  @Test func `levels of the processor give the same bits`() {
    // The stages differ in their vectors only: nothing is contracted, sums have one order.
    let n = 360
    guard let plan = ck_fourier_make(n) else { return }
    defer { ck_fourier_free(plan) }
    var work = [Double](repeating: 0, count: ck_fourier_work(plan))
    var re = (0..<n).map { Double(($0 * 37) % 101) / 7 }
    var im = (0..<n).map { Double(($0 * 53) % 89) / 5 }
    ck_fourier_run(plan, &re, &im, &work)
    let hash = (re + im).reduce(UInt64(0)) { ($0 &* 31) ^ $1.bitPattern }
    #expect(hash == FourierTests.knownBits)
  }

  static let knownBits: UInt64 = 6_189_898_068_904_017_505
}
