import Basics
import CKernels

/// A learning rate that falls along half a cosine (arXiv 1608.03983, without restarts).
package struct Cosine: Schedule {
  package var warmupShare = 0.0
  package var minimum = 0.0
  package var warmupSteps = 0

  package init() {}

  /// The schedule with some of its settings.
  package init(warmup: Double, minimum: Double = 0) {
    warmupShare = warmup
    self.minimum = minimum
  }

  package static let name = "cosine"
  package static let text = """
    A learning rate that falls along half a cosine from its full value to `minimum` times it.
    """
  package static let examples = """
    cosine(warmup = 0.05)
    train(mlp(2, 8, 2), points(), epochs = 1, schedule = cosine(warmup = 0.1))
    """
  package static let settings: [Setting<Self>] = [
    Setting("warmup", \.warmupShare, in: 0...1, "share of the steps in which the rate rises"),
    Setting("minimum", \.minimum, in: 0...1, "share of the rate that remains at the end"),
    Setting("warmup_steps", \.warmupSteps, in: 0...1e9, "the same as a number of steps"),
  ]

  package var warmup: WarmUp { WarmUp(share: warmupShare, steps: warmupSteps) }

  package func factor(progress: Double, epoch: Double) -> Double {
    minimum + (1 - minimum) * 0.5 * (1 + ck_cos(Double.pi * progress))
  }
}
