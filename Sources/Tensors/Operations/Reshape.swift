import Basics

/// The same numbers under another shape.
package struct Reshape: Operation {
  /// Shape of the result.
  package var shape: [Int]

  package var needs: Needs { [] }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    guard shape.reduce(1, *) == x[0].count else {
      throw Problem(
        "shape", "\(x[0].shape) cannot be reshaped to \(shape)",
        notes: ["\(x[0].count) numbers do not fill \(shape.reduce(1, *)) places"])
    }
    return Tensor(x[0], shape: shape)
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) -> [Tensor?] {
    [Tensor(gradient, shape: x[0].shape)]
  }

  package static var samples: [Sample] {
    [Sample(Reshape(shape: [3, 2]), [Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])])]
  }
}

extension Tensor {
  /// The same numbers under another shape; one size may be -1, and follows from the others.
  package func reshaped(_ sizes: [Int]) throws -> Tensor {
    var sizes = sizes
    if let free = sizes.firstIndex(of: -1) {
      let known = sizes.indices.filter { $0 != free }.map { sizes[$0] }.reduce(1, *)
      guard known > 0, count % known == 0, !sizes.indices.contains(where: { sizes[$0] < -1 }) else {
        throw Problem(
          "shape", "\(shape) cannot be reshaped to \(sizes)",
          notes: ["\(count) numbers cannot be divided by \(known)"])
      }
      sizes[free] = count / known
    }
    guard sizes.allSatisfy({ $0 >= 0 }) else {
      throw Problem("shape", "\(sizes) is not a shape", notes: ["sizes are 0 or more"])
    }
    if sizes == shape { return self }
    return try Reshape(shape: sizes)(self)
  }

  /// All numbers in one axis.
  package func flattened() throws -> Tensor { try reshaped([count]) }

  /// The same with an axis of size 1 at `axis`, which may stretch.
  package func withNewAxis(at axis: Int) throws -> Tensor {
    guard (0...rank).contains(axis) else {
      throw Problem("axis", "there is no place \(axis) for a new axis in shape \(shape)")
    }
    var sizes = shape
    sizes.insert(1, at: axis)
    var result = try Reshape(shape: sizes)(self)
    result.stretchable = AxisSet(
      (0..<sizes.count).filter {
        $0 == axis || stretchable.contains($0 < axis ? $0 : $0 - 1)
      })
    return result
  }
}
