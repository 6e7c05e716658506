import Basics
import COpenBLAS

/// Eigenvalues of square matrices with their eigenvectors, which have length 1 and stand in
/// columns.
package enum Eigenvectors {
  /// Of symmetric matrices, and of others all of whose eigenvalues are real.
  case real(values: Tensor, vectors: Tensor)
  case complex(values: ComplexTensor, vectors: ComplexTensor)

  /// In rising order of the real parts, then of the imaginary ones. The largest number of each
  /// vector is positive.
  package init(of x: Tensor) throws {
    try Gradients.refuse(x.isTracked, "eig")
    let matrices = try Matrices(
      x, for: "eig", isSquare: true, instead: ["svd(left)   takes matrices of every shape"])
    if matrices.asymmetry == nil {
      self = try Self.symmetric(matrices, x.precision)
    } else {
      self = try Self.general(matrices, x.precision)
    }
  }

  private static func symmetric(_ matrices: Matrices, _ precision: Precision) throws
    -> Eigenvectors
  {
    let n = matrices.order
    let (values, rows) = try (matrices.result([n]), matrices.result([n, n]))
    try matrices.forEach { index, a in
      let status =
        n == 0
        ? 0
        : ob_eigen_symmetric(
          Int32(n), a, values.doublesPointer + index * n, Int32(Parallel.threads))
      try matrices.check(status, matrices.didNotConverge)
      for j in 0..<n {
        let largest = (0..<n).max { abs(a[j * n + $0]) < abs(a[j * n + $1]) } ?? 0
        if a[j * n + largest] < 0 { for i in 0..<n { a[j * n + i].negate() } }
      }
      (rows.doublesPointer + index * n * n).update(from: a, count: n * n)
    }
    return .real(
      values: values.converted(to: precision),
      vectors: try rows.transposed().converted(to: precision))
  }

  private static func general(_ matrices: Matrices, _ precision: Precision) throws -> Eigenvectors {
    let n = matrices.order
    let (re, im) = try (matrices.result([n]), matrices.result([n]))
    let (vre, vim) = try (matrices.result([n, n]), matrices.result([n, n]))
    var isReal = true
    try matrices.forEach(byColumns: true) { index, a in
      var (x, y) = ([Double](repeating: 0, count: n), [Double](repeating: 0, count: n))
      var packed = [Double](repeating: 0, count: n * n)
      let status = ob_eigen(Int32(n), a, &x, &y, &packed, Int32(Parallel.threads))
      try matrices.check(status, matrices.didNotConverge)
      isReal = isReal && y.allSatisfy { $0 == 0 }
      let order = (0..<n).sorted { (x[$0], y[$0], $0) < (x[$1], y[$1], $1) }
      for (j, from) in order.enumerated() {
        re.doublesPointer[index * n + j] = x[from]
        im.doublesPointer[index * n + j] = y[from]
        // The columns of a pair are the parts of the first; the second is its conjugate.
        let first = y[from] < 0 ? from - 1 : from
        var vector = (0..<n).map { i in
          (packed[first * n + i], y[from] == 0 ? 0 : packed[(first + 1) * n + i])
        }
        if y[from] < 0 { vector = vector.map { ($0.0, -$0.1) } }
        normalise(&vector)
        for i in 0..<n {
          vre.doublesPointer[(index * n + j) * n + i] = vector[i].0
          vim.doublesPointer[(index * n + j) * n + i] = vector[i].1
        }
      }
    }
    if isReal {
      return .real(
        values: re.converted(to: precision), vectors: try vre.transposed().converted(to: precision))
    }
    return .complex(
      values: ComplexTensor(re, im),
      vectors: ComplexTensor(try vre.transposed(), try vim.transposed()))
  }

  /// Turns a vector so that its largest number is real and positive.
  private static func normalise(_ vector: inout [(Double, Double)]) {
    // Sizes that differ by rounding alone count as equal, so that the choice does not depend on it.
    var (pivot, size) = ((1.0, 0.0), 0.0)
    for z in vector {
      let square = z.0 * z.0 + z.1 * z.1
      if square > size * (1 + 1e-9) { (pivot, size) = (z, square) }
    }
    guard size > 0 else { return }
    let length = size.squareRoot()
    let (c, s) = (pivot.0 / length, pivot.1 / length)
    vector = vector.map { z in (z.0 * c + z.1 * s, z.1 * c - z.0 * s) }
  }
}
