import Basics
import Language
import Tensors

/// Products, systems of equations and factors of matrices. Matrices of a stack [.., m, n] are each
/// worked on by themselves.
enum LinearAlgebra: BuiltinLibrary {
  static let title = "Linear algebra"

  static let builtins: [Builtin] = products + equations + factors

  private static let cut = Parameter<Double?>.optional(
    "rcond", "share of the largest singular value below which others count as 0", namedOnly: true)

  private static let products: [Builtin] = [
    Builtin(
      "dot",
      """
      The sum of the products of two tensors of one shape; complex numbers are not conjugated.

          dot([1, 2, 3], [4, 5, 6])      #> 32
          dot([1, 0], [0, 1])            #> 0
          dot([1im, 2], [1im, 1])        #> 1 + 0im
      """, Parameter<AnyTensor>("a", "tensor"),
      Parameter<AnyTensor>("b", "tensor of the same shape")
    ) { (a: AnyTensor, b: AnyTensor) in try a.product(b) { try $0.multiplying($1).sum() } },
    Builtin(
      "outer",
      """
      All products of two tensors of rank 1.

          outer([1, 2], [3, 4])          #> [3, 4; 6, 8]
          outer([1], [2, 3]).shape       #> (1, 2)
      """, Parameter<AnyTensor>("a", "tensor of rank 1"),
      Parameter<AnyTensor>("b", "tensor of rank 1")
    ) { (a: AnyTensor, b: AnyTensor) in
      try a.product(b) { a, b in
        try Memory.check([a.count, b.count], "the products")
        return try a.reshaped([a.count, 1]).matmul(b.reshaped([1, b.count]))
      }
    },
    Builtin(
      "einsum",
      """
      Sums of products in Einstein's notation: letters name the axes of each tensor, those that
      the result lacks are summed over.

      A letter that stands twice in one tensor takes its diagonal. Without an arrow the result has,
      in alphabetical order, the letters that occur once. Products that are products of matrices,
      or stacks of them, are computed as such.

          A = [1, 2; 3, 4]
          einsum("ij,jk->ik", A, A) == A @ A     #> [true, true; true, true]
          einsum("ii->", A)                      #> 5
          einsum("ij->ji", A)                    #> [1, 3; 2, 4]
          einsum("i,j->ij", [1, 2], [3, 4])      #> [3, 4; 6, 8]
          einsum("ij->i", A)                     #> [3, 7]
      """, Parameter("notation", "letters of the tensors, `->`, letters of the result"),
      Parameter<[Value]>.rest("tensors", "one tensor for each group of letters")
    ) { (notation: String, values: [Value]) in
      let sum = try EinsteinSum(notation)
      let operands = try values.enumerated().map { index, value in
        guard let tensor = AnyTensor.converted(from: value) else {
          throw Problem(
            "type", "`einsum` sums over tensors, not \(Spelling.article(value.typeName))",
            argument: index + 1)
        }
        return tensor
      }
      return try einstein(sum, operands)
    },
  ]

  private static let equations: [Builtin] = [
    Builtin(
      "solve",
      """
      The x with `A @ x == b`, for a square matrix that has an inverse.

      b is a vector, or a matrix whose columns are solved for each by itself. A matrix without
      an inverse, exactly or up to rounding, is an error; `lstsq` has an answer for every matrix.

          solve([2, 0; 0, 4], [2, 2])            #> [1, 0.5]
          A = [1, 2; 3, 4]
          solve(A, A @ [5; 6])                   #> [5; 6]
      """, Parameter("A", "square matrix [n, n], or a stack of them"),
      Parameter("b", "right side, [n] or [n, columns]")
    ) { (a: AnyTensor, b: AnyTensor) in
      if case .real(let a) = a, case .real(let b) = b { return AnyTensor.real(try a.solving(b)) }
      return AnyTensor.complex(try a.asComplex.solving(b.asComplex))
    },
    Builtin(
      "inv",
      """
      The inverse of a square matrix.

      To solve A x = b, `solve(A, b)` is faster and more exact than `inv(A) @ b`. A matrix without
      an inverse, exactly or up to rounding, is an error; `pinv` has a value for every matrix.

          inv([1, 0; 0, 0.5])            #> [1, 0; 0, 2]
          inv([1, 2; 3, 4]) @ [1, 2; 3, 4] ≈ eye(2)      #> [true, true; true, true]
      """, Parameter("A", "square matrix [n, n], or a stack of them")
    ) { (a: AnyTensor) in
      switch a {
      case .real(let a): AnyTensor.real(try a.inverse())
      case .complex(let a): AnyTensor.complex(try a.inverse())
      }
    },
    Builtin(
      "det",
      """
      The determinant of a square matrix; 1 for an empty one.

          det([1, 2; 3, 4])              #> -2
          det([1, 2; 2, 4])              #> 0
      """, Parameter("A", "square matrix [n, n], or a stack of them")
    ) { (a: Tensor) in try a.determinant() },
    Builtin(
      "lstsq",
      """
      The x for which |A x - b| is least; of several such, the shortest.

      It fits a line through points, and answers systems that have no solution, or many. b is a
      vector or a matrix of columns.

          lstsq([1, 0; 1, 1; 1, 2], [1, 3, 5])   #> [1, 2]
          lstsq([1, 1; 1, 1], [2, 4])            #> [1.5, 1.5]
      """, Parameter("A", "matrix [m, n]"), Parameter("b", "right side, [m] or [m, columns]"), cut
    ) { (a: AnyTensor, b: AnyTensor, cut: Double?) in
      if case .real(let a) = a, case .real(let b) = b {
        return AnyTensor.real(try a.leastSquares(b, cut: cut))
      }
      return AnyTensor.complex(try a.asComplex.leastSquares(b.asComplex, cut: cut))
    },
    Builtin(
      "pinv",
      """
      The pseudo-inverse of a matrix (Moore and Penrose), its inverse if it has one.

          pinv([1, 0; 0, 0])             #> [1, 0; 0, 0]
          pinv([1, 2; 3, 4; 5, 6]).shape #> (2, 3)
      """, Parameter("A", "matrix [m, n], or a stack of them"), cut
    ) { (a: AnyTensor, cut: Double?) in
      switch a {
      case .real(let a): AnyTensor.real(try a.pseudoInverse(cut: cut))
      case .complex(let a): AnyTensor.complex(try a.pseudoInverse(cut: cut))
      }
    },
  ]

  private static let factors: [Builtin] = [
    Builtin(
      "eig",
      """
      Eigenvalues and eigenvectors: `A @ vectors[:, j]` is `values[j]*vectors[:, j]`.

      Eigenvalues rise, by their real parts and then by their imaginary ones; vectors have length 1
      and stand in columns. Those of a symmetric matrix are real and orthogonal; others may be
      complex, and then both results are.

          eig([2, 1; 1, 2]).values               #> [1, 3]
          eig([0, -1; 1, 0]).values              #> [0 - 1im, 0 + 1im]
          A = [1, 2; 3, 4]
          w, V = eig(A)
          max(|A @ V - V*w|) < 1e-12             #> true
      """, Parameter("A", "square matrix [n, n], or a stack of them")
    ) { (a: Tensor) in
      let names = ["values", "vectors"]
      switch try Eigenvectors(of: a) {
      case .real(let values, let vectors):
        return Value.tuple(TupleValue([Value(values), Value(vectors)], names: names))
      case .complex(let values, let vectors):
        return .tuple(TupleValue([Value(values), Value(vectors)], names: names))
      }
    },
    Builtin(
      "svd",
      """
      The singular values s in falling order, with U and Vt, so that `(U*s) @ Vt` is A.

      The columns of U and the rows of Vt are orthonormal. With `full = true` both are square.

          svd([3, 0; 0, 4]).s                    #> [4, 3]
          A = [1, 2; 3, 4; 5, 6]
          U, s, Vt = svd(A)
          (U.shape, s.shape, Vt.shape)           #> ((3, 2), (2,), (2, 2))
          max(|(U*s) @ Vt - A|) < 1e-12          #> true
      """, Parameter("A", "matrix [m, n], or a stack of them"),
      Parameter("full", "whether U and Vt are square", default: false, namedOnly: true)
    ) { (a: Tensor, isFull: Bool) in
      let (u, s, vt) = try a.singularValues(isFull: isFull)
      return TupleValue([Value(u), Value(s), Value(vt)], names: ["U", "s", "Vt"])
    },
    Builtin(
      "qr",
      """
      Q with orthonormal columns and R, upper triangular, whose product is A.

      With k = min(m, n), Q is [m, k] and R is [k, n]. No number on the diagonal of R is negative,
      which leaves one choice for a matrix of full rank.

          qr([0, 1; 2, 3]).R                     #> [2, 3; 0, 1]
          A = [1, 2; 3, 4; 5, 6]
          Q, R = qr(A)
          max(|Q @ R - A|) < 1e-12               #> true
      """, Parameter("A", "matrix [m, n], or a stack of them")
    ) { (a: Tensor) in
      let (q, r) = try a.qrFactors()
      return TupleValue([Value(q), Value(r)], names: ["Q", "R"])
    },
    Builtin(
      "cholesky",
      """
      The lower triangular L with a positive diagonal whose `L @ L.T` is A.

      A is symmetric and positive definite, as covariances are; any other matrix is an error.

          cholesky([4, 2; 2, 5])                 #> [2, 0; 1, 2]
          cholesky(9eye(2))                      #> [3, 0; 0, 3]
      """, Parameter("A", "symmetric, positive definite matrix [n, n], or a stack of them")
    ) { (a: Tensor) in try a.cholesky() },
  ]

  /// A sum over complex tensors is linear in each of them.
  private static func einstein(_ sum: EinsteinSum, _ operands: [AnyTensor]) throws -> AnyTensor {
    var real: [Tensor] = []
    for (index, operand) in operands.enumerated() {
      switch operand {
      case .real(let tensor): real.append(tensor)
      case .complex(let tensor):
        func part(_ part: Tensor) throws -> ComplexTensor {
          var parts = operands
          parts[index] = .real(part)
          return try einstein(sum, parts).asComplex
        }
        let (re, im) = try (part(tensor.real), part(tensor.imaginary))
        return .complex(
          try re.adding(ComplexTensor(im.imaginary.negated(), im.real)))
      }
    }
    return .real(try sum(real))
  }
}

extension AnyTensor {
  /// What a function that is linear in both arguments gives.
  func product(
    _ other: AnyTensor, _ body: (Tensor, Tensor) throws -> Tensor
  ) throws -> AnyTensor {
    if case .real(let a) = self, case .real(let b) = other { return .real(try body(a, b)) }
    return .complex(try asComplex.product(other.asComplex, body))
  }
}
