import Basics
import Datasets
import Foundation
import Networks
import Tensors

/// The only training loop: epochs, batches, tests, checkpoints, interruption.
///
/// The state of a training after any step is its `Run`; batches, augmentation and dropout are
/// functions of seed and position. So a training that stopped goes on as if it had not.
package struct Trainer {
  private let interruption: Interruption?
  let files: FileAccess?
  private let progressInterval: Double
  private let onProgress: ((TrainingProgress) -> Void)?

  /// - Parameters:
  ///   - interruption: asked after every step; a request ends the training early.
  ///   - files: where checkpoints may be written.
  ///   - progressInterval: seconds from one call of `onProgress` to the next, at least.
  ///   - onProgress: told how far a training is, after a step or an epoch.
  package init(
    interruption: Interruption? = nil, files: FileAccess? = nil, progressInterval: Double = 0.2,
    onProgress: ((TrainingProgress) -> Void)? = nil
  ) {
    self.interruption = interruption
    self.files = files
    self.progressInterval = progressInterval
    self.onProgress = onProgress
  }

  /// Trains a network. Its parameters are made when it has none yet.
  package func train(
    _ network: Network, on data: any Dataset, test: (any Dataset)? = nil, plan: TrainingPlan
  ) throws -> Run {
    var run = try prepared(network, data, test, plan)
    try advance(&run)
    return run
  }

  /// Goes on with a training: to the end of its plan, or `epochs` further than planned.
  ///
  /// A schedule is stretched over the longer plan.
  package func resume(_ run: Run, epochs: Int? = nil) throws -> Run {
    var next = run
    if let epochs {
      guard (1...1_000_000).contains(epochs) else {
        throw Problem(
          "range", "`epochs` is \(epochs)", notes: ["at least 1, at most a million"], argument: 1)
      }
      next = run.extended(byEpochs: epochs)
    }
    next.interrupted = false
    try advance(&next)
    return next
  }

  /// A training before its first step, with everything checked.
  func prepared(
    _ network: Network, _ data: any Dataset, _ test: (any Dataset)?, _ plan: TrainingPlan
  ) throws -> Run {
    try plan.validate()
    let random = RandomSource(seed: plan.seed)
    let batches = try Self.batches(data, plan)
    guard batches.count > 0 else {
      throw Problem(
        "data", "\(data.count) samples do not fill one batch of \(plan.batch)",
        suggestions: ["batch = \(data.count)"])
    }
    let net = try network.built(for: try batches.sampleShape)
    if let test {
      guard test.classes <= data.classes else {
        throw Problem(
          "data", "the test data has \(test.classes) classes, the training data \(data.classes)")
      }
      let shape = try plan.augmentation.outputShape(for: test.sampleShape)
      guard shape == (try batches.sampleShape) else {
        throw Problem(
          "shape", "test samples have shape \(shape), training samples \(try batches.sampleShape)")
      }
    }
    return Run(
      net: net, plan: plan, data: data, test: test,
      stepsPerEpoch: batches.count,
      methodState: try plan.method.begin(net, random.stream("method")))
  }

  private static func batches(_ data: any Dataset, _ plan: TrainingPlan) throws -> Batches {
    try Batches(
      data, size: plan.batch, random: RandomSource(seed: plan.seed).stream("data"),
      augmentation: plan.augmentation, dropsLast: plan.dropsLast)
  }

  /// Makes the steps that are missing, closing every epoch on the way.
  private func advance(_ run: inout Run) throws {
    let reader = BatchReader(try Self.batches(run.data, run.plan))
    var meter = ProgressMeter(run, interval: progressInterval)
    do {
      while true {
        let isEpochEnd = run.loss.count == (run.epochsClosed + 1) * run.stepsPerEpoch
        // A plan in steps may end inside an epoch, which is then closed early.
        let isEnd = run.isFinished && run.loss.count > run.epochsClosed * run.stepsPerEpoch
        if isEpochEnd || isEnd {
          try closeEpoch(&run)
          run.elapsed = meter.elapsed
          if (run.epochsClosed % run.plan.checkpointEvery == 0) || run.isFinished {
            try saveCheckpoint(run)
          }
        }
        onProgress.map { meter.report(run, to: $0) }
        if run.isFinished { break }
        try interruption?.check()
        try step(&run, reader)
      }
      run.elapsed = meter.elapsed
    } catch let stop where stop is Interrupted || (stop as? Problem)?.slug == "time" {
      run.interrupted = true
      run.elapsed = meter.elapsed
      try saveCheckpoint(run)
      if stop is Problem { throw stop }
    }
  }

  private func step(_ run: inout Run, _ reader: BatchReader) throws {
    let number = run.loss.count
    let plan = run.plan
    let batch = try reader.batch(
      epoch: number / run.stepsPerEpoch, position: number % run.stepsPerEpoch)
    let factor = plan.schedule.factor(
      step: number, of: run.totalSteps, stepsPerEpoch: run.stepsPerEpoch)
    let rate = plan.optimiser.rate * factor
    let head = Set(run.net.headParameters)
    let bodyRate = plan.bodyRate
    var context = StepContext(
      loss: plan.loss, random: RandomSource(seed: plan.seed).stream("step", number), rate: rate,
      rateScale: { head.contains($0) ? 1 : bodyRate }, clip: plan.clip,
      optimiser: plan.optimiser, optimiserState: run.optimiserState)
    // Given away, so that the context holds the only reference and changes it in place.
    run.optimiserState = OptimiserState()
    defer { run.optimiserState = context.optimiserState }
    let report = try plan.method.step(&run.net, &run.methodState, batch, &context)
    guard report.loss.isFinite else {
      throw Self.divergence(run, loss: report.loss, rate: rate)
    }
    run.loss.append(report.loss)
    run.lr.append(rate)
    run.epochSeen += batch.count
    run.epochCorrect += report.correct
  }

  private func closeEpoch(_ run: inout Run) throws {
    let epoch = run.epochsClosed + 1
    let trainAccuracy = Double(run.epochCorrect) / Double(max(1, run.epochSeen))
    if let test = run.test {
      if epoch % run.plan.testEvery == 0 || run.isFinished {
        let found = try run.net.evaluated(
          on: test, prepared: run.plan.augmentation, interruption: interruption)
        run.epoch.append(epoch)
        run.accuracy.append(found.accuracy)
        run.testLoss.append(found.loss)
        run.confusion = found.confusion
      }
    } else {
      run.epoch.append(epoch)
      run.accuracy.append(trainAccuracy)
    }
    run.trainAccuracy.append(trainAccuracy)
    run.epochSeen = 0
    run.epochCorrect = 0
    run.epochsClosed = epoch
  }

  private func saveCheckpoint(_ run: Run) throws {
    guard let folder = run.plan.checkpoint, let files else { return }
    try Checkpoint.write(run, to: folder, files: files)
  }

  private static func divergence(_ run: Run, loss: Double, rate: Double) -> Problem {
    let number = run.loss.count
    var notes = ["the learning rate of this step was \(NumberText.short(rate))"]
    if let last = run.loss.last {
      notes.append("the loss one step before was \(NumberText.short(last))")
    }
    let lower = NumberText.short(run.plan.optimiser.rate / 10, digits: 2)
    return Problem(
      "diverged",
      "the loss became \(NumberText.short(loss)) in step \(number + 1), "
        + "epoch \(number / run.stepsPerEpoch + 1)",
      notes: notes,
      suggestions: [
        "\(type(of: run.plan.optimiser).name)(lr = \(lower))", "a warm-up, or  clip = 1",
      ])
  }
}

/// Decides when progress is worth telling, and how fast it goes.
private struct ProgressMeter {
  private let start = DispatchTime.now().uptimeNanoseconds
  private let before: Double
  private let firstStep: Int
  private let interval: Double
  private var last = 0.0

  init(_ run: Run, interval: Double) {
    self.interval = interval
    before = run.elapsed
    firstStep = run.loss.count
  }

  private var here: Double { Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9 }

  /// Seconds of the whole training.
  var elapsed: Double { before + here }

  mutating func report(_ run: Run, to tell: (TrainingProgress) -> Void) {
    let now = here
    guard now - last >= interval || run.isFinished, run.loss.count > firstStep else { return }
    last = now
    let made = run.loss.count - firstStep
    let recent = run.loss.suffix(20)
    tell(
      TrainingProgress(
        epoch: min(
          (run.loss.count - 1) / run.stepsPerEpoch + 1,
          (run.totalSteps - 1) / run.stepsPerEpoch + 1),
        epochs: (run.totalSteps - 1) / run.stepsPerEpoch + 1, step: run.loss.count,
        totalSteps: run.totalSteps, loss: recent.reduce(0, +) / Double(recent.count),
        accuracy: run.accuracy.last, rate: Double(made * run.plan.batch) / max(now, 1e-9),
        elapsed: before + now,
        remaining: now / Double(made) * Double(run.totalSteps - run.loss.count)))
  }
}
