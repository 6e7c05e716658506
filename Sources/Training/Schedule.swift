import Basics

/// How the learning rate moves over a training: a factor of the optimiser's rate for each step.
package protocol Schedule: Configurable {
  /// Length of the warm-up.
  var warmup: WarmUp { get }
  /// The factor at a moment of what follows the warm-up.
  ///
  /// - Parameters:
  ///   - progress: share of that part that has passed, 0 at its first step, below 1 at its last.
  ///   - epoch: of the whole training, counted from 0, with the part that has passed.
  func factor(progress: Double, epoch: Double) -> Double
}

/// A rise of the learning rate from near zero at the start of a training.
package struct WarmUp: Sendable, Equatable {
  package var share: Double
  package var steps: Int

  /// A share of all steps, or a number of steps; the longer counts.
  package init(share: Double, steps: Int) {
    self.share = share
    self.steps = steps
  }

  /// Its length in a training of `total` steps.
  package func length(of total: Int) -> Int {
    min(total, max(steps, Int((share * Double(total)).rounded())))
  }
}

extension Schedule {
  /// The factor of step `step` (counted from 0) of `total`.
  package func factor(step: Int, of total: Int, stepsPerEpoch: Int) -> Double {
    let rise = warmup.length(of: total)
    if step < rise { return Double(step + 1) / Double(rise) }
    let progress = Double(step - rise) / Double(max(1, total - rise))
    return factor(
      progress: min(progress, 1), epoch: Double(step) / Double(max(1, stepsPerEpoch)))
  }
}
