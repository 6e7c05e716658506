import Basics
import COpenBLAS

extension Tensor {
  /// The lower triangle L with L Lᵀ equal to this symmetric, positive definite matrix.
  package func cholesky() throws -> Tensor {
    try Gradients.refuse(isTracked, "cholesky")
    let matrices = try Matrices(self, for: "cholesky", isSquare: true)
    try matrices.requireSymmetric()
    let n = matrices.order
    let result = try matrices.result([n, n])
    try matrices.forEach { index, a in
      let status = n == 0 ? 0 : ob_cholesky(Int32(n), a, Int32(Parallel.threads))
      try matrices.check(status) { order in
        Problem(
          "definite", "the matrix [\(n), \(n)] is not positive definite",
          notes: ["its leading minor of order \(order) is not positive"],
          suggestions: ["eig(left).values   shows which eigenvalues are not positive"], argument: 0)
      }
      // By columns the upper triangle, by rows the lower one.
      for i in 0..<n { for j in i + 1..<Swift.max(i + 1, n) { a[i * n + j] = 0 } }
      (result.doublesPointer + index * n * n).update(from: a, count: n * n)
    }
    return result.converted(to: precision)
  }

  /// Q with orthonormal columns and R, upper triangular with no negative number on its diagonal,
  /// whose product is this matrix.
  package func qrFactors() throws -> (q: Tensor, r: Tensor) {
    try Gradients.refuse(isTracked, "qr")
    let matrices = try Matrices(self, for: "qr")
    let (m, n, k) = (matrices.rows, matrices.columns, matrices.rank)
    let (q, r) = try (matrices.result([k, m]), matrices.result([n, k]))
    try matrices.forEach(byColumns: true) { index, a in
      let (qs, rs) = (q.doublesPointer + index * k * m, r.doublesPointer + index * n * k)
      let status = k == 0 ? 0 : ob_qr(Int32(m), Int32(n), a, rs, Int32(Parallel.threads))
      try matrices.check(status, matrices.didNotConverge)
      qs.update(from: a, count: k * m)
      // The signs are LAPACK's choice; these make the factors unique.
      for i in 0..<k where rs[i * k + i] < 0 {
        for j in 0..<m { qs[i * m + j].negate() }
        for j in i..<n { rs[j * k + i].negate() }
      }
    }
    return try (q.transposed().converted(to: precision), r.transposed().converted(to: precision))
  }

  /// U with orthonormal columns, the singular values in falling order, and Vᵀ, with
  /// U diag(s) Vᵀ equal to this matrix. The largest number of each column of U is positive.
  ///
  /// - Parameter isFull: whether U and Vᵀ are square.
  package func singularValues(isFull: Bool = false) throws -> (u: Tensor, s: Tensor, vt: Tensor) {
    try Gradients.refuse(isTracked, "svd")
    let matrices = try Matrices(self, for: "svd")
    let (m, n, k) = (matrices.rows, matrices.columns, matrices.rank)
    let (p, q) = isFull ? (m, n) : (k, k)
    let (u, s, vt) = try (
      matrices.result([m, p]), matrices.result([k]), matrices.result([q, n])
    )
    if k == 0 {
      return (Tensor.identities(u.shape), s, Tensor.identities(vt.shape))
    }
    // Stored by rows, LAPACK sees the transpose: its U is V, its Vᵀ by columns is U by rows.
    try matrices.forEach { index, a in
      let (us, vs) = (u.doublesPointer + index * m * p, vt.doublesPointer + index * q * n)
      let status = ob_svd(
        isFull ? 1 : 0, Int32(n), Int32(m), a, s.doublesPointer + index * k, vs, us,
        Int32(Parallel.threads))
      try matrices.check(status, matrices.didNotConverge)
      for j in 0..<k {
        let largest = (0..<m).max { Swift.abs(us[$0 * p + j]) < Swift.abs(us[$1 * p + j]) } ?? 0
        guard us[largest * p + j] < 0 else { continue }
        for i in 0..<m { us[i * p + j].negate() }
        for i in 0..<n { vs[j * n + i].negate() }
      }
    }
    return (
      u.converted(to: precision), s.converted(to: precision), vt.converted(to: precision)
    )
  }

  /// The pseudo-inverse (Moore and Penrose): singular values below `cut` times the largest count
  /// as 0.
  package func pseudoInverse(cut: Double? = nil) throws -> Tensor {
    try Gradients.refuse(isTracked, "pinv")
    let matrices = try Matrices(self, for: "pinv")
    let (u, s, vt) = try converted(to: .f64).singularValues()
    let cut = cut ?? matrices.usualCut
    var inverses = s
    let k = matrices.rank
    for index in 0..<s.count {
      let largest = s[flat: index / k * k]
      inverses[flat: index] = s[flat: index] > cut * largest ? 1 / s[flat: index] : 0
    }
    // V diag(1/s) Uᵀ.
    let scaled = try inverses.withNewAxis(at: inverses.rank).multiplying(vt)
    return try MatrixProduct(transposesLeft: true, transposesRight: true)(scaled, u)
      .converted(to: precision)
  }

  /// The shortest x for which |self @ x - b| is least; `b` is a vector or a matrix of columns.
  package func leastSquares(_ b: Tensor, cut: Double? = nil) throws -> Tensor {
    try Gradients.refuse(isTracked || b.isTracked, "lstsq")
    let matrices = try Matrices(self, for: "lstsq")
    let (m, n) = (matrices.rows, matrices.columns)
    guard rank == 2, b.rank == 1 || b.rank == 2, b.shape[0] == m else {
      throw Problem(
        "shape", "`lstsq` cannot meet \(shape) with a right side of shape \(b.shape)",
        notes: ["the right side needs \(m) rows, one for each of the matrix"],
        argument: rank == 2 ? 1 : 0)
    }
    let sides = b.rank == 1 ? Tensor(b.detached.rowMajor, shape: [m, 1]) : b.detached.rowMajor
    try matrices.requireFinite(sides, argument: 1)
    let columns = sides.shape[1]
    let height = Swift.max(m, n)
    let padded = try sides.converted(to: .f64)
      .padded(before: [0, 0], after: [height - m, 0]).transposed()
    if matrices.rank > 0, columns > 0 {
      var singular = [Double](repeating: 0, count: matrices.rank)
      var found: Int32 = 0
      try matrices.forEach(byColumns: true) { _, a in
        let status = ob_least_squares(
          Int32(m), Int32(n), Int32(columns), a, padded.doublesPointer, &singular,
          cut ?? matrices.usualCut, &found, Int32(Parallel.threads))
        try matrices.check(status, matrices.didNotConverge)
      }
    }
    var x = try padded.transposed().sliced(axis: 0, 0..<n)
    if matrices.rank == 0 { x = x.zeros() }
    return (b.rank == 1 ? Tensor(x, shape: [n]) : x)
      .converted(to: .joined(precision, b.precision))
  }

  /// Matrices with ones on the diagonal.
  fileprivate static func identities(_ shape: [Int]) -> Tensor {
    var result = Tensor(repeating: 0, shape: shape)
    let (m, n) = (shape[shape.count - 2], shape[shape.count - 1])
    for place in 0..<result.count where place / n % m == place % n { result[flat: place] = 1 }
    return result
  }
}

extension Matrices {
  /// The share of the largest singular value below which one cannot be told from 0.
  fileprivate var usualCut: Double { Double(max(rows, columns)) * .ulpOfOne }

  /// Refuses matrices whose numbers differ from their mirror images by more than rounding.
  fileprivate func requireSymmetric() throws {
    guard let place = asymmetry else { return }
    let (i, j) = (place / order % order, place % order)
    let mirror = place - (i * order + j) + j * order + i
    throw Problem(
      "shape", "`\(name)` takes a symmetric matrix",
      notes: [
        "[\(i), \(j)] is \(NumberText.short(tensor[flat: place])), "
          + "[\(j), \(i)] is \(NumberText.short(tensor[flat: mirror]))"
      ], suggestions: ["(left + left.T)/2"], argument: 0)
  }

  /// The flat position of a number that differs from its mirror image by more than rounding.
  var asymmetry: Int? {
    tensor.withDoubles { values in
      let n = order
      let slack = 1e-12 * values.reduce(0) { max($0, abs($1)) }
      for start in stride(from: 0, to: values.count, by: max(1, n * n)) {
        for i in 0..<n {
          for j in 0..<i where abs(values[start + i * n + j] - values[start + j * n + i]) > slack {
            return start + i * n + j
          }
        }
      }
      return nil
    }
  }
}
