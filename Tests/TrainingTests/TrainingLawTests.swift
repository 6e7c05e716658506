import Basics
import Datasets
import Foundation
import Networks
import Tensors
import Testing

@testable import Training

/// The setting in which laws are checked: two moons and a small network.
enum Moons {
  static func data(seed: Int = 0, count: Int = 120) throws -> ArrayDataset {
    var points = Points()
    (points.count, points.noise, points.seed) = (count, 0.1, seed)
    return try points.dataset()
  }

  static func network(key: UInt64 = 1) throws -> Network {
    try Network.mlp([2, 16, 16, 2], key: key)
  }

  static func plan(epochs: Int = 6) -> TrainingPlan {
    var plan = TrainingPlan()
    (plan.epochs, plan.batch, plan.seed) = (epochs, 16, 3)
    plan.augmentation = scatter().pipeline
    return plan
  }

  /// Augmentation for points, so that laws cover it.
  private static func scatter() -> some Augmentation {
    var noise = Noise()
    noise.deviation = 0.01
    return noise
  }
}

/// What a training gives that is asked to stop when it has made so many steps.
func stopped(
  after steps: Int, files: FileAccess? = nil, _ body: (Trainer) throws -> Run
) throws -> Run {
  let interruption = Interruption()
  return try body(
    Trainer(interruption: interruption, files: files, progressInterval: 0) {
      if $0.step == steps { interruption.request() }
    })
}

/// Whether two trainings are the same in every bit that matters.
func agree(_ a: Run, _ b: Run) -> Bool {
  a.loss == b.loss && a.lr == b.lr && a.accuracy == b.accuracy && a.epoch == b.epoch
    && a.trainAccuracy == b.trainAccuracy && a.testLoss == b.testLoss
    && a.confusion == b.confusion && a.epochs == b.epochs
    && a.net.parameters.map(\.tensor) == b.net.parameters.map(\.tensor)
    && a.net.buffers.map(\.tensor) == b.net.buffers.map(\.tensor)
}

@Suite struct TrainingLawTests {
  /// Every method with every optimiser, by their places in the indexes.
  static let pairs = Methods.all.indices.flatMap { method in
    Optimisers.all.indices.map { [method, $0] }
  }

  private func plan(_ pair: [Int], epochs: Int = 6) -> TrainingPlan {
    var plan = Moons.plan(epochs: epochs)
    plan.method = Methods.all[pair[0]].init()
    plan.optimiser = Optimisers.all[pair[1]].init()
    if plan.optimiser.rate < 0.05 { plan.optimiser.rate = 0.01 }
    return plan
  }

  @Test(arguments: pairs) func `the loss on two moons falls and the weights stay finite`(
    pair: [Int]
  ) throws {
    let run = try Trainer().train(
      Moons.network(), on: Moons.data(), test: Moons.data(seed: 1), plan: plan(pair, epochs: 15))
    let first = run.loss.prefix(8).reduce(0, +)
    let last = run.loss.suffix(8).reduce(0, +)
    #expect(last < 0.7 * first)
    #expect((run.accuracy.last ?? 0) > 0.8)
    #expect(run.net.parameters.allSatisfy { $0.tensor.floats.allSatisfy { $0.isFinite } })
    #expect(run.isFinished && !run.interrupted)
    #expect(run.epoch == Array(1...15) && run.accuracy.count == 15)
    #expect(run.step.last == 120 && run.lr.count == 120)
    #expect(run.confusion?.doubles.reduce(0, +) == 120)
  }

  @Test(arguments: pairs) func `the same seed gives the same training, another seed another`(
    pair: [Int]
  ) throws {
    var other = plan(pair)
    other.seed = 4
    let runs = try [plan(pair), plan(pair), other].map {
      try Trainer().train(Moons.network(), on: Moons.data(), test: Moons.data(seed: 1), plan: $0)
    }
    #expect(agree(runs[0], runs[1]))
    #expect(!agree(runs[0], runs[2]))
  }

  @Test(arguments: pairs) func `interrupted and resumed is uninterrupted, bit for bit`(
    pair: [Int]
  ) throws {
    let whole = try Trainer().train(
      Moons.network(), on: Moons.data(), test: Moons.data(seed: 1), plan: plan(pair))
    for steps in [1, 7, 8, 9, 47] {
      let part = try stopped(after: steps) {
        try $0.train(
          Moons.network(), on: Moons.data(), test: Moons.data(seed: 1), plan: plan(pair))
      }
      #expect(part.interrupted)
      #expect(part.loss.count == steps)
      let rest = try Trainer().resume(part)
      #expect(!rest.interrupted)
      #expect(agree(rest, whole), "stopped after \(steps) steps")
    }
  }

  @Test(arguments: pairs) func `a checkpoint restores the training it was written by`(
    pair: [Int]
  ) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fdsl-checkpoint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let files = FileAccess(root: folder)
    var plan = plan(pair)
    let whole = try Trainer().train(
      Moons.network(), on: Moons.data(), test: Moons.data(seed: 1), plan: plan)
    plan.checkpoint = "run"
    for steps in [3, 8, 21] {
      let part = try stopped(after: steps, files: files) {
        try $0.train(Moons.network(), on: Moons.data(), test: Moons.data(seed: 1), plan: plan)
      }
      #expect(part.loss.count == steps)
      let rest = try Trainer(files: files).resume(
        from: "run", Moons.network(key: 99), on: Moons.data(), test: Moons.data(seed: 1),
        plan: plan)
      #expect(agree(rest, whole), "stopped after \(steps) steps")
      let present = try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("run").path)
      #expect(present.count == 3, "\(present)")
    }
  }
}

@Suite struct SavedTrainingTests {
  @Test func `network and plan come back from a checkpoint alone, bit for bit`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fdsl-checkpoint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let files = FileAccess(root: folder)
    var plan = Moons.plan()
    plan.optimiser.rate = 1.0 / 3
    plan.clip = 0.1 + 0.2
    plan.loss = CrossEntropy()
    let whole = try Trainer().train(Moons.network(), on: Moons.data(), plan: plan)
    plan.checkpoint = "run"
    let part = try stopped(after: 13, files: files) {
      try $0.train(Moons.network(), on: Moons.data(), plan: plan)
    }
    #expect(part.interrupted)
    let recipe = try Checkpoint.recipe(in: "run", files: files)
    let network = try #require(recipe.network)
    // Points given as numbers cannot be told in words.
    #expect(recipe.data == nil && !recipe.hasTest)
    let rest = try Trainer(files: files).resume(
      from: "run", network, on: Moons.data(), plan: recipe.plan)
    #expect(agree(rest, whole))
  }
}

@Suite struct TrainerTests {
  @Test func `a longer plan goes on where the shorter one ended`() throws {
    var plan = Moons.plan(epochs: 4)
    plan.schedule = Constant()
    let short = try Trainer().train(Moons.network(), on: Moons.data(), plan: plan)
    let longer = try Trainer().resume(short, epochs: 3)
    plan.epochs = 7
    let whole = try Trainer().train(Moons.network(), on: Moons.data(), plan: plan)
    #expect(agree(longer, whole))
    #expect(short.loss.count == 32 && longer.loss.count == 56)
  }

  @Test func `without test data the accuracy is that of the training batches`() throws {
    let run = try Trainer().train(Moons.network(), on: Moons.data(), plan: Moons.plan())
    #expect(run.accuracy == run.trainAccuracy)
    #expect(run.testLoss.isEmpty && run.confusion == nil)
  }

  @Test func `a plan in steps ends there`() throws {
    var plan = Moons.plan()
    plan.steps = 11
    let run = try Trainer().train(
      Moons.network(), on: Moons.data(), test: Moons.data(seed: 1), plan: plan)
    #expect(run.loss.count == 11)
    #expect(run.epoch == [1, 2])
  }

  @Test func `a loss without value stops with the step and the learning rate`() throws {
    var plan = Moons.plan(epochs: 40)
    plan.optimiser = SGD(rate: 1e9)
    plan.schedule = Constant()
    let problem = #expect(throws: Problem.self) {
      try Trainer().train(Moons.network(), on: Moons.data(), plan: plan)
    }
    #expect(problem?.slug == "diverged")
    #expect(problem?.message.contains("in step ") == true)
    #expect(problem?.notes.first == "the learning rate of this step was 1000000000")
    #expect(problem?.suggestions.first == "sgd(lr = 100000000)")
  }

  @Test func `progress tells how far it is and what is left`() throws {
    var lines: [TrainingProgress] = []
    let trainer = Trainer(progressInterval: 0) { lines.append($0) }
    _ = try trainer.train(
      Moons.network(), on: Moons.data(), test: Moons.data(), plan: Moons.plan(epochs: 2))
    #expect(Set(lines.map(\.step)) == Set(1...16))
    #expect(lines.last?.epoch == 2 && lines.last?.remaining == 0)
    #expect(lines.last?.text.hasPrefix("epoch 2/2  step 16/16  loss ") == true)
  }

  @Test func `networks and data that do not fit are refused before the first step`() throws {
    let moons = try Moons.data()
    var plan = Moons.plan()
    plan.batch = 0
    #expect(throws: Problem.self) { try Trainer().train(Moons.network(), on: moons, plan: plan) }
    plan = Moons.plan()
    plan.optimiser.rate = .nan
    #expect(throws: Problem.self) { try Trainer().train(Moons.network(), on: moons, plan: plan) }
    let wide = try ArrayDataset(
      .floats([Float](repeating: 0, count: 12)), labels: [0, 1, 2, 0], sampleShape: [3])
    #expect(throws: Problem.self) {
      try Trainer().train(Moons.network(), on: wide, plan: Moons.plan())
    }
    #expect(throws: Problem.self) {
      try Trainer().train(Moons.network(), on: moons, test: wide, plan: Moons.plan())
    }
    var points = Points()
    (points.kind, points.classes) = ("blobs", 5)
    let five = try points.dataset()
    let found = #expect(throws: Problem.self) {
      try Trainer().train(Moons.network(), on: five, plan: Moons.plan())
    }
    #expect(found?.message == "the network has 2 outputs, the labels go up to 4")
  }

  @Test func `a checkpoint of another training is refused by what differs`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fdsl-checkpoint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let files = FileAccess(root: folder)
    let trainer = Trainer(files: files)
    var plan = Moons.plan(epochs: 1)
    plan.checkpoint = "run"
    _ = try trainer.train(Moons.network(), on: Moons.data(), plan: plan)
    func resumed(_ plan: TrainingPlan, _ net: Network? = nil) -> Problem? {
      do {
        _ = try trainer.resume(
          from: "run", try net ?? Moons.network(), on: Moons.data(), plan: plan)
        return nil
      } catch { return error as? Problem }
    }
    #expect(resumed(plan) == nil)
    var other = plan
    other.seed = 9
    #expect(resumed(other)?.notes == ["its seed is 3, this training's is 9"])
    other = plan
    other.optimiser = SGD()
    #expect(resumed(other)?.notes.first?.hasPrefix("its optimizer is adamw") == true)
    #expect(resumed(plan, try Network.mlp([2, 8, 2], key: 1))?.slug == "checkpoint")
    for junk in ["", "{", "[]", "{\"format\":2}"] {
      try files.write(Array(junk.utf8), to: "run/state.json")
      #expect(resumed(plan)?.message == "\"run/state.json\" is damaged")
    }
    try files.write(Array("{\"format\":1}".utf8), to: "run/state.json")
    #expect(resumed(plan)?.notes == ["its format is 1, this program reads 2"])
    #expect(throws: Problem.self) {
      try trainer.resume(from: "nowhere", Moons.network(), on: Moons.data(), plan: plan)
    }
  }

  @Test func `a fine-tuned network has the new classes, and a frozen body stays`() throws {
    var points = Points()
    (points.kind, points.classes, points.count) = ("blobs", 4, 80)
    let blobs = try points.dataset()
    let before = try Moons.network().built(for: [2])
    for frozen in [false, true] {
      let run = try Trainer().finetune(before, on: blobs, frozen: frozen, plan: Moons.plan())
      let head = Set(run.net.headParameters)
      #expect(try run.net.predict(blobs.samples([0]).inputs).shape == [1, 4])
      let bodyMoved = zip(before.parameters, run.net.parameters).contains {
        !head.contains($0.name) && $0.tensor != $1.tensor
      }
      #expect(bodyMoved == !frozen)
    }
  }

  @Test func `a probe of a trained network's features finds what it was trained for`() throws {
    let run = try Trainer().train(
      Moons.network(), on: Moons.data(), plan: Moons.plan(epochs: 20))
    let test = try Moons.data(seed: 1)
    let probe = try run.net.linearProbe(on: Moons.data(), validation: test)
    let features = try run.net.features(of: test)
    #expect(features.shape == [120, 16])
    #expect(try probe.classifier.accuracy(features, labels: test.labels) > 0.85)
    let evaluation = try run.net.evaluated(on: test)
    #expect(evaluation.predictions == Metrics.largest(try run.net.predictions(for: test)))
    #expect(evaluation.accuracy > 0.85)
  }
}
