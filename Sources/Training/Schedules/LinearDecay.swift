import Basics

/// A learning rate that falls along a line.
package struct LinearDecay: Schedule {
  package var warmupShare = 0.0
  package var minimum = 0.0
  package var warmupSteps = 0

  package init() {}

  package static let name = "linear_decay"
  package static let text = """
    A learning rate that falls evenly from its full value to `minimum` times it.
    """
  package static let examples = """
    linear_decay(warmup = 0.05)
    train(mlp(2, 8, 2), points(), epochs = 1, schedule = linear_decay())
    """
  package static let settings: [Setting<Self>] = [
    Setting("warmup", \.warmupShare, in: 0...1, "share of the steps in which the rate rises"),
    Setting("minimum", \.minimum, in: 0...1, "share of the rate that remains at the end"),
    Setting("warmup_steps", \.warmupSteps, in: 0...1e9, "the same as a number of steps"),
  ]

  package var warmup: WarmUp { WarmUp(share: warmupShare, steps: warmupSteps) }

  package func factor(progress: Double, epoch: Double) -> Double {
    1 + (minimum - 1) * progress
  }
}
