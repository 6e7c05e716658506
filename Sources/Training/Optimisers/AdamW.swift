import Basics

/// Adam whose weight decay is no part of the gradient (arXiv 1711.05101).
package struct AdamW: Optimiser {
  package var rate = 1e-3
  package var strength = 0.01
  package var beta1 = 0.9
  package var beta2 = 0.999
  package var epsilon = 1e-8
  package var vectors = false

  package init() {}

  /// The rule with some of its settings.
  package init(rate: Double, decay: Double = 0.01) {
    self.rate = rate
    strength = decay
  }

  package static let name = "adamw"
  package static let text = """
    Adam whose weight decay is kept apart from the gradient: `w ← (1 - lr decay) w - …`.

    As in timm, biases and the gains of normalisations do not decay unless `vectors` is set.
    """
  package static let examples = """
    adamw(lr = 1e-3, decay = 0.05)
    train(mlp(2, 8, 2), points(), epochs = 1, optimizer = adamw(lr = 0.01))
    """
  package static let settings: [Setting<Self>] = [
    Setting("lr", \.rate, in: 0...1000, "learning rate"),
    Setting("decay", \.strength, in: 0...10, "how strongly weights are pulled to zero"),
    Setting("beta1", \.beta1, in: 0...0.999999, "memory of the mean"),
    Setting("beta2", \.beta2, in: 0...0.999999, "memory of the mean square"),
    Setting("epsilon", \.epsilon, in: 1e-16...1, "added to the root of the mean square"),
    Setting("vectors", \.vectors, "whether biases and norms decay too"),
  ]

  package var decay: WeightDecay { WeightDecay(strength: strength, sparesVectors: !vectors) }
  package var slots: [String] { ["mean", "square"] }

  package func update(
    _ weights: UnsafeMutableBufferPointer<Float>, _ gradient: UnsafeBufferPointer<Float>,
    _ slots: [UnsafeMutableBufferPointer<Float>], step: Int, rate: Float, decay: Float
  ) {
    guard let w = weights.baseAddress, let g = gradient.baseAddress,
      let m = slots[0].baseAddress, let v = slots[1].baseAddress
    else { return }
    Moments(beta1: beta1, beta2: beta2, epsilon: epsilon, step: step)
      .update(
        w, g, m, v, count: weights.count, rate: rate, coupled: 0, shrink: 1 - rate * decay)
  }
}
