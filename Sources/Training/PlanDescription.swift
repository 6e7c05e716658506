import Basics
import Datasets

/// A plan as data that it can be made from.
struct PlanDescription: Codable {
  private var epochs: Int
  private var steps: Int?
  private var batch: Int
  private var dropsLast: Bool
  private var loss: MemberDescription
  private var optimiser: MemberDescription
  private var schedule: MemberDescription
  private var method: MemberDescription
  private var augmentation: [MemberDescription]
  private var clip: Double?
  private var bodyRate: Double
  private var seed: UInt64
  private var testEvery: Int
  private var checkpointEvery: Int

  init(_ plan: TrainingPlan) {
    epochs = plan.epochs
    steps = plan.steps
    batch = plan.batch
    dropsLast = plan.dropsLast
    loss = MemberDescription(plan.loss)
    optimiser = MemberDescription(plan.optimiser)
    schedule = MemberDescription(plan.schedule)
    method = MemberDescription(plan.method)
    augmentation = plan.augmentation.stages.map { MemberDescription($0) }
    clip = plan.clip
    bodyRate = plan.bodyRate
    seed = plan.seed
    testEvery = plan.testEvery
    checkpointEvery = plan.checkpointEvery
  }

  /// The plan of a training that goes on writing into `folder`.
  func plan(checkpoint folder: String) throws -> TrainingPlan {
    var plan = TrainingPlan()
    plan.epochs = epochs
    plan.steps = steps
    plan.batch = batch
    plan.dropsLast = dropsLast
    plan.loss = try loss.member(of: Losses.all, as: (any Loss).self)
    plan.optimiser = try optimiser.member(of: Optimisers.all, as: (any Optimiser).self)
    plan.schedule = try schedule.member(of: Schedules.all, as: (any Schedule).self)
    plan.method = try method.member(of: Methods.all, as: (any TrainingMethod).self)
    plan.augmentation = Pipeline(
      try augmentation.map { try $0.member(of: Augmentations.all, as: (any Augmentation).self) })
    plan.clip = clip
    plan.bodyRate = bodyRate
    plan.seed = seed
    plan.testEvery = testEvery
    plan.checkpointEvery = checkpointEvery
    plan.checkpoint = folder
    return plan
  }
}
