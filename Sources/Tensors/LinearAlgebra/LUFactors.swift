import Basics
import COpenBLAS

/// The factors P L U of square matrices: for determinants, inverses and systems of equations.
struct LUFactors {
  let matrices: Matrices
  /// By columns, the factors of the transposes.
  private let factors: Tensor
  private let pivots: [Int32]
  /// The first pivot that is 0, counted from 1, of each matrix; else 0.
  private var zeroPivots: [Int] = []
  /// Reciprocals of the condition numbers in the 1-norm.
  private var conditions: [Double] = []

  init(_ x: Tensor, for name: String, instead: [String]) throws {
    matrices = try Matrices(x, for: name, isSquare: true, instead: instead)
    let n = matrices.order
    factors = matrices.tensor.ownCopy
    try Memory.settle("`\(name)`")
    var pivots = [Int32](repeating: 0, count: matrices.count * n)
    for index in 0..<(n == 0 ? 0 : matrices.count) {
      var condition = 0.0
      let a = factors.doublesPointer + index * n * n
      let status = pivots.withUnsafeMutableBufferPointer {
        ob_lu(Int32(n), a, $0.baseAddress! + index * n, &condition, Int32(Parallel.threads))
      }
      if status < 0 { try matrices.check(status) { _ in Problem("bug", "") } }
      zeroPivots.append(Int(max(0, status)))
      conditions.append(condition)
    }
    self.pivots = pivots
  }

  private func matrix(_ index: Int) -> UnsafeMutablePointer<Double> {
    factors.doublesPointer + index * matrices.order * matrices.order
  }

  /// Refuses matrices that are singular, exactly or up to rounding.
  ///
  /// A condition number beyond the numbers' precision leaves no digit of the result right, unless
  /// it comes from rows and columns of different units alone, which `isScaledWell` takes away.
  func requireInvertible(instead: [String]) throws {
    for index in zeroPivots.indices {
      let isExact = zeroPivots[index] > 0
      if !isExact, try conditions[index] > Double.ulpOfOne / 2 || isScaledWell(index) { continue }
      let which = matrices.count > 1 ? "matrix \(index) of the stack" : "the matrix"
      throw Problem(
        "singular", "\(which) is singular: it has no inverse",
        notes: [
          isExact
            ? "its rows depend on each other: pivot \(zeroPivots[index] - 1) is 0"
            : "up to rounding, its rows depend on each other: its condition number is \(NumberText.short(1 / conditions[index], digits: 2))"
        ], suggestions: instead, argument: 0)
    }
  }

  /// Whether the matrix is well-conditioned once its rows and columns have largest numbers near 1.
  private func isScaledWell(_ index: Int) throws -> Bool {
    let n = matrices.order
    var values = matrices.tensor.withDoubles { Array($0[index * n * n..<(index + 1) * n * n]) }
    func scale(_ places: (Int) -> StrideTo<Int>) {
      for line in 0..<n {
        let largest = places(line).reduce(0) { max($0, abs(values[$1])) }
        guard largest > 0 else { continue }
        // A power of two, so that nothing is rounded.
        let factor = Double(
          sign: .plus, exponent: -min(max(Int(largest.exponent), -1000), 1000), significand: 1)
        for place in places(line) { values[place] *= factor }
      }
    }
    scale { stride(from: $0 * n, to: ($0 + 1) * n, by: 1) }
    scale { stride(from: $0, to: n * n, by: n) }
    var (condition, pivots) = (0.0, [Int32](repeating: 0, count: n))
    let status = ob_lu(Int32(n), &values, &pivots, &condition, Int32(Parallel.threads))
    return status == 0 && condition > Double.ulpOfOne / 2
  }

  /// One determinant for each matrix.
  func determinants() throws -> Tensor {
    let n = matrices.order
    let result = try matrices.result([])
    for index in 0..<matrices.count {
      var product = 1.0
      for i in 0..<n {
        product *= matrix(index)[i * n + i]
        // Rows are counted from 1.
        if Int(pivots[index * n + i]) != i + 1 { product = -product }
      }
      result.doublesPointer[index] = product
    }
    return result
  }

  /// The inverses.
  func inverses() throws -> Tensor {
    // By columns, the inverse of the transpose is the inverse by rows.
    let result = factors.ownCopy
    let n = matrices.order
    for index in 0..<(n == 0 ? 0 : matrices.count) {
      let status = pivots.withUnsafeBufferPointer {
        ob_lu_inverse(
          Int32(n), result.doublesPointer + index * n * n, $0.baseAddress! + index * n,
          Int32(Parallel.threads))
      }
      try matrices.check(status, matrices.didNotConverge)
    }
    return result
  }

  /// The solutions of A x = b, or of Aᵀ x = b, for right sides [.., n, columns] in double precision
  /// whose stack is that of the matrices.
  func solutions(_ b: Tensor, isTransposed: Bool = false) throws -> Tensor {
    let (n, columns) = (matrices.order, b.shape[b.rank - 1])
    let sides = try b.transposed()
    for index in 0..<(sides.count == 0 ? 0 : matrices.count) {
      let status = pivots.withUnsafeBufferPointer {
        ob_lu_solve(
          isTransposed ? 0 : 1, Int32(n), Int32(columns), matrix(index),
          $0.baseAddress! + index * n,
          sides.doublesPointer + index * n * columns, Int32(Parallel.threads))
      }
      try matrices.check(status, matrices.didNotConverge)
    }
    return try sides.transposed()
  }
}
