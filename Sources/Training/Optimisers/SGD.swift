import Basics

/// Gradient descent with momentum.
package struct SGD: Optimiser {
  package var rate = 0.1
  package var momentum = 0.9
  package var nesterov = false
  package var strength = 0.0
  package var vectors = true

  package init() {}

  /// The rule with some of its settings.
  package init(rate: Double, momentum: Double = 0.9, nesterov: Bool = false, decay: Double = 0) {
    self.rate = rate
    self.momentum = momentum
    self.nesterov = nesterov
    strength = decay
  }

  package static let name = "sgd"
  package static let text = """
    Gradient descent with momentum, as PyTorch has it.

    The decay is added to the gradient; `v ← momentum v + g`, `w ← w - lr v`, and with `nesterov` \
    `w ← w - lr (g + momentum v)`.
    """
  package static let examples = """
    sgd(lr = 0.1, momentum = 0.9, decay = 5e-4)
    train(mlp(2, 8, 2), points(), epochs = 1, optimizer = sgd(lr = 0.1))
    """
  package static let settings: [Setting<Self>] = [
    Setting("lr", \.rate, in: 0...1000, "learning rate"),
    Setting("momentum", \.momentum, in: 0...0.9999, "share of the last step that goes on"),
    Setting("nesterov", \.nesterov, "whether the gradient looks one step ahead"),
    Setting("decay", \.strength, in: 0...10, "how strongly weights are pulled to zero"),
    Setting("vectors", \.vectors, "whether biases and norms decay too"),
  ]

  package var decay: WeightDecay { WeightDecay(strength: strength, sparesVectors: !vectors) }
  package var slots: [String] { momentum > 0 ? ["velocity"] : [] }

  package func update(
    _ weights: UnsafeMutableBufferPointer<Float>, _ gradient: UnsafeBufferPointer<Float>,
    _ slots: [UnsafeMutableBufferPointer<Float>], step: Int, rate: Float, decay: Float
  ) {
    guard let w = weights.baseAddress, let g = gradient.baseAddress else { return }
    let count = weights.count
    guard let v = slots.first?.baseAddress else {
      for i in 0..<count { w[i] -= rate * (g[i] + decay * w[i]) }
      return
    }
    let momentum = Float(momentum)
    if nesterov {
      for i in 0..<count {
        let change = g[i] + decay * w[i]
        v[i] = momentum * v[i] + change
        w[i] -= rate * (change + momentum * v[i])
      }
    } else {
      for i in 0..<count {
        v[i] = momentum * v[i] + (g[i] + decay * w[i])
        w[i] -= rate * v[i]
      }
    }
  }
}
