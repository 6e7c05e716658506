import Basics
import Testing

@testable import Tensors

/// Loops that were made fast, beside the plain formula.
@Suite struct KernelTests {
  private func numbers(_ shape: [Int]) -> Tensor {
    Tensor(
      (0..<shape.reduce(1, *)).map { Double(($0 * 7919) % 1009) / 300 - 1.7 }, shape: shape)
  }

  /// softmax(q kᵀ / √d) v from products and a softmax.
  private func attention(_ x: Tensor, heads: Int) throws -> Tensor {
    let (batch, tokens, depth) = (x.shape[0], x.shape[1], x.shape[2] / 3 / heads)
    let parts = try x.reshaped([batch, tokens, 3, heads, depth]).permuted([2, 0, 3, 1, 4])
    func part(_ i: Int) throws -> Tensor {
      try parts.sliced(axis: 0, i..<i + 1).reshaped([batch, heads, tokens, depth])
    }
    let scale = Tensor(Double(depth).squareRoot(), precision: x.precision)
    let scores = try part(0).matmul(transposed: part(1)).dividing(scale)
    let mixed = try scores.softmax().matmul(part(2))
    return try mixed.permuted([0, 2, 1, 3]).reshaped([batch, tokens, heads * depth])
  }

  @Test(arguments: [(1, 1, 1), (17, 2, 16), (16, 3, 5), (33, 1, 64), (64, 2, 7), (65, 1, 8)])
  func `attention agrees with its formula`(_ tokens: Int, _ heads: Int, _ depth: Int) throws {
    for precision in [Precision.f64, .f32] {
      let tolerance = precision == .f64 ? 1e-12 : 3e-5
      let x = numbers([2, tokens, 3 * heads * depth]).converted(to: precision).tracked()
      let weights = numbers([2, tokens, heads * depth]).converted(to: precision)
      let (y, z) = (try SelfAttention(heads: heads)(x), try attention(x, heads: heads))
      let dy = try gradients(of: y, seeded: weights, withRespectTo: [x])[0]
      let dz = try gradients(of: z, seeded: weights, withRespectTo: [x])[0]
      for (found, expected) in [(y, z), (dy, dz)] {
        for (p, q) in zip(found.doubles, expected.doubles) {
          #expect(abs(p - q) <= tolerance * max(1, abs(q)))
        }
      }
    }
  }

  @Test func `a product made inside a parallel loop serves outside of it too`() throws {
    let (a, b) = (
      numbers([515, 67]).converted(to: .f32), numbers([67, 131]).converted(to: .f32)
    )
    try Parallel.forEach(4) { _ in _ = try a.matmul(b) }
    let found = try a.matmul(b)
    let expected = try a.converted(to: .f64).matmul(b.converted(to: .f64))
    for (p, q) in zip(found.doubles, expected.doubles) { #expect(abs(p - q) < 1e-3) }
  }

  @Test func `attention stays finite when scores are far apart`() throws {
    let x = Tensor((0..<54).map { Double($0 % 7) * 40 - 120 }, shape: [1, 3, 18])
    for value in try SelfAttention(heads: 2)(x.converted(to: .f32)).doubles {
      #expect(value.isFinite)
    }
  }

  @Test func `fast activations agree with double precision`() throws {
    let x = Tensor((0...4000).map { Double($0) / 200 - 10 }, shape: [4001])
    for name in ["gelu", "erf", "exp", "tanh", "sigmoid", "silu"] {
      let (a, b) = (x.tracked(), x.converted(to: .f32).tracked())
      let function = Elementwise(name)
      let (y, z) = (try function(a), try function(b))
      let ones = Tensor(repeating: 1, shape: [4001], precision: .f64)
      let dy = try gradients(of: y, seeded: ones, withRespectTo: [a])[0]
      let dz = try gradients(of: z, seeded: ones.converted(to: .f32), withRespectTo: [b])[0]
      for (exact, fast) in [(y, z), (dy, dz)] {
        for (p, q) in zip(exact.doubles, fast.doubles) {
          // Inputs are rounded to single precision too, which tails feel by a factor of x².
          #expect(abs(p - q) <= 1e-5 * abs(p) + 3e-7, "\(name): \(p) \(q)")
        }
      }
    }
  }

  @Test(arguments: [1, 5, 16, 17, 40])
  func `rows of any length are normalised`(_ n: Int) throws {
    let x = numbers([3, n])
    let (scale, shift) = (numbers([n]), numbers([n]))
    for precision in [Precision.f64, .f32] {
      let y = try x.converted(to: precision).normalised(
        scale: scale.converted(to: precision), shift: shift.converted(to: precision), epsilon: 1e-3)
      for r in 0..<3 {
        let row = Array(x.doubles[r * n..<(r + 1) * n])
        let mean = row.reduce(0, +) / Double(n)
        let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n)
        for i in 0..<n {
          let expected =
            (row[i] - mean) / (variance + 1e-3).squareRoot() * scale.doubles[i] + shift.doubles[i]
          #expect(abs(y.doubles[r * n + i] - expected) < (precision == .f64 ? 1e-12 : 2e-5))
        }
      }
    }
  }
}
