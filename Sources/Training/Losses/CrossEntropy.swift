import Basics
import Tensors

/// The negative logarithm of the probability that the network gives to the label.
package struct CrossEntropy: Loss {
  package var smoothing = 0.0

  package init() {}

  /// The loss with a smoothing.
  package init(smoothing: Double) { self.smoothing = smoothing }

  package static let name = "crossentropy"
  package static let text = """
    The negative logarithm of the softmax probability of the label, averaged over the batch.

    With `smoothing = s` the label counts 1 - s, and s is spread evenly over all classes.
    """
  package static let examples = """
    crossentropy(smoothing = 0.1)
    train(mlp(2, 8, 2), points(), epochs = 1, loss = crossentropy(smoothing = 0.1))
    """
  package static let settings: [Setting<Self>] = [
    Setting("smoothing", \.smoothing, in: 0...0.999, "share that is spread over all classes")
  ]

  package func value(_ outputs: Tensor, labels: [Int]) throws -> Tensor {
    try check(outputs, labels)
    return try outputs.crossEntropy(labels: labels, smoothing: smoothing)
  }
}
