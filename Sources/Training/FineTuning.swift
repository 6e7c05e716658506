import Basics
import Datasets
import Networks
import Tensors

extension Trainer {
  /// Trains a network that has learnt something else on new data: a new head with one output for
  /// each class of `data`, on the body as it is.
  ///
  /// - Parameter frozen: whether only the head learns.
  package func finetune(
    _ network: Network, on data: any Dataset, test: (any Dataset)? = nil, frozen: Bool = false,
    plan: TrainingPlan
  ) throws -> Run {
    try plan.validate()
    let shape = try plan.augmentation.outputShape(for: data.sampleShape)
    var net = try network.built(for: shape)
    try net.replaceHead(
      classes: data.classes, key: RandomSource(seed: plan.seed).stream("head").seedValue)
    if frozen { net.freezeBody() }
    return try train(net, on: data, test: test, plan: plan)
  }
}

extension RandomSource {
  /// A seed drawn from the stream without moving it.
  fileprivate var seedValue: UInt64 {
    var copy = self
    return copy.next()
  }
}
