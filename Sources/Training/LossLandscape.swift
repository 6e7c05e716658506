import Basics
import Datasets
import Networks
import Tensors

/// The loss of a network on a square of weights around its own, spanned by two random directions
/// (Li et al., "Visualizing the loss landscape of neural nets", 2018, arXiv 1712.09913).
///
/// Each filter of a direction, which is a row of a weight, is as long as the network's own filter,
/// so that landscapes of networks with weights of other sizes can be compared. Biases and the gains
/// of normalisations, which have one axis, stay as they are.
package struct LossLandscape: Sendable {
  /// Distances along the first and the second direction; 0 is the network itself, 1 a filter's
  /// own length.
  package let a: [Double]
  package let b: [Double]
  /// Mean cross-entropy of the samples: [steps of b, steps of a].
  package let loss: Tensor

  /// Measures steps × steps networks.
  ///
  /// - Parameters:
  ///   - span: the least and the largest distance, finite.
  ///   - random: the stream of the two directions.
  ///   - progress: told how many networks of how many are measured.
  package init(
    of network: Network, on data: any Dataset, prepared pipeline: Pipeline = Pipeline(),
    span: ClosedRange<Double> = -1...1, steps: Int = 41, random: RandomSource,
    interruption: Interruption? = nil, progress: (Int, Int) -> Void = { _, _ in }
  ) throws {
    guard data.count > 0 else { throw Problem("data", "there are no samples to measure on") }
    guard (2...1000).contains(steps) else {
      throw Problem(
        "range", "`steps` is \(steps)", notes: ["it lies between 2 and 1000"],
        suggestions: ["steps = 41"])
    }
    precondition(span.lowerBound.isFinite && span.upperBound.isFinite, "a span of finite distances")
    // Pictures are drawn and prepared once, not for every network.
    let found = try data.samples(Array(0..<data.count))
    let samples = try ArrayDataset(
      try pipeline.prepared(found.inputs), labels: found.labels, classes: data.classes)
    var network = try network.built(for: samples.sampleShape)
    let weights = network.parameters
    let directions = (0..<2).map { index in
      let stream = random.stream("direction", index)
      return weights.map { Self.direction(like: $0.tensor, stream.stream($0.name)) }
    }
    let places = (0..<steps).map { step in
      let share = Double(step) / Double(steps - 1)
      return span.lowerBound * (1 - share) + span.upperBound * share
    }
    var losses: [Double] = []
    for b in places {
      for a in places {
        network.parameters = zip(weights.indices, weights).map { index, weight in
          guard let first = directions[0][index], let second = directions[1][index] else {
            return weight
          }
          var moved = weight.tensor.detached
          moved.accumulate(first, scale: a)
          moved.accumulate(second, scale: b)
          return (weight.name, moved)
        }
        losses.append(try network.evaluated(on: samples, interruption: interruption).loss)
        progress(losses.count, steps * steps)
      }
    }
    (self.a, self.b) = (places, places)
    loss = Tensor(losses, shape: [steps, steps])
  }

  /// A Gaussian direction whose rows are as long as the weight's; nil for what stays.
  private static func direction(like weight: Tensor, _ random: RandomSource) -> Tensor? {
    guard weight.rank > 1, weight.count > 0 else { return nil }
    var random = random
    let own = weight.doubles
    let row = weight.count / weight.shape[0]
    var numbers = own.map { _ in random.normal() }
    func length(_ values: ArraySlice<Double>) -> Double {
      values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    for start in stride(from: 0, to: own.count, by: row) {
      let part = start..<start + row
      let made = length(numbers[part])
      let scale = made > 0 ? length(own[part]) / made : 0
      for index in part { numbers[index] *= scale }
    }
    return Tensor(numbers, shape: weight.shape).converted(to: weight.precision)
  }
}
