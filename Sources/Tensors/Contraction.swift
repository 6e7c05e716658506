import Basics

/// A tensor whose axes are known by labels: the indices of a formula such as A[i, j]·B[j, k].
package struct LabelledTensor: Sendable {
  package private(set) var tensor: Tensor
  /// One label an axis, no label twice.
  package private(set) var labels: [Int]

  /// A tensor with a label for each axis. Where one stands twice, as in A[i, i], the diagonal is
  /// taken.
  package init(_ tensor: Tensor, labels: [Int]) throws {
    precondition(tensor.rank == labels.count, "each axis has a label")
    self.tensor = tensor
    self.labels = labels
    while let (first, second) = Self.pair(in: self.labels) {
      let n = self.tensor.shape[first]
      precondition(n == self.tensor.shape[second], "axes of one label have one size")
      let others = self.labels.indices.filter { $0 != first && $0 != second }
      let sizes = others.map { self.tensor.shape[$0] }
      let label = self.labels[first]
      self.tensor = try self.tensor.permuted(others + [first, second])
        .reshaped(sizes + [n * n])
        .gathered((0..<n).map { $0 * (n + 1) }, axis: sizes.count)
      self.labels = others.map { self.labels[$0] } + [label]
    }
  }

  private static func pair(in labels: [Int]) -> (Int, Int)? {
    for (second, label) in labels.enumerated() {
      if let first = labels[..<second].firstIndex(of: label) { return (first, second) }
    }
    return nil
  }

  /// The size of the axis with that label.
  package func size(of label: Int) -> Int? {
    labels.firstIndex(of: label).map { tensor.shape[$0] }
  }

  /// The sum over every axis whose label is not among `kept`.
  package func summed(keeping kept: Set<Int>) throws -> LabelledTensor {
    let axes = labels.indices.filter { !kept.contains(labels[$0]) }
    if axes.isEmpty { return self }
    return try LabelledTensor(tensor.sum(axes: axes), labels: labels.filter { kept.contains($0) })
  }

  /// The numbers with their axes in the order of `order`, which has all labels and perhaps more;
  /// axes for those have size 1 and stretch.
  package func aligned(to order: [Int]) throws -> Tensor {
    var result = try arranged(order.filter { labels.contains($0) })
    for (axis, label) in order.enumerated() where !labels.contains(label) {
      result = try result.withNewAxis(at: axis)
    }
    return result
  }

  /// The numbers with their axes in the order of `order`, which has exactly the labels.
  fileprivate func arranged(_ order: [Int]) throws -> Tensor {
    if order == labels { return tensor }
    return try tensor.permuted(order.map { labels.firstIndex(of: $0) ?? 0 })
  }
}

/// Products of labelled tensors, summed over labels: matrix products, traces, outer products and
/// all that an index formula can say, through as few calls to BLAS as there are factors.
package enum Contraction {
  /// The product of the factors, summed over every label that is not among `kept`.
  ///
  /// - Precondition: a label has one size in all factors.
  package static func product(
    _ factors: [LabelledTensor], keeping kept: Set<Int>
  ) throws -> LabelledTensor {
    precondition(!factors.isEmpty, "a product has factors")
    var factors = factors
    while factors.count > 1 {
      // The pair whose product is smallest comes first: x·A·y is two vectors, never a matrix more.
      var best: (left: Int, right: Int, cost: Double)?
      for right in factors.indices {
        for left in 0..<right {
          let cost = cost(factors[left], factors[right], wanted(factors, left, right, kept))
          if cost < best?.cost ?? .infinity { best = (left, right, cost) }
        }
      }
      guard let best else { preconditionFailure("two factors have a product") }
      let kept = wanted(factors, best.left, best.right, kept)
      let product = try product(factors[best.left], factors[best.right], keeping: kept)
      factors.remove(at: best.right)
      factors[best.left] = product
    }
    return try factors[0].summed(keeping: kept)
  }

  /// The labels that a product of two factors has to keep for the others and for the result.
  private static func wanted(
    _ factors: [LabelledTensor], _ left: Int, _ right: Int, _ kept: Set<Int>
  ) -> Set<Int> {
    factors.enumerated().reduce(into: kept) { result, factor in
      if factor.offset != left, factor.offset != right { result.formUnion(factor.element.labels) }
    }
  }

  /// How many numbers the product of two factors has.
  private static func cost(
    _ a: LabelledTensor, _ b: LabelledTensor, _ kept: Set<Int>
  ) -> Double {
    Set(a.labels + b.labels).intersection(kept).reduce(1) {
      $0 * Double(a.size(of: $1) ?? b.size(of: $1) ?? 1)
    }
  }

  private static func product(
    _ a: LabelledTensor, _ b: LabelledTensor, keeping kept: Set<Int>
  ) throws -> LabelledTensor {
    let a = try a.summed(keeping: kept.union(b.labels))
    let b = try b.summed(keeping: kept.union(a.labels))
    let summed = a.labels.filter { b.labels.contains($0) && !kept.contains($0) }
    let own = a.labels.filter { !b.labels.contains($0) }
    let other = b.labels.filter { !a.labels.contains($0) }
    if summed.isEmpty {
      let labels = a.labels + other
      return try LabelledTensor(
        a.aligned(to: labels).multiplying(b.aligned(to: labels)), labels: labels)
    }
    let stack = a.labels.filter { b.labels.contains($0) && kept.contains($0) }
    // A factor whose axes stand the other way round is handed to BLAS as a transpose.
    let turnsLeft = a.labels == stack + summed + own && !own.isEmpty
    let turnsRight = b.labels == stack + other + summed && !other.isEmpty
    func sizes(_ labels: [Int]) -> [Int] {
      labels.map { a.size(of: $0) ?? b.size(of: $0) ?? 1 }
    }
    func count(_ labels: [Int]) -> Int { sizes(labels).reduce(1, *) }
    let (m, k, n) = (count(own), count(summed), count(other))
    let left = try a.arranged(turnsLeft ? stack + summed + own : stack + own + summed)
      .reshaped(sizes(stack) + (turnsLeft ? [k, m] : [m, k]))
    let right = try b.arranged(turnsRight ? stack + other + summed : stack + summed + other)
      .reshaped(sizes(stack) + (turnsRight ? [n, k] : [k, n]))
    let product = try MatrixProduct(transposesLeft: turnsLeft, transposesRight: turnsRight)(
      left, right)
    let labels = stack + own + other
    return try LabelledTensor(product.reshaped(sizes(labels)), labels: labels)
  }
}
