import Basics
import Datasets
import Networks
import Tensors

/// A training: the network as it is now, its history, and all that is needed to go on.
package struct Run: Sendable {
  package internal(set) var net: Network
  package private(set) var plan: TrainingPlan
  package let data: any Dataset
  package let test: (any Dataset)?

  /// The number of every step made, counted from 1.
  package var step: [Int] { loss.indices.map { $0 + 1 } }
  /// The loss of every step, before the step.
  package internal(set) var loss: [Double] = []
  /// The learning rate of every step.
  package internal(set) var lr: [Double] = []
  /// The epochs after which the accuracy was found, counted from 1.
  package internal(set) var epoch: [Int] = []
  /// Accuracy on the test data after each of these epochs; without test data, on the training
  /// batches as they came.
  package internal(set) var accuracy: [Double] = []
  /// Mean loss on the test data after each of these epochs; empty without test data.
  package internal(set) var testLoss: [Double] = []
  /// Accuracy on the training batches of every finished epoch, before each step.
  package internal(set) var trainAccuracy: [Double] = []
  /// [classes, classes] of the last test: row is the true class; nil without test data.
  package internal(set) var confusion: Tensor?
  /// Whether a stop was asked for before all steps were made.
  package internal(set) var interrupted = false
  /// Seconds of training and testing so far.
  package internal(set) var elapsed = 0.0

  /// All steps of the plan.
  package private(set) var totalSteps: Int
  let stepsPerEpoch: Int
  var optimiserState = OptimiserState()
  var methodState: [String: Tensor]
  /// Samples seen and found in the epoch that is under way.
  var epochSeen = 0
  var epochCorrect = 0
  /// Epochs whose end was dealt with: tested and written down.
  var epochsClosed = 0

  /// Epochs finished.
  package var epochs: Int { epochsClosed }
  /// Whether all steps of the plan were made.
  package var isFinished: Bool { loss.count >= totalSteps }

  /// Where an interrupted training stands: `training interrupted at epoch 7 of 20, batch 2 of 4`.
  package var progress: String {
    let epoch = loss.count / stepsPerEpoch
    let epochs = (totalSteps + stepsPerEpoch - 1) / stepsPerEpoch
    return "training interrupted at epoch \(min(epoch + 1, epochs)) of \(epochs), "
      + "batch \(loss.count - epoch * stepsPerEpoch) of \(stepsPerEpoch)"
  }

  /// One line for a reader.
  package var summary: String {
    var text =
      "\(loss.count) of \(totalSteps) steps, \(epochsClosed) "
      + "epoch\(epochsClosed == 1 ? "" : "s")"
    if let last = loss.last { text += ", loss \(NumberText.short(last, digits: 3))" }
    if let last = accuracy.last {
      text += ", \(test == nil ? "training" : "test") accuracy "
      text += NumberText.short(last, digits: 3)
    }
    return interrupted ? text + ", interrupted" : text
  }
}

extension Run {
  /// A training before its first step.
  init(
    net: Network, plan: TrainingPlan, data: any Dataset, test: (any Dataset)?,
    stepsPerEpoch: Int, methodState: [String: Tensor]
  ) {
    self.net = net
    self.plan = plan
    self.data = data
    self.test = test
    self.stepsPerEpoch = stepsPerEpoch
    self.methodState = methodState
    totalSteps = plan.totalSteps(perEpoch: stepsPerEpoch)
  }

  /// The same training with a plan that is longer by some epochs.
  func extended(byEpochs number: Int) -> Run {
    var run = self
    if let steps = plan.steps {
      run.plan.steps = steps + number * stepsPerEpoch
    } else {
      run.plan.epochs += number
    }
    run.totalSteps = run.plan.totalSteps(perEpoch: stepsPerEpoch)
    return run
  }
}

/// How far a training is.
package struct TrainingProgress: Sendable {
  /// Counted from 1.
  package let epoch: Int
  package let epochs: Int
  package let step: Int
  package let totalSteps: Int
  /// Mean of the last losses.
  package let loss: Double
  /// The last accuracy found.
  package let accuracy: Double?
  /// Samples in a second.
  package let rate: Double
  /// Seconds so far, and probably still to come.
  package let elapsed: Double
  package let remaining: Double

  /// `epoch 3/20  step 212/430  loss 0.412  accuracy 0.881  5,900/s  1 min 05 s left`
  package var text: String {
    var parts = [
      "epoch \(epoch)/\(epochs)", "step \(step)/\(totalSteps)",
      "loss \(NumberText.fixed(loss, decimals: 3))",
    ]
    if let accuracy { parts.append("accuracy \(NumberText.fixed(accuracy, decimals: 3))") }
    parts.append("\(NumberText.short(rate.rounded(), digits: 4))/s")
    parts.append("\(NumberText.duration(remaining)) left")
    return parts.joined(separator: "  ")
  }
}
