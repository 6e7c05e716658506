import Basics
import CKernels
import COneDNN

/// Multi-head attention of tokens to each other: softmax(q kᵀ / √d) v for each head.
///
/// Input: [batch, tokens, 3 · heads · d], for each token its queries, keys and values of all
/// heads one after the other. Result: [batch, tokens, heads · d].
package struct SelfAttention: Operation {
  package var heads: Int
  /// softmax(q kᵀ / √d): [batch, heads, tokens, tokens].
  package let shares = Kept<Tensor>()

  package init(heads: Int) { self.heads = heads }

  package var needs: Needs { .inputs }

  private struct Sizes {
    let batch: Int
    let tokens: Int
    let heads: Int
    let depth: Int
    var scale: Double { 1 / Double(depth).squareRoot() }
    /// Whether the matrices of a head fit the loops for few tokens.
    var areSmall: Bool { max(tokens, depth) <= CK_ATTENTION_SIDE }
    /// Queries (0), keys (1) and values (2) of one head as a matrix [tokens, depth].
    var packed: dn_strides {
      dn_strides(
        outer: Int64(tokens * 3 * heads * depth), inner: Int64(depth),
        row: Int64(3 * heads * depth), column: 1)
    }
    /// Shares of one head as a matrix [tokens, tokens].
    var square: dn_strides {
      dn_strides(
        outer: Int64(heads * tokens * tokens), inner: Int64(tokens * tokens), row: Int64(tokens),
        column: 1)
    }
    /// Results of one head as a matrix [tokens, depth].
    var result: dn_strides {
      dn_strides(
        outer: Int64(tokens * heads * depth), inner: Int64(depth), row: Int64(heads * depth),
        column: 1)
    }
    func part(_ index: Int) -> Int { index * heads * depth }
  }

  private func sizes(_ x: Tensor) throws -> Sizes {
    guard x.rank == 3, x.shape[2] % (3 * heads) == 0, x.count > 0 else {
      throw Problem(
        "shape", "attention with \(heads) heads was given \(x.shape)",
        notes: ["it takes [batch, tokens, 3 · heads · d]"])
    }
    return Sizes(
      batch: x.shape[0], tokens: x.shape[1], heads: heads, depth: x.shape[2] / 3 / heads)
  }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    let s = try sizes(x[0])
    return x[0].precision == .f64 ? run(Double.self, x[0], s) : run(Float.self, x[0], s)
  }

  private func run<T: Element>(_ type: T.Type, _ x: Tensor, _ s: Sizes) -> Tensor {
    if s.areSmall { return runSmall(T.self, x, s) }
    let p = x.pointer(T.self)
    let scores = Tensor.filled(T.self, [s.batch, s.heads, s.tokens, s.tokens]) {
      Self.product(
        s, s.tokens, s.tokens, s.depth, p, s.packed, p + s.part(1), s.packed.transposed, s.scale,
        $0, s.square)
    }
    let rows = s.batch * s.heads * s.tokens
    nonisolated(unsafe) let q = scores.pointer(T.self)
    Loops.forEach(rows, block: Loops.block / 4 / s.tokens + 1) {
      let i = $0.lowerBound * s.tokens
      T.softmax(q + i, q + i, $0.count, s.tokens, false)
    }
    shares.value = scores
    return Tensor.filled(T.self, [s.batch, s.tokens, s.heads * s.depth]) {
      Self.product(
        s, s.tokens, s.depth, s.tokens, q, s.square, p + s.part(2), s.packed, 1, $0, s.result)
    }
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    let s = try sizes(x[0])
    return [
      x[0].precision == .f64
        ? run(Double.self, gradient, x[0], s) : run(Float.self, gradient, x[0], s)
    ]
  }

  private func run<T: Element>(_ type: T.Type, _ gradient: Tensor, _ x: Tensor, _ s: Sizes)
    -> Tensor?
  {
    guard let shares = shares.value else { return nil }
    let gradient = gradient.converted(to: T.precision)
    if s.areSmall { return runSmall(T.self, gradient, x, shares, s) }
    let (p, g, a) = (x.pointer(T.self), gradient.pointer(T.self), shares.pointer(T.self))
    defer { withExtendedLifetime((gradient, shares)) {} }
    let slopes = Tensor.filled(T.self, shares.shape) {
      Self.product(
        s, s.tokens, s.tokens, s.depth, g, s.result, p + s.part(2), s.packed.transposed, 1, $0,
        s.square)
    }
    nonisolated(unsafe) let (q, weights) = (slopes.pointer(T.self), a)
    Loops.forEach(s.batch * s.heads * s.tokens, block: Loops.block / 4 / s.tokens + 1) {
      let i = $0.lowerBound * s.tokens
      T.softmaxGradient(weights + i, q + i, q + i, $0.count, s.tokens, false)
    }
    return Tensor.filled(T.self, x.shape) { d in
      Self.product(
        s, s.tokens, s.depth, s.tokens, q, s.square, p + s.part(1), s.packed, s.scale, d, s.packed)
      Self.product(
        s, s.tokens, s.depth, s.tokens, q, s.square.transposed, p, s.packed, s.scale,
        d + s.part(1), s.packed)
      Self.product(
        s, s.tokens, s.depth, s.tokens, a, s.square.transposed, g, s.result, 1, d + s.part(2),
        s.packed)
      withExtendedLifetime(slopes) {}
    }
  }

  /// Calls `body` with ranges of heads of all samples, a few at a time.
  private func forEachHead(_ s: Sizes, _ body: @Sendable (Range<Int>) -> Void) {
    Loops.forEach(s.batch * s.heads, block: Loops.block / (s.tokens * s.tokens) + 1, body)
  }

  private func runSmall<T: Element>(_ type: T.Type, _ x: Tensor, _ s: Sizes) -> Tensor {
    let scores = Tensor(uninitialised: [s.batch, s.heads, s.tokens, s.tokens], T.precision)
    shares.value = scores
    nonisolated(unsafe) let (p, q) = (x.pointer(T.self), scores.pointer(T.self))
    return Tensor.filled(T.self, [s.batch, s.tokens, s.heads * s.depth]) { to in
      nonisolated(unsafe) let y = to
      forEachHead(s) {
        T.attention(p, q, y, s.heads, s.tokens, s.depth, $0.lowerBound, $0.upperBound)
      }
    }
  }

  private func runSmall<T: Element>(
    _ type: T.Type, _ gradient: Tensor, _ x: Tensor, _ shares: Tensor, _ s: Sizes
  ) -> Tensor {
    nonisolated(unsafe) let (p, g, a) =
      (x.pointer(T.self), gradient.pointer(T.self), shares.pointer(T.self))
    return Tensor.filled(T.self, x.shape) { to in
      nonisolated(unsafe) let d = to
      forEachHead(s) {
        T.attentionGradient(p, a, g, d, s.heads, s.tokens, s.depth, $0.lowerBound, $0.upperBound)
      }
      withExtendedLifetime((gradient, shares)) {}
    }
  }

  /// y = scale a b for every head of every sample, where the matrices lie.
  private static func product<T: Element>(
    _ s: Sizes, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafeMutablePointer<T>, _ sa: dn_strides,
    _ b: UnsafeMutablePointer<T>, _ sb: dn_strides, _ scale: Double, _ y: UnsafeMutablePointer<T>,
    _ sy: dn_strides
  ) {
    if T.self == Float.self {
      let status = a.withMemoryRebound(to: Float.self, capacity: 1) { a in
        b.withMemoryRebound(to: Float.self, capacity: 1) { b in
          y.withMemoryRebound(to: Float.self, capacity: 1) { y in
            dn_matmul(
              Int64(s.batch), Int64(s.heads), Int64(m), Int64(n), Int64(k), a, sa, b, sb, nil,
              Float(scale), y, sy, Int32(Parallel.threads))
          }
        }
      }
      if status == 0 { return }
    }
    for o in 0..<s.batch {
      for i in 0..<s.heads {
        func at(_ strides: dn_strides) -> Int { o * Int(strides.outer) + i * Int(strides.inner) }
        T.product(
          sa.isTransposed, sb.isTransposed, m, n, k, T(scale), a + at(sa), sa.distance, b + at(sb),
          sb.distance, 0, y + at(sy), sy.distance, threads: 1)
      }
    }
  }

  package static var samples: [Sample] {
    let x = Tensor((0..<72).map { Double(($0 * 37) % 53) / 19 - 1 }, shape: [2, 3, 12])
    let many = Tensor((0..<396).map { Double(($0 * 37) % 53) / 19 - 1 }, shape: [1, 66, 6])
    return [
      Sample(SelfAttention(heads: 2), [x]), Sample(SelfAttention(heads: 1), [x]),
      Sample(SelfAttention(heads: 2), [many]),
    ]
  }
}

extension dn_strides {
  fileprivate var transposed: dn_strides {
    dn_strides(outer: outer, inner: inner, row: column, column: row)
  }
  fileprivate var isTransposed: Bool { column != 1 }
  /// Numbers between stored rows.
  fileprivate var distance: Int { Int(isTransposed ? column : row) }
}
