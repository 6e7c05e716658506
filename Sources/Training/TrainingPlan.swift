import Basics
import Datasets

/// Everything that decides how a training goes, besides network and data.
package struct TrainingPlan: Sendable {
  /// Passes over the data.
  package var epochs = 10
  /// Steps in all, when given; counts instead of `epochs`.
  package var steps: Int?
  /// Samples in one step.
  package var batch = 64
  /// Whether a last, smaller batch of an epoch is left out.
  package var dropsLast = false
  package var loss: any Loss = CrossEntropy()
  package var optimiser: any Optimiser = AdamW()
  package var schedule: any Schedule = Cosine()
  package var method: any TrainingMethod = Backpropagation()
  package var augmentation = Pipeline()
  /// Longest gradient that is not shortened; nil for any.
  package var clip: Double?
  /// The learning rate of all layers but the head, as a multiple of the head's.
  package var bodyRate = 1.0
  package var seed: UInt64 = 0
  /// Epochs from one test to the next; the last epoch is always tested.
  package var testEvery = 1
  /// Folder that checkpoints are written to.
  package var checkpoint: String?
  /// Epochs from one checkpoint to the next; an interruption and the end write one too.
  package var checkpointEvery = 1

  package init() {}

  /// Throws when a number makes no sense.
  package func validate() throws {
    func need(_ isFine: Bool, _ name: String, _ value: some Any, _ note: String) throws {
      if !isFine { throw Problem("range", "`\(name)` is \(value)", notes: [note]) }
    }
    try need((1...1_000_000).contains(epochs), "epochs", epochs, "at least 1, at most a million")
    try need((steps ?? 1) >= 1, "steps", steps ?? 1, "a training takes at least one step")
    try need(batch >= 1, "batch", batch, "a batch holds at least one sample")
    try need(testEvery >= 1 && checkpointEvery >= 1, "every", testEvery, "at least 1 epoch")
    try need((clip ?? 1) > 0, "clip", clip ?? 1, "the longest gradient must be positive")
    try need(bodyRate >= 0, "body rate", bodyRate, "a learning rate is not negative")
    try need(
      optimiser.rate.isFinite && optimiser.rate >= 0, "lr", optimiser.rate,
      "a learning rate is a number that is not negative")
  }

  /// All steps of a training whose epochs have so many.
  func totalSteps(perEpoch: Int) -> Int { steps ?? epochs * perEpoch }
}
