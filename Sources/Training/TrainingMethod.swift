import Basics
import Datasets
import Networks
import Tensors

/// A way to change a network by what a batch teaches.
///
/// A method is told a batch and changes the network; order of the batches, evaluation,
/// checkpoints and interruption belong to the trainer.
package protocol TrainingMethod: Configurable {
  /// What the method keeps between steps besides the network, by name. It is saved with
  /// checkpoints; most methods keep nothing.
  func begin(_ network: Network, _ random: RandomSource) throws -> [String: Tensor]
  /// Learns from one batch.
  func step(
    _ network: inout Network, _ state: inout [String: Tensor], _ batch: Batch,
    _ context: inout StepContext
  ) throws -> StepReport
}

extension TrainingMethod {
  package func begin(_ network: Network, _ random: RandomSource) throws -> [String: Tensor] { [:] }
}

/// What a step found.
package struct StepReport: Sendable {
  /// The loss before the step.
  package var loss: Double
  /// How many samples of the batch the network had right before the step.
  package var correct: Int

  package init(loss: Double, correct: Int) {
    self.loss = loss
    self.correct = correct
  }
}

/// What a method may use in one step.
package struct StepContext: Sendable {
  package let loss: any Loss
  /// The stream of this step, for dropout and the like.
  package let random: RandomSource
  /// The learning rate of this step.
  package let rate: Double
  /// The rate of a parameter is this many times the step's.
  let rateScale: @Sendable (String) -> Double
  /// Longest gradient that is not shortened; nil for any.
  let clip: Double?
  let optimiser: any Optimiser
  var optimiserState: OptimiserState

  /// Lets the optimiser change the parameters that have a gradient.
  package mutating func apply(_ gradients: [Tensor?], to network: inout Network) {
    var gradients = gradients
    if let clip { shorten(&gradients, to: clip) }
    var parameters = network.parameters
    let rate = rate
    let scale = rateScale
    optimiser.apply(gradients, to: &parameters, &optimiserState) { rate * scale($0) }
    network.parameters = parameters
  }

  /// Scales all gradients so that together they are no longer than `limit`.
  private func shorten(_ gradients: inout [Tensor?], to limit: Double) {
    var sum = 0.0
    for case let gradient? in gradients {
      sum += gradient.withFloats { $0.reduce(0.0) { $0 + Double($1) * Double($1) } }
    }
    let length = sum.squareRoot()
    guard length > limit else { return }
    let scale = Float(limit / length)
    for index in gradients.indices {
      gradients[index]?.withMutableFloats { values in
        for i in values.indices { values[i] *= scale }
      }
    }
  }
}
