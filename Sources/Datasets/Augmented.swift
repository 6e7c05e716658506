import Basics
import Tensors

/// A dataset seen through a pipeline: varied anew in every epoch, or only prepared.
package struct Augmented: Dataset {
  private let base: any Dataset
  private let pipeline: Pipeline
  private let random: RandomSource?
  package let sampleShape: [Int]

  /// - Parameter seed: varies the samples when given; without it they are prepared as for a test.
  package init(_ base: any Dataset, _ pipeline: Pipeline, seed: UInt64?) throws {
    self.base = base
    self.pipeline = pipeline
    random = seed.map { RandomSource(seed: $0) }
    sampleShape = try pipeline.outputShape(for: base.sampleShape)
  }

  package var count: Int { base.count }
  package var classes: Int { base.classes }
  package var classNames: [String]? { base.classNames }
  package var labels: [Int] { base.labels }
  package var isCostly: Bool { true }

  package func samples(_ indices: [Int], epoch: Int) throws -> (inputs: Tensor, labels: [Int]) {
    let found = try base.samples(indices, epoch: epoch)
    guard let random else { return (try pipeline.prepared(found.inputs), found.labels) }
    return (
      try pipeline.applied(
        to: found.inputs, indices: indices, random: random.stream("augment", epoch)),
      found.labels
    )
  }
}
