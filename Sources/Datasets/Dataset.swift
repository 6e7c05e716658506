import Basics
import Tensors

/// Labelled samples of one shape, made or read when asked for.
///
/// Pictures are channels × height × width with values 0...1. A dataset is a value: asking twice
/// for the same sample of the same epoch gives the same numbers, on any thread.
package protocol Dataset: Sendable {
  /// How many samples there are.
  var count: Int { get }
  /// How many classes the labels speak of; labels lie in 0..<classes.
  var classes: Int { get }
  /// Shape of one sample, without the batch axis.
  var sampleShape: [Int] { get }
  /// Names of the classes in the order of their labels, when there are any.
  var classNames: [String]? { get }
  /// The label of every sample.
  var labels: [Int] { get }
  /// Whether making a batch takes long enough to be worth a thread of its own.
  var isCostly: Bool { get }
  /// How it can be made anew; nil when it came from numbers or functions of a program.
  var recipe: DatasetRecipe? { get }
  /// The samples with these numbers as f32 of shape [indices.count] + sampleShape, and their
  /// labels. Only datasets that show new pictures in every epoch look at `epoch`.
  func samples(_ indices: [Int], epoch: Int) throws -> (inputs: Tensor, labels: [Int])
}

extension Dataset {
  package var classNames: [String]? { nil }
  package var isCostly: Bool { false }
  package var recipe: DatasetRecipe? { nil }

  /// The samples with these numbers, as the first epoch sees them.
  package func samples(_ indices: [Int]) throws -> (inputs: Tensor, labels: [Int]) {
    try samples(indices, epoch: 0)
  }

  /// Every sample. For sets that are known to be small.
  package func everything() throws -> (inputs: Tensor, labels: [Int]) {
    try samples(Array(0..<count))
  }

  /// How many samples each class has.
  package var classCounts: [Int] {
    var counts = [Int](repeating: 0, count: classes)
    for label in labels { counts[label] += 1 }
    return counts
  }

  /// One line for a reader: `640 images [32, 32] f32 in 20 classes, min 0, mean 0.213, max 1`.
  ///
  /// The range is that of at most 256 samples spread over the set.
  package var summary: String {
    let isPicture = sampleShape.count == 3
    let shown = isPicture && sampleShape[0] == 1 ? Array(sampleShape.dropFirst()) : sampleShape
    var line =
      "\(count) \(isPicture ? "image" : "sample")\(count == 1 ? "" : "s") "
      + "[\(shown.map(String.init).joined(separator: ", "))] f32 in "
      + "\(classes) class\(classes == 1 ? "" : "es")"
    let probe = Array(stride(from: 0, to: count, by: max(1, count / 256)))
    if !probe.isEmpty, let inputs = try? samples(probe).inputs {
      let (low, mean, high) = inputs.withFloats { values in
        var (low, high, sum) = (Float.infinity, -Float.infinity, 0.0)
        for value in values {
          low = min(low, value)
          high = max(high, value)
          sum += Double(value)
        }
        return (low, sum / Double(max(1, values.count)), high)
      }
      line += ", min \(NumberText.short(Double(low), digits: 3))"
      line += ", mean \(NumberText.short(mean, digits: 3))"
      line += ", max \(NumberText.short(Double(high), digits: 3))"
    }
    return line
  }

  /// Throws unless every number is that of a sample.
  package func checkIndices(_ indices: [Int]) throws {
    if let wrong = indices.first(where: { $0 < 0 || $0 >= count }) {
      throw Problem(
        "index", "there is no sample \(wrong)",
        notes: ["the data has \(count) samples, numbered from 0"])
    }
  }

  /// The length of one sample in numbers.
  package var sampleSize: Int { sampleShape.reduce(1, *) }
}
