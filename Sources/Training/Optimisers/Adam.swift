import Basics

/// Steps scaled by running means of gradient and squared gradient (arXiv 1412.6980).
package struct Adam: Optimiser {
  package var rate = 1e-3
  package var beta1 = 0.9
  package var beta2 = 0.999
  package var epsilon = 1e-8
  package var strength = 0.0

  package init() {}

  package static let name = "adam"
  package static let text = """
    Adam: steps scaled by running means of the gradient and of its square.

    The decay is added to the gradient; `adamw` keeps it apart.
    """
  package static let examples = """
    adam(lr = 1e-3)
    train(mlp(2, 8, 2), points(), epochs = 1, optimizer = adam(lr = 0.01))
    """
  package static let settings: [Setting<Self>] = [
    Setting("lr", \.rate, in: 0...1000, "learning rate"),
    Setting("beta1", \.beta1, in: 0...0.999999, "memory of the mean"),
    Setting("beta2", \.beta2, in: 0...0.999999, "memory of the mean square"),
    Setting("epsilon", \.epsilon, in: 1e-16...1, "added to the root of the mean square"),
    Setting("decay", \.strength, in: 0...10, "how strongly weights are pulled to zero"),
  ]

  package var decay: WeightDecay { WeightDecay(strength: strength, sparesVectors: false) }
  package var slots: [String] { ["mean", "square"] }

  package func update(
    _ weights: UnsafeMutableBufferPointer<Float>, _ gradient: UnsafeBufferPointer<Float>,
    _ slots: [UnsafeMutableBufferPointer<Float>], step: Int, rate: Float, decay: Float
  ) {
    guard let w = weights.baseAddress, let g = gradient.baseAddress,
      let m = slots[0].baseAddress, let v = slots[1].baseAddress
    else { return }
    Moments(beta1: beta1, beta2: beta2, epsilon: epsilon, step: step)
      .update(w, g, m, v, count: weights.count, rate: rate, coupled: decay, shrink: 1)
  }
}
