import Basics
import Datasets
import Networks
import Tensors

/// Gradients of the loss by all weights, found backwards through the network.
package struct Backpropagation: TrainingMethod {
  package init() {}

  package static let name = "backprop"
  package static let text = """
    Every weight moves along the gradient of the loss, found backwards through the network.
    """
  package static let examples = """
    backprop()
    train(mlp(2, 8, 2), points(), epochs = 1, method = backprop())
    """

  package func step(
    _ network: inout Network, _ state: inout [String: Tensor], _ batch: Batch,
    _ context: inout StepContext
  ) throws -> StepReport {
    let frozen = network.frozenParameters
    let plain = network.parameters
    let leaves = plain.map { frozen.contains($0.name) ? $0.tensor : $0.tensor.tracked() }
    network.parameters = zip(plain, leaves).map { ($0.name, $1) }
    let outputs: Tensor
    let loss: Tensor
    do {
      outputs = try network.forward(batch.inputs, training: true, random: context.random)
      loss = try context.loss.value(outputs, labels: batch.labels)
    } catch {
      network.parameters = plain
      throw error
    }
    network.parameters = plain
    let report = StepReport(
      loss: loss.item, correct: Metrics.correct(outputs, labels: batch.labels))
    // A loss without a value has no gradient either; the trainer stops with the reason.
    guard report.loss.isFinite else { return report }
    let learning = leaves.indices.filter { leaves[$0].isTracked }
    let found = try gradients(of: loss, withRespectTo: learning.map { leaves[$0] })
    var all = [Tensor?](repeating: nil, count: leaves.count)
    for (index, gradient) in zip(learning, found) { all[index] = gradient }
    context.apply(all, to: &network)
    return report
  }
}
