import Basics

/// A learning rate that falls by a factor every so many epochs.
package struct Step: Schedule {
  package var every = 30
  package var fall = 0.1
  package var minimum = 0.0
  package var warmupShare = 0.0
  package var warmupSteps = 0

  package init() {}

  package static let name = "step"
  package static let text = "A learning rate that is multiplied by `factor` every so many epochs."
  package static let examples = """
    step(every = 10, factor = 0.1)
    train(mlp(2, 8, 2), points(), epochs = 1, schedule = step(every = 1))
    """
  package static let settings: [Setting<Self>] = [
    Setting("every", \.every, in: 1...1e6, "epochs between two falls"),
    Setting("factor", \.fall, in: 0...1, "what the rate is multiplied by"),
    Setting("minimum", \.minimum, in: 0...1, "share of the rate below which it does not fall"),
    Setting("warmup", \.warmupShare, in: 0...1, "share of the steps in which the rate rises"),
    Setting("warmup_steps", \.warmupSteps, in: 0...1e9, "the same as a number of steps"),
  ]

  package var warmup: WarmUp { WarmUp(share: warmupShare, steps: warmupSteps) }

  package func factor(progress: Double, epoch: Double) -> Double {
    var factor = 1.0
    for _ in 0..<Int(epoch) / every where factor > minimum { factor *= fall }
    return max(minimum, factor)
  }
}
