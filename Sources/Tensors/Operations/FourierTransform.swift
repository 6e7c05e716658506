import Basics
import CKernels

/// The discrete Fourier transform along one axis: X[k] = Σ x[j] exp(∓2πi jk/n), not divided by n.
///
/// Inputs: real and imaginary part, in double precision and of one shape. The result holds both
/// parts, one after the other along a new first axis.
package struct FourierTransform: Operation {
  /// The axis that is transformed.
  package var axis: Int
  /// Whether the exponent has the positive sign.
  package var isInverse = false

  package var needs: Needs { [] }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    let shape = x[0].shape
    var order = Array(shape.indices)
    order.append(order.remove(at: axis))
    let parts = [x[0], x[1]].map { Permutation(order: order).forward([$0.converted(to: .f64)]) }
    let moved = order.map { shape[$0] }
    let result = Tensor(uninitialised: [2] + moved, .f64)
    let (n, count) = (shape[axis], parts[0].count)
    if count > 0 {
      let y = result.doublesPointer
      for (i, part) in parts.enumerated() {
        (y + i * count).update(from: part.doublesPointer, count: count)
      }
      // Both parts exchanged give the other sign.
      try Self.transform(
        rows: count / n, of: n, isInverse ? y + count : y, isInverse ? y : y + count)
    }
    withExtendedLifetime(parts) {}
    var back = order
    for (to, from) in order.enumerated() { back[from] = to + 1 }
    return Permutation(order: [0] + back).forward([result])
  }

  private static func transform(
    rows: Int, of n: Int, _ real: UnsafeMutablePointer<Double>,
    _ imaginary: UnsafeMutablePointer<Double>
  ) throws {
    guard let made = ck_fourier_make(n) else {
      throw Problem("memory", "there is no memory for a Fourier transform of length \(n)")
    }
    defer { ck_fourier_free(made) }
    nonisolated(unsafe) let (plan, re, im) = (made, real, imaginary)
    let work = Int(ck_fourier_work(plan))
    // A transform of n numbers is worth about 10 n numbers of elementwise work.
    Loops.forEach(rows, block: Loops.block / (10 * n)) { range in
      let space = Storage(bytes: work * 8)
      let numbers = space.pointer.assumingMemoryBound(to: Double.self)
      for row in range { ck_fourier_run(plan, re + row * n, im + row * n, numbers) }
      withExtendedLifetime(space) {}
    }
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    let (re, im) = try (gradient.indexed([.at(0)]), gradient.indexed([.at(1)]))
    let back = try FourierTransform(axis: axis, isInverse: !isInverse).forward([re, im])
    return try [0, 1].map { try back.indexed([.at($0)]).converted(to: x[$0].precision) }
  }

  package static var samples: [Sample] {
    func t(_ shape: [Int], _ seed: Int) -> Tensor {
      Tensor(
        (0..<shape.reduce(1, *)).map { Double(($0 * 5 + seed) % 7) / 3 - 0.8 }, shape: shape)
    }
    return [
      Sample(FourierTransform(axis: 0), [t([6], 1), t([6], 2)]),
      Sample(FourierTransform(axis: 1, isInverse: true), [t([2, 5], 1), t([2, 5], 4)]),
      Sample(FourierTransform(axis: 0), [t([4, 3], 3), t([4, 3], 2)]),
    ]
  }
}
