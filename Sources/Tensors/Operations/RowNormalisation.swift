import Basics

/// Each row shifted and scaled to mean 0 and deviation 1, then by learned numbers (layer norm).
///
/// Inputs: x [.., n], scale [n], shift [n].
package struct RowNormalisation: Operation {
  package var epsilon = 1e-5
  /// Mean and inverse deviation of each row.
  private let statistics = Kept<(Tensor, Tensor)>()

  package init(epsilon: Double = 1e-5) { self.epsilon = epsilon }

  package var needs: Needs { .inputs }

  /// Rows that one thread takes at a time.
  private static let rowsPerBlock = 128

  package func forward(_ x: [Tensor]) throws -> Tensor {
    guard let n = x[0].shape.last, n > 0, x[1].count == n, x[2].count == n else {
      throw Problem(
        "shape", "a normalisation of \(x[1].count) numbers was given \(x[0].shape)",
        notes: ["the last size must be \(x[1].count)"])
    }
    return x[0].precision == .f64 ? run(Double.self, x, n) : run(Float.self, x, n)
  }

  private func run<T: Element>(_ type: T.Type, _ x: [Tensor], _ n: Int) -> Tensor {
    let rows = x[0].count / n
    let mean = Tensor(uninitialised: [rows], T.precision)
    let inverse = Tensor(uninitialised: [rows], T.precision)
    let (scale, shift) = (x[1].converted(to: T.precision), x[2].converted(to: T.precision))
    statistics.value = (mean, inverse)
    defer { withExtendedLifetime((scale, shift, mean, inverse)) {} }
    return Tensor.filled(T.self, x[0].shape) { to in
      nonisolated(unsafe) let (p, y) = (x[0].pointer(T.self), to)
      nonisolated(unsafe) let (m, s) = (mean.pointer(T.self), inverse.pointer(T.self))
      nonisolated(unsafe) let (a, b) = (scale.pointer(T.self), shift.pointer(T.self))
      Loops.forEach(rows, block: Self.rowsPerBlock) {
        let i = $0.lowerBound
        T.normaliseRows(p + i * n, a, b, T(epsilon), y + i * n, m + i, s + i, $0.count, n)
      }
    }
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    x[0].precision == .f64 ? run(Double.self, gradient, x) : run(Float.self, gradient, x)
  }

  private func run<T: Element>(_ type: T.Type, _ gradient: Tensor, _ x: [Tensor]) -> [Tensor?] {
    guard let (mean, inverse) = statistics.value, let n = x[0].shape.last else {
      return [nil, nil, nil]
    }
    let rows = x[0].count / n
    let parts = (rows + Self.rowsPerBlock - 1) / Self.rowsPerBlock
    let scale = x[1].converted(to: T.precision)
    let g = gradient.converted(to: T.precision)
    // Sums of a block of rows each, added in order afterwards.
    let partial = Tensor(repeating: 0, shape: [2, parts, n], precision: T.precision)
    let dx = Tensor.filled(T.self, x[0].shape) { to in
      nonisolated(unsafe) let (p, h, d) = (x[0].pointer(T.self), g.pointer(T.self), to)
      nonisolated(unsafe) let (m, s) = (mean.pointer(T.self), inverse.pointer(T.self))
      nonisolated(unsafe) let (a, q) = (scale.pointer(T.self), partial.pointer(T.self))
      Loops.forEach(parts, block: 1) {
        for part in $0 {
          let i = part * Self.rowsPerBlock
          T.normaliseRowsGradient(
            p + i * n, a, m + i, s + i, h + i * n, d + i * n, q + part * n, q + (parts + part) * n,
            Swift.min(Self.rowsPerBlock, rows - i), n)
        }
      }
    }
    withExtendedLifetime((scale, g, mean, inverse)) {}
    let sums = Reduction(kind: .sum, axis: 1).forward([partial])
    func row(_ i: Int) -> Tensor {
      Slicing(starts: [i, 0], steps: [1, 1], sizes: [1, n]).forward([sums])
    }
    return [
      dx, Tensor(row(0), shape: x[1].shape).converted(to: x[1].precision),
      Tensor(row(1), shape: x[2].shape).converted(to: x[2].precision),
    ]
  }

  package static var samples: [Sample] {
    let x = Tensor((0..<20).map { Double(($0 * 37) % 53) / 19 - 1 }, shape: [2, 2, 5])
    let scale = Tensor([1.2, 0.8, -0.5, 1, 0.7], shape: [5])
    return [
      Sample(RowNormalisation(), [x, scale, Tensor([0.1, -0.2, 0.3, 0, 1], shape: [5])])
    ]
  }
}

extension Tensor {
  /// Each row with mean 0 and deviation 1, times `scale` plus `shift`.
  package func normalised(scale: Tensor, shift: Tensor, epsilon: Double = 1e-5) throws -> Tensor {
    try RowNormalisation(epsilon: epsilon)(self, scale, shift)
  }
}
