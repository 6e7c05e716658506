import Basics
import Datasets
import Images
import Language
import Networks
import Tensors
import Training

/// A part of a training in the language: an optimiser, a schedule, a loss, a method.
final class PartValue: HostValue {
  static let typeName = "training part"
  let part: any Configurable

  init(_ part: any Configurable) { self.part = part }

  func show(_ style: DisplayStyle) -> Shown { Shown(Self.text(of: part)) }

  /// The part as a program makes it, with every digit.
  static func source(of part: any Configurable) -> String {
    let described = MemberDescription(part)
    let settings = described.settings.sorted { $0.key < $1.key }.map { name, value in
      "\(name) = \(KindBuiltins.value(of: value).source(digits: 17))"
    }
    return "\(described.name)(\(settings.joined(separator: ", ")))"
  }

  /// The part as a reader sees it.
  static func text(of part: any Configurable) -> String {
    func opened<Part: Configurable>(_ part: Part) -> String {
      let settings = Part.settings.map { "\($0.name) = \($0.value(in: part).text)" }
      return "\(Part.name)(\(settings.joined(separator: ", ")))"
    }
    return opened(part)
  }
}

/// Augmentations in the language, composed with `>>`.
final class AugmentationValue: HostValue {
  static let typeName = "Augmentation"
  let pipeline: Pipeline

  init(_ pipeline: Pipeline) { self.pipeline = pipeline }

  func show(_ style: DisplayStyle) -> Shown {
    Shown(pipeline.stages.map { PartValue.text(of: $0) }.joined(separator: " >> "))
  }

  func combined(_ sign: String, with other: Value, isLeft: Bool, _ call: Call) throws -> Value? {
    guard sign == ">>", case .host(let host) = other, let other = host as? AugmentationValue else {
      return nil
    }
    return .host(
      AugmentationValue(isLeft ? pipeline >> other.pipeline : other.pipeline >> pipeline))
  }
}

extension AugmentationValue: ValueConvertible {}

/// Labelled samples in the language.
final class DataValue: HostValue {
  static let typeName = "Data"
  let data: any Dataset

  init(_ data: any Dataset) { self.data = data }

  func show(_ style: DisplayStyle) -> Shown { Shown("Data: \(data.summary)") }

  var elementCount: Int? { data.count }
  let fieldNames = ["labels", "classes", "names", "inputs", "shape", "counts"]

  func field(_ name: String, _ call: Call) throws -> Value? {
    switch name {
    case "labels": return Value(Tensor(data.labels.map(Double.init), shape: [data.count]))
    case "classes": return .int(data.classes)
    case "names":
      let names = data.classNames ?? (0..<data.classes).map(String.init)
      return Value(names.map(Value.string))
    case "inputs": return .tensor(TensorBox(try data.everything().inputs))
    case "shape": return Value(data.sampleShape.map(Value.int))
    case "counts": return Value(Tensor(data.classCounts.map(Double.init), shape: [data.classes]))
    default: return nil
    }
  }

  /// `data[i]` is a sample with its label; slices, lists and masks give smaller data.
  func element(_ indices: [SubscriptItem], _ call: Call) throws -> Value {
    guard indices.count == 1 else { throw Problem("index", "data is indexed by one sample number") }
    switch indices[0] {
    case .at(let index):
      let position = index < 0 ? index + data.count : index
      try data.checkIndices([position])
      let (inputs, labels) = try data.samples([position])
      let sample = try inputs.indexed([.at(0)])
      let isPicture = data.sampleShape.count == 3 && [1, 3].contains(data.sampleShape[0])
      let shown: Value =
        isPicture ? .host(ImageValue(try Self.image(of: sample))) : .tensor(TensorBox(sample))
      return .tuple(TupleValue([shown, .int(labels[0])], names: ["sample", "label"]))
    case .slice(let from, let to, let step):
      return .host(DataValue(try data.subset(try Indexing.slice(from, to, step, data.count))))
    case .value(let value):
      if let mask = value.tensor, mask.isMask {
        let chosen = mask.doubles.enumerated().filter { $0.element != 0 }.map(\.offset)
        return .host(DataValue(try data.subset(chosen)))
      }
      guard let list = try Integers.converted(from: value) else { break }
      try data.checkIndices(list.values)
      return .host(DataValue(try data.subset(list.values)))
    case .new: break
    }
    throw Problem("index", "data is indexed by numbers of samples")
  }

  /// The picture of a sample [channels, height, width].
  static func image(of sample: Tensor) throws -> Image {
    if sample.shape[0] == 1 {
      return try ImageValue.image(of: sample.reshaped(Array(sample.shape.dropFirst())))
    }
    return try ImageValue.image(of: sample.permuted([1, 2, 0]))
  }
}

extension DataValue: ValueConvertible {}

/// A training's result in the language.
final class RunValue: HostValue {
  static let typeName = "Run"
  let run: Run

  init(_ run: Run) { self.run = run }

  func show(_ style: DisplayStyle) -> Shown { Shown("Run: \(run.summary)") }

  var interruption: (place: String, content: String)? {
    guard run.interrupted else { return nil }
    let accuracy = run.accuracy.last.map {
      " (\(run.test == nil ? "training" : "test") accuracy \(NumberText.short($0, digits: 3)))"
    }
    return (run.progress, "the weights and curves so far" + (accuracy ?? ""))
  }

  let fieldNames = [
    "net", "loss", "accuracy", "step", "epoch", "lr", "confusion", "interrupted", "epochs",
    "test_loss", "train_accuracy", "elapsed",
  ]

  func field(_ name: String, _ call: Call) throws -> Value? {
    func list(_ values: [Double]) -> Value {
      .tensor(TensorBox(Tensor(values, shape: [values.count])))
    }
    switch name {
    case "net": return .host(NetValue(run.net))
    case "loss": return list(run.loss)
    case "accuracy": return list(run.accuracy)
    case "step": return list(run.step.map(Double.init))
    case "epoch": return list(run.epoch.map(Double.init))
    case "lr": return list(run.lr)
    case "test_loss": return list(run.testLoss)
    case "train_accuracy": return list(run.trainAccuracy)
    case "confusion":
      guard let confusion = run.confusion else {
        throw Problem(
          "field", "this run has no confusion matrix", notes: ["it was trained without test data"],
          suggestions: ["train(…, test = data)"])
      }
      return Value(confusion)
    case "interrupted": return .bool(run.interrupted)
    case "epochs": return .int(run.epochs)
    case "elapsed": return .real(run.elapsed)
    default: return nil
    }
  }
}

extension RunValue: ValueConvertible {}
