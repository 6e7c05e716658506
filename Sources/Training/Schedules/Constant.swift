import Basics

/// The same learning rate throughout, after the warm-up.
package struct Constant: Schedule {
  package var warmupShare = 0.0
  package var warmupSteps = 0

  package init() {}

  package static let name = "constant"
  package static let text = "The same learning rate throughout, after the warm-up."
  package static let examples = """
    constant(warmup = 0.05)
    train(mlp(2, 8, 2), points(), epochs = 1, schedule = constant(warmup = 0.5))
    """
  package static let settings: [Setting<Self>] = [
    Setting("warmup", \.warmupShare, in: 0...1, "share of the steps in which the rate rises"),
    Setting("warmup_steps", \.warmupSteps, in: 0...1e9, "the same as a number of steps"),
  ]

  package var warmup: WarmUp { WarmUp(share: warmupShare, steps: warmupSteps) }

  package func factor(progress: Double, epoch: Double) -> Double { 1 }
}
