import Tensors

/// How a dataset can be made anew in another session.
package struct DatasetRecipe: Codable, Equatable, Sendable {
  /// The expression of the language that makes the whole.
  package let expression: String
  /// The samples that were taken of it, in their order; nil for all.
  package let indices: [Int]?

  package init(_ expression: String, indices: [Int]? = nil) {
    self.expression = expression
    self.indices = indices
  }
}

/// A dataset that knows the expression which made it.
package struct RecipeDataset: Dataset {
  private let base: any Dataset
  package let recipe: DatasetRecipe?

  package init(_ base: any Dataset, expression: String) {
    self.base = base
    recipe = DatasetRecipe(expression)
  }

  package var count: Int { base.count }
  package var classes: Int { base.classes }
  package var sampleShape: [Int] { base.sampleShape }
  package var classNames: [String]? { base.classNames }
  package var labels: [Int] { base.labels }
  package var isCostly: Bool { base.isCostly }

  package func samples(_ indices: [Int], epoch: Int) throws -> (inputs: Tensor, labels: [Int]) {
    try base.samples(indices, epoch: epoch)
  }
}
