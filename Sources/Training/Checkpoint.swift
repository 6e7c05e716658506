import Basics
import Datasets
import Foundation
import Networks
import Tensors

/// A training on disk: weights, what the optimiser remembers, and the history.
///
/// The folder holds `weights-STEP.safetensors`, `memory-STEP.safetensors` and `state.json`, which
/// names the two. `state.json` takes its name last and in one step, so a crash at any moment
/// leaves the previous checkpoint whole.
package enum Checkpoint {
  /// Name of the file that tells what the folder holds.
  package static let stateFile = "state.json"

  private static let formatVersion = 2

  /// The history of a training and what must agree for it to go on.
  fileprivate struct State: Codable {
    var format: Int
    var weights: String
    var memory: String
    var optimiser: String
    var method: String
    var seed: UInt64
    var batch: Int
    var samples: Int
    var stepsPerEpoch: Int
    var optimiserStep: Int
    var loss: [Double]
    var lr: [Double]
    var epoch: [Int]
    var accuracy: [Double]
    var testLoss: [Double]
    var trainAccuracy: [Double]
    var epochSeen: Int
    var epochCorrect: Int
    var epochsClosed: Int
    var interrupted: Bool
    var elapsed: Double
    var plan: PlanDescription
    /// Nil when the program's own functions are layers.
    var network: NetworkDescription?
    /// Nil when the program's own numbers or functions are the data.
    var data: DatasetRecipe?
    var test: DatasetRecipe?
    var hasTest: Bool
  }

  /// What a checkpoint tells of its training, besides what the training has learnt.
  package struct Recipe {
    /// Where the training goes on writing is the checkpoint's folder.
    package let plan: TrainingPlan
    /// Without its weights; nil when the program's own functions are layers.
    package let network: Network?
    /// Nil when the data cannot be made without the program.
    package let data: DatasetRecipe?
    package let test: DatasetRecipe?
    package let hasTest: Bool
  }

  /// Writes the checkpoint of a training and removes the files of the one before.
  package static func write(_ run: Run, to folder: String, files: FileAccess) throws {
    let step = run.loss.count
    let weights = "weights-\(step).safetensors"
    let memory = "memory-\(step).safetensors"
    let path = folder.isEmpty ? "" : folder + "/"
    try Safetensors(run.net.parameters + run.net.buffers.map { ("buffer:" + $0.name, $0.tensor) })
      .write(to: path + weights, files: files)
    var remembered: [(name: String, tensor: Tensor)] = []
    for (name, slots) in run.optimiserState.slots.sorted(by: { $0.key < $1.key }) {
      for (index, slot) in slots.enumerated() {
        remembered.append(("slot:\(index):\(name)", slot))
      }
    }
    for (name, tensor) in run.methodState.sorted(by: { $0.key < $1.key }) {
      remembered.append(("method:\(name)", tensor))
    }
    if let confusion = run.confusion { remembered.append(("confusion", confusion)) }
    try Safetensors(remembered).write(to: path + memory, files: files)

    let state = State(
      format: formatVersion, weights: weights, memory: memory,
      optimiser: type(of: run.plan.optimiser).name, method: type(of: run.plan.method).name,
      seed: run.plan.seed, batch: run.plan.batch, samples: run.data.count,
      stepsPerEpoch: run.stepsPerEpoch, optimiserStep: run.optimiserState.step, loss: run.loss,
      lr: run.lr, epoch: run.epoch, accuracy: run.accuracy, testLoss: run.testLoss,
      trainAccuracy: run.trainAccuracy, epochSeen: run.epochSeen, epochCorrect: run.epochCorrect,
      epochsClosed: run.epochsClosed, interrupted: run.interrupted, elapsed: run.elapsed,
      plan: PlanDescription(run.plan), network: NetworkDescription(run.net), data: run.data.recipe,
      test: run.test?.recipe, hasTest: run.test != nil)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try files.write(Array(try encoder.encode(state)), to: path + stateFile)
    try removeOthers(in: folder, keeping: [weights, memory], files)
  }

  /// Whether a folder holds a checkpoint.
  package static func exists(in folder: String, files: FileAccess) -> Bool {
    files.hasFile(folder + "/" + stateFile)
  }

  /// How the training in a folder was begun.
  package static func recipe(in folder: String, files: FileAccess) throws -> Recipe {
    let state = try state(in: folder, files)
    return Recipe(
      plan: try state.plan.plan(checkpoint: folder), network: try state.network?.network,
      data: state.data, test: state.test, hasTest: state.hasTest)
  }

  private static func state(in folder: String, _ files: FileAccess) throws -> State {
    guard exists(in: folder, files: files) else {
      throw Problem(
        "checkpoint", "there is no checkpoint in \"\(folder)\"",
        notes: ["a checkpoint's folder holds a file \(stateFile)"])
    }
    struct Version: Codable { var format: Int }
    let path = folder + "/" + stateFile
    let bytes = Data(try files.read(path))
    if let version = try? JSONDecoder().decode(Version.self, from: bytes),
      version.format != formatVersion
    {
      throw Problem(
        "checkpoint", "\"\(path)\" was written by another version",
        notes: ["its format is \(version.format), this program reads \(formatVersion)"])
    }
    guard let state = try? JSONDecoder().decode(State.self, from: bytes), state.isConsistent else {
      throw Problem("checkpoint", "\"\(path)\" is damaged")
    }
    return state
  }

  /// The training as it was saved. `run` is the same training before its first step.
  static func restore(_ run: Run, from folder: String, files: FileAccess) throws -> Run {
    let state = try state(in: folder, files)
    let pairs: [(String, String, String)] = [
      ("optimizer", state.optimiser, type(of: run.plan.optimiser).name),
      ("method", state.method, type(of: run.plan.method).name),
      ("seed", "\(state.seed)", "\(run.plan.seed)"),
      ("batch", "\(state.batch)", "\(run.plan.batch)"),
      ("number of samples", "\(state.samples)", "\(run.data.count)"),
      ("steps in an epoch", "\(state.stepsPerEpoch)", "\(run.stepsPerEpoch)"),
    ]
    for (what, saved, now) in pairs where saved != now {
      throw Problem(
        "checkpoint", "the checkpoint in \"\(folder)\" belongs to another training",
        notes: ["its \(what) is \(saved), this training's is \(now)"])
    }
    var restored = run
    let weights = try Safetensors(contentsOf: folder + "/" + state.weights, files: files)
    restored.net.parameters = try matched(restored.net.parameters, weights, prefix: "", folder)
    restored.net.buffers = try matched(restored.net.buffers, weights, prefix: "buffer:", folder)
    let memory = try Safetensors(contentsOf: folder + "/" + state.memory, files: files)
    try restored.recall(memory, folder)
    restored.optimiserState.step = state.optimiserStep
    restored.loss = state.loss
    restored.lr = state.lr
    restored.epoch = state.epoch
    restored.accuracy = state.accuracy
    restored.testLoss = state.testLoss
    restored.trainAccuracy = state.trainAccuracy
    restored.epochSeen = state.epochSeen
    restored.epochCorrect = state.epochCorrect
    restored.epochsClosed = state.epochsClosed
    restored.interrupted = state.interrupted
    restored.elapsed = state.elapsed
    return restored
  }

  /// The saved tensors in the order and with the shapes of those that are there.
  private static func matched(
    _ present: [(name: String, tensor: Tensor)], _ saved: Safetensors, prefix: String,
    _ folder: String
  ) throws -> [(name: String, tensor: Tensor)] {
    let byName = Dictionary(saved.tensors.map { ($0.name, $0.tensor) }) { first, _ in first }
    return try present.map { entry in
      let (name, tensor) = entry
      guard let found = byName[prefix + name], found.shape == tensor.shape else {
        let shape = byName[prefix + name].map { "has shape \($0.shape)" } ?? "is missing"
        throw Problem(
          "checkpoint", "the checkpoint in \"\(folder)\" is of another network",
          notes: ["this network's \(name) has shape \(tensor.shape), the saved one \(shape)"])
      }
      return (name, found)
    }
  }

  private static func removeOthers(
    in folder: String, keeping names: [String], _ files: FileAccess
  ) throws {
    let place = folder.isEmpty ? "." : folder
    let present = (try? files.entries(place))?.map(\.name) ?? []
    for name in present where !names.contains(name) {
      let isOurs = name.hasPrefix("weights-") || name.hasPrefix("memory-")
      if isOurs, name.hasSuffix(".safetensors") {
        try files.remove(place + "/" + name)
      }
    }
  }
}

extension Checkpoint.State {
  /// Whether the numbers can be those of one training.
  fileprivate var isConsistent: Bool {
    // Nobody counts so far; the numbers are added to.
    let most = 1 << 50
    return loss.count == lr.count && epoch.count == accuracy.count && epochsClosed >= 0
      && epochsClosed == trainAccuracy.count && stepsPerEpoch > 0
      && (0...most).contains(optimiserStep)
      && (0...most).contains(epochSeen) && (0...most).contains(epochCorrect)
      && !weights.contains("/") && !memory.contains("/")
  }
}

extension Run {
  /// Takes over what optimiser and method remembered.
  fileprivate mutating func recall(_ memory: Safetensors, _ folder: String) throws {
    let shapes = Dictionary(uniqueKeysWithValues: net.parameters.map { ($0.name, $0.tensor.shape) })
    let slotCount = plan.optimiser.slots.count
    for (label, tensor) in memory.tensors {
      let parts = label.split(separator: ":", maxSplits: 2).map(String.init)
      switch parts.first {
      case "confusion": confusion = tensor
      case "method" where parts.count >= 2:
        methodState[parts.dropFirst().joined(separator: ":")] = tensor
      case "slot" where parts.count == 3:
        guard let index = Int(parts[1]), index < slotCount, shapes[parts[2]] == tensor.shape else {
          throw Problem(
            "checkpoint", "the checkpoint in \"\(folder)\" is of another training",
            notes: ["what it remembers of \(parts[2]) does not fit this network and optimizer"])
        }
        var slots = optimiserState.slots[parts[2]] ?? []
        // Slots of one parameter are stored in order.
        guard slots.count == index else {
          throw Problem("checkpoint", "the checkpoint in \"\(folder)\" is damaged")
        }
        slots.append(tensor)
        optimiserState.slots[parts[2]] = slots
      default: break
      }
    }
    for (name, slots) in optimiserState.slots where slots.count != slotCount {
      throw Problem(
        "checkpoint", "the checkpoint in \"\(folder)\" is damaged",
        notes: ["it remembers too little of \(name)"])
    }
  }
}

extension Trainer {
  /// Goes on with a training saved in `folder`, to the end of `plan` or `epochs` further.
  ///
  /// Network, data and plan are those the training was begun with; where they are others, the
  /// problem says what differs.
  package func resume(
    from folder: String, _ network: Network, on data: any Dataset, test: (any Dataset)? = nil,
    plan: TrainingPlan, epochs: Int? = nil
  ) throws -> Run {
    guard let files else {
      throw Problem("checkpoint", "this program may not read files")
    }
    let run = try Checkpoint.restore(
      try prepared(network, data, test, plan), from: folder, files: files)
    return try resume(run, epochs: epochs)
  }
}
