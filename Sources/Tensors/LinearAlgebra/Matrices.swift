import Basics
import COpenBLAS

/// The matrices of a tensor [.., m, n], one below the other, in double precision; LAPACK's work is
/// done on each by itself.
struct Matrices {
  /// The function that works on them, as messages call it.
  let name: String
  let tensor: Tensor
  let rows: Int
  let columns: Int
  /// Sizes of the axes in front.
  let stack: [Int]

  /// Refuses what holds no matrices, or no square ones, or numbers that are not finite.
  ///
  /// - Parameter instead: what to write where a matrix is not square.
  init(
    _ x: Tensor, for name: String, isSquare: Bool = false, instead: [String] = []
  ) throws {
    guard x.rank >= 2 else {
      throw Problem(
        "shape", "`\(name)` takes a matrix, not \(x.rank == 0 ? "a number" : "\(x.shape)")",
        suggestions: x.rank == 1
          ? ["left[new, :]   for a row", "left[:, new]   for a column"] : [],
        argument: 0)
    }
    self.name = name
    tensor = x.detached.rowMajor.converted(to: .f64)
    rows = x.shape[x.rank - 2]
    columns = x.shape[x.rank - 1]
    stack = Array(x.shape.dropLast(2))
    guard !isSquare || rows == columns else {
      throw Problem(
        "shape", "`\(name)` takes a square matrix, \(x.shape) is not",
        notes: ["\(rows) rows, \(columns) columns"], suggestions: instead, argument: 0)
    }
    guard max(rows, columns) <= Int(Int32.max) else {
      throw Problem("memory", "a matrix \(x.shape) is too large for `\(name)`", argument: 0)
    }
    try requireFinite(tensor, argument: 0)
  }

  /// How many matrices there are.
  var count: Int { stack.reduce(1, *) }

  /// The order of a square matrix.
  var order: Int { rows }

  /// The smaller of both sizes.
  var rank: Int { min(rows, columns) }

  /// Refuses nan and infinities: LAPACK's iterations may not end on them.
  func requireFinite(_ x: Tensor, argument: Int) throws {
    let found = x.withDoubles { values in values.firstIndex { !$0.isFinite } }
    guard let found else { return }
    var (rest, place) = (found, [Int]())
    for size in x.shape.reversed() {
      place.insert(rest % size, at: 0)
      rest /= size
    }
    throw Problem(
      "nan", "`\(name)` needs finite numbers; the one at \(place) is \(x[flat: found])",
      suggestions: ["pick(|left| < inf, left, 0)   puts 0 in its place"], argument: argument)
  }

  /// A tensor with `shape` behind the stack's axes, to be filled matrix by matrix.
  func result(_ shape: [Int]) throws -> Tensor {
    try Memory.check(stack + shape, "the result of `\(name)`")
    return Tensor(uninitialised: stack + shape, .f64)
  }

  /// Calls `body` with the number of each matrix and a copy that LAPACK may overwrite.
  ///
  /// - Parameter byColumns: whether the copy stands by columns; LAPACK sees it as it is then, else
  ///   transposed.
  func forEach(
    byColumns: Bool = false, _ body: (Int, UnsafeMutablePointer<Double>) throws -> Void
  ) throws {
    let copies =
      byColumns ? try tensor.transposed() : tensor.ownCopy
    // Numbers that are not there might keep an iteration going for ever.
    try Memory.settle("`\(name)`")
    for index in 0..<count { try body(index, copies.doublesPointer + index * rows * columns) }
    withExtendedLifetime(copies) {}
  }

  /// Turns LAPACK's answer into a problem when it is bad news; `reason` tells what a positive
  /// answer means.
  func check(_ status: Int32, _ reason: (Int) -> Problem) throws {
    switch status {
    case 0: return
    case Int32(OB_MISSING):
      throw Problem(
        "library", "`\(name)` needs OpenBLAS with LAPACK, which is not installed",
        suggestions: ["apt install libopenblas0-pthread"])
    case Int32(OB_MEMORY): throw Problem("memory", "there is no memory for `\(name)`")
    case 1...: throw reason(Int(status))
    default: preconditionFailure("argument \(-status) of LAPACK is wrong in \(name)")
    }
  }

  /// The problem of an iteration that came to no end.
  func didNotConverge(_: Int) -> Problem {
    Problem(
      "converge", "the iteration of `\(name)` does not settle for this matrix",
      notes: ["are its numbers of very different sizes?"], argument: 0)
  }
}

extension Tensor {
  /// The same numbers in storage of their own.
  var ownCopy: Tensor {
    var copy = self
    copy.node = nil
    copy.storage = storage.copy()
    return copy
  }
}
