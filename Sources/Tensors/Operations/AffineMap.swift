import Basics
import CKernels
import COneDNN

/// x Wᵀ + b for rows x: what a linear layer computes.
///
/// Inputs: x [.., in], weights [out, in] and, optionally, a bias [out].
package struct AffineMap: Operation {
  package init() {}

  package var needs: Needs { .inputs }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    guard x[1].rank == 2, let inputs = x[0].shape.last, inputs == x[1].shape[1] else {
      throw Problem(
        "shape", "a linear map of \(x[1].shape.last ?? 0) numbers was given \(x[0].shape)",
        notes: ["the last size must be \(x[1].shape.last ?? 0)"])
    }
    let outputs = x[1].shape[0]
    let shape = x[0].shape.dropLast() + [outputs]
    let rows = x[0].count / Swift.max(1, inputs)
    let precision = Precision.joined(x[0].precision, x[1].precision)
    let parts = x.map { $0.converted(to: precision) }
    defer { withExtendedLifetime(parts) {} }
    let result = Tensor(uninitialised: Array(shape), precision)
    if precision == .f32 {
      let status = dn_matmul(
        1, 1, Int64(rows), Int64(outputs), Int64(inputs), parts[0].floatsPointer,
        dn_strides(outer: 0, inner: 0, row: Int64(inputs), column: 1), parts[1].floatsPointer,
        dn_strides(outer: 0, inner: 0, row: 1, column: Int64(inputs)),
        parts.count > 2 ? parts[2].floatsPointer : nil, 1, result.floatsPointer,
        dn_strides(outer: 0, inner: 0, row: Int64(outputs), column: 1), Int32(Parallel.threads))
      if status == 0 { return result }
    }
    let product = try MatrixProduct(transposesRight: true).forward([
      Tensor(parts[0], shape: [rows, inputs]), parts[1],
    ])
    let sum = x.count > 2 ? try product.adding(parts[2]) : product
    return Tensor(sum, shape: Array(shape))
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    let (outputs, inputs) = (x[1].shape[0], x[1].shape[1])
    let rows = x[0].count / Swift.max(1, inputs)
    let g = Tensor(gradient, shape: [rows, outputs])
    let dx = try MatrixProduct().forward([g, x[1]])
    let dw = try MatrixProduct(transposesLeft: true).forward([
      g, Tensor(x[0], shape: [rows, inputs]),
    ])
    let db = x.count > 2 ? try g.sum(axes: [0]) : nil
    return [
      Tensor(dx, shape: x[0].shape).converted(to: x[0].precision),
      dw.converted(to: x[1].precision),
    ] + (x.count > 2 ? [db?.converted(to: x[2].precision)] : [])
  }

  package static var samples: [Sample] {
    func t(_ shape: [Int]) -> Tensor {
      Tensor((0..<shape.reduce(1, *)).map { Double(($0 * 5) % 7) / 3 - 0.8 }, shape: shape)
    }
    return [
      Sample(AffineMap(), [t([3, 4]), t([2, 4]), t([2])]),
      Sample(AffineMap(), [t([2, 3, 4]), t([5, 4])]),
    ]
  }
}

extension Tensor {
  /// x Wᵀ + b, for weights [out, in] and bias [out].
  package func mapped(weights: Tensor, bias: Tensor?) throws -> Tensor {
    try AffineMap().applied(to: [self, weights] + (bias.map { [$0] } ?? []))
  }
}
