import Basics
import Testing

@testable import Tensors

/// Laws of factors and inverses, on matrices of many shapes.
@Suite struct LinearAlgebraTests {
  static let shapes = [[1, 1], [2, 2], [3, 3], [7, 4], [4, 7], [5, 5], [40, 40], [3, 6, 4]]
  static let squares = [[1, 1], [2, 2], [5, 5], [40, 40], [3, 4, 4]]

  /// Normal numbers, the same for each shape.
  private func random(_ shape: [Int], seed: UInt64 = 1) -> Tensor {
    var source = RandomSource(seed: seed)
    return Tensor((0..<shape.reduce(1, *)).map { _ in source.normal() }, shape: shape)
  }

  private func distance(_ a: Tensor, _ b: Tensor) throws -> Double {
    #expect(a.shape == b.shape)
    return try a.subtracting(b).doubles.map(abs).max() ?? 0
  }

  private func identity(_ n: Int, like shape: [Int]) throws -> Tensor {
    var eye = Tensor(repeating: 0, shape: [n, n])
    for i in 0..<n { eye[flat: i * (n + 1)] = 1 }
    return try eye.stretched(to: Array(shape.dropLast(2)) + [n, n])
  }

  private func diagonal(_ s: Tensor, _ vt: Tensor) throws -> Tensor {
    try s.withNewAxis(at: s.rank).multiplying(vt)
  }

  @Test(arguments: shapes) func `A is Q R, with Q orthonormal and R triangular`(_ shape: [Int])
    throws
  {
    let a = random(shape)
    let (q, r) = try a.qrFactors()
    let k = min(shape[shape.count - 2], shape[shape.count - 1])
    #expect(try distance(q.matmul(r), a) < 1e-12)
    #expect(try distance(q.transposed().matmul(q), identity(k, like: shape)) < 1e-12)
    let n = shape[shape.count - 1]
    for place in 0..<r.count {
      let (i, j) = (place / n % k, place % n)
      if i > j { #expect(r[flat: place] == 0) }
      if i == j { #expect(r[flat: place] >= 0) }
    }
  }

  @Test(arguments: shapes) func `the singular value decomposition reconstructs A`(_ shape: [Int])
    throws
  {
    let a = random(shape)
    let (u, s, vt) = try a.singularValues()
    let k = min(shape[shape.count - 2], shape[shape.count - 1])
    #expect(try distance(u.matmul(diagonal(s, vt)), a) < 1e-12)
    #expect(try distance(u.transposed().matmul(u), identity(k, like: shape)) < 1e-12)
    #expect(try distance(vt.matmul(vt.transposed()), identity(k, like: shape)) < 1e-12)
    for i in 1..<max(2, s.count) where i < s.count && i % k != 0 {
      #expect(s[flat: i - 1] >= s[flat: i])
    }
    let full = try a.singularValues(isFull: true)
    #expect(full.u.shape.last == shape[shape.count - 2])
    #expect(full.vt.shape.last == shape[shape.count - 1])
    #expect(try distance(full.s, s) < 1e-12)
  }

  @Test(arguments: squares) func `a solution has no residual`(_ shape: [Int]) throws {
    let a = random(shape, seed: 2)
    let n = shape[shape.count - 1]
    for columns in [1, 3] {
      let b = random([n, columns], seed: 3)
      let x = try a.solving(b)
      let residual = try a.matmul(x)
      #expect(
        try distance(residual, b.stretched(to: Array(shape.dropLast(2)) + [n, columns])) < 1e-10)
    }
    let b = random([n], seed: 4)
    #expect(try a.solving(b).shape == Array(shape.dropLast()))
  }

  @Test(arguments: squares) func `A times its inverse is the identity`(_ shape: [Int]) throws {
    let a = random(shape, seed: 2)
    let product = try a.matmul(a.inverse())
    #expect(try distance(product, identity(shape[shape.count - 1], like: shape)) < 1e-10)
  }

  @Test func `the determinant of a product is the product of the determinants`() throws {
    let (a, b) = (random([5, 5], seed: 8), random([5, 5], seed: 9))
    let (p, q) = try (a.determinant().item, b.determinant().item)
    #expect(abs(try a.matmul(b).determinant().item - p * q) < 1e-10 * abs(p * q))
    #expect(try Tensor([0, 1, 1, 0], shape: [2, 2]).determinant().item == -1)
  }

  @Test(arguments: squares) func `L times its transpose is A`(_ shape: [Int]) throws {
    let n = shape[shape.count - 1]
    let x = random(shape, seed: 5)
    let a = try x.matmul(transposed: x).adding(identity(n, like: shape))
    let l = try a.cholesky()
    #expect(try distance(l.matmul(transposed: l), a) < 1e-11)
    for place in 0..<l.count where place / n % n < place % n { #expect(l[flat: place] == 0) }
  }

  @Test(arguments: squares) func `A v is λ v for symmetric matrices`(_ shape: [Int]) throws {
    let x = random(shape, seed: 6)
    let a = try x.adding(x.transposed())
    guard case .real(let values, let vectors) = try Eigenvectors(of: a) else {
      Issue.record("eigenvalues of a symmetric matrix are real")
      return
    }
    let scaled = try vectors.multiplying(values.withNewAxis(at: values.rank - 1))
    #expect(try distance(a.matmul(vectors), scaled) < 1e-11)
    let n = shape[shape.count - 1]
    #expect(
      try distance(vectors.transposed().matmul(vectors), identity(n, like: shape)) < 1e-11)
  }

  @Test(arguments: squares) func `A v is λ v for other matrices`(_ shape: [Int]) throws {
    let a = random(shape, seed: 7)
    let (values, vectors): (ComplexTensor, ComplexTensor)
    switch try Eigenvectors(of: a) {
    case .real(let w, let v): (values, vectors) = (ComplexTensor(w), ComplexTensor(v))
    case .complex(let w, let v): (values, vectors) = (w, v)
    }
    let left = try ComplexTensor(a).matmul(vectors)
    let right = try vectors.multiplying(
      values.mapped { try $0.withNewAxis(at: $0.rank - 1) })
    #expect(try left.subtracting(right).modulus().doubles.max() ?? 0 < 1e-10)
  }

  @Test func `a rotation has the eigenvalues exp(±iφ)`() throws {
    let a = Tensor([0.6, -0.8, 0.8, 0.6], shape: [2, 2])
    guard case .complex(let values, _) = try Eigenvectors(of: a) else {
      Issue.record("a rotation has no real eigenvalues")
      return
    }
    #expect(zip(values.real.doubles, [0.6, 0.6]).allSatisfy { abs($0 - $1) < 1e-14 })
    #expect(zip(values.imaginary.doubles, [-0.8, 0.8]).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  @Test(arguments: [[5, 3], [3, 5], [4, 4]])
  func `the pseudo-inverse meets its four equations`(_ shape: [Int]) throws {
    // One singular value is 0.
    let k = min(shape[0], shape[1]) - 1
    let a = try random([shape[0], k], seed: 10).matmul(random([k, shape[1]], seed: 11))
    let p = try a.pseudoInverse()
    let (ap, pa) = try (a.matmul(p), p.matmul(a))
    #expect(try distance(ap.matmul(a), a) < 1e-11)
    #expect(try distance(pa.matmul(p), p) < 1e-11)
    #expect(try distance(ap.transposed(), ap) < 1e-11)
    #expect(try distance(pa.transposed(), pa) < 1e-11)
  }

  @Test(arguments: [[6, 3], [3, 6], [4, 4]])
  func `least squares is what the pseudo-inverse gives`(_ shape: [Int]) throws {
    let a = random(shape, seed: 12)
    for sides in [[shape[0]], [shape[0], 2]] {
      let b = random(sides, seed: 13)
      #expect(try distance(a.leastSquares(b), a.pseudoInverse().matmul(b)) < 1e-11)
    }
  }

  @Test func `rows and columns of different units do not make a matrix singular`() throws {
    let a = Tensor([1e-20, 0, 0, 1e20], shape: [2, 2])
    #expect(try a.inverse().doubles == [1e20, 0, 0, 1e-20])
  }

  @Test func `single precision stays single`() throws {
    let a = random([3, 3]).converted(to: .f32)
    #expect(try a.inverse().precision == .f32)
    #expect(try a.singularValues().s.precision == .f32)
  }

  @Test func `empty matrices have empty factors`() throws {
    let none = Tensor([], shape: [0, 0])
    #expect(try none.inverse().shape == [0, 0])
    #expect(try none.determinant().item == 1)
    #expect(try none.cholesky().shape == [0, 0])
    #expect(try Tensor([], shape: [3, 0]).qrFactors().q.shape == [3, 0])
    #expect(try Tensor([], shape: [3, 0]).singularValues().s.shape == [0])
    #expect(try Tensor([], shape: [0, 3]).pseudoInverse().shape == [3, 0])
    #expect(try Tensor([], shape: [0, 2]).leastSquares(Tensor([], shape: [0])).doubles == [0, 0])
    guard case .real(let values, _) = try Eigenvectors(of: none) else { return }
    #expect(values.count == 0)
  }

  private func problem(_ body: () throws -> Void) -> Problem? {
    do { try body() } catch { return error as? Problem }
    return nil
  }

  @Test func `what a matrix lacks is said with its slug`() {
    let singular = Tensor([1, 2, 3, 4, 5, 6, 7, 8, 9], shape: [3, 3])
    #expect(problem { _ = try singular.inverse() }?.slug == "singular")
    #expect(
      problem { _ = try singular.solving(Tensor([1, 2, 3], shape: [3])) }?.slug == "singular")
    #expect(
      problem { _ = try Tensor([1, 2, 2, 1], shape: [2, 2]).cholesky() }?.slug == "definite")
    #expect(problem { _ = try Tensor([1, 2, 0, 1], shape: [2, 2]).cholesky() }?.slug == "shape")
    let wide = Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])
    #expect(problem { _ = try wide.inverse() }?.slug == "shape")
    #expect(problem { _ = try wide.determinant() }?.slug == "shape")
    #expect(problem { _ = try Eigenvectors(of: wide) }?.slug == "shape")
    #expect(problem { _ = try Tensor([1, 2], shape: [2]).inverse() }?.slug == "shape")
    let missing = Tensor([1, .nan, 3, 4], shape: [2, 2])
    #expect(problem { _ = try missing.singularValues() }?.slug == "nan")
    #expect(problem { _ = try missing.inverse() }?.slug == "nan")
    #expect(
      problem { _ = try Tensor([1], shape: [1, 1]).tracked().qrFactors() }?.slug == "gradient")
  }
}
