import Basics
import Tensors

/// Some samples of another dataset, in an order of their own.
package struct Subset: Dataset {
  private let base: any Dataset
  private let indices: [Int]
  package let labels: [Int]

  /// The samples of `base` with these numbers; a number may come more than once.
  package init(_ base: any Dataset, _ indices: [Int]) throws {
    try base.checkIndices(indices)
    let all = base.labels
    labels = indices.map { all[$0] }
    // A subset of a subset refers to the data itself, so that chains stay short.
    if let inner = base as? Subset {
      self.base = inner.base
      self.indices = indices.map { inner.indices[$0] }
    } else {
      self.base = base
      self.indices = indices
    }
  }

  package var count: Int { indices.count }
  package var classes: Int { base.classes }
  package var sampleShape: [Int] { base.sampleShape }
  package var classNames: [String]? { base.classNames }
  package var isCostly: Bool { base.isCostly }
  package var recipe: DatasetRecipe? {
    base.recipe.map { DatasetRecipe($0.expression, indices: indices) }
  }

  package func samples(_ wanted: [Int], epoch: Int) throws -> (inputs: Tensor, labels: [Int]) {
    try checkIndices(wanted)
    return try base.samples(wanted.map { indices[$0] }, epoch: epoch)
  }
}
