import Basics
import Datasets
import Networks
import Tensors

/// How a network does on a dataset.
package struct Evaluation: Sendable {
  /// Share of the samples whose class the network finds.
  package let accuracy: Double
  /// Mean cross-entropy.
  package let loss: Double
  /// [classes, classes]: row is the true class, column the one found.
  package let confusion: Tensor
  /// The class found for each sample.
  package let predictions: [Int]
}

/// Numbers that tell how good a network is.
package enum Metrics {
  /// The position of the largest number of each row; the first where several are equal.
  package static func largest(_ outputs: Tensor) -> [Int] {
    let width = outputs.shape.last ?? 1
    return outputs.withFloats { values in
      stride(from: 0, to: values.count, by: max(1, width)).map { start in
        var best = 0
        for i in 1..<max(1, width) where values[start + i] > values[start + best] { best = i }
        return best
      }
    }
  }

  /// How many rows have their largest number at the label.
  package static func correct(_ outputs: Tensor, labels: [Int]) -> Int {
    zip(largest(outputs), labels).count { $0 == $1 }
  }
}

extension Network {
  /// How the network does on all samples of `data`, prepared as for a test.
  package func evaluated(
    on data: any Dataset, prepared pipeline: Pipeline = Pipeline(), batch: Int = 250,
    interruption: Interruption? = nil
  ) throws -> Evaluation {
    guard data.count > 0 else { throw Problem("data", "there are no samples to test on") }
    var predictions: [Int] = []
    var loss = 0.0
    try forEachBatch(of: data, pipeline, batch, interruption) { inputs, labels in
      let outputs = try predict(inputs)
      loss +=
        try CrossEntropy().value(outputs, labels: labels).item * Double(labels.count)
      predictions += Metrics.largest(outputs)
    }
    let labels = data.labels
    let classes = max(data.classes, (predictions.max() ?? 0) + 1)
    var confusion = [Double](repeating: 0, count: classes * classes)
    for (label, found) in zip(labels, predictions) { confusion[label * classes + found] += 1 }
    return Evaluation(
      accuracy: Double(zip(labels, predictions).count { $0 == $1 }) / Double(data.count),
      loss: loss / Double(data.count),
      confusion: Tensor(confusion, shape: [classes, classes]), predictions: predictions)
  }

  /// What the network's head would see of every sample: f32 of shape [samples, features].
  package func features(
    of data: any Dataset, prepared pipeline: Pipeline = Pipeline(), batch: Int = 250,
    interruption: Interruption? = nil
  ) throws -> Tensor {
    guard data.count > 0 else { throw Problem("data", "there are no samples") }
    var values: [Float] = []
    try forEachBatch(of: data, pipeline, batch, interruption) { inputs, _ in
      values += try features(of: inputs).floats
    }
    return Tensor(floats: values, shape: [data.count, values.count / data.count])
  }

  /// The outputs for every sample: f32 of shape [samples, …].
  package func predictions(
    for data: any Dataset, prepared pipeline: Pipeline = Pipeline(), batch: Int = 250,
    interruption: Interruption? = nil
  ) throws -> Tensor {
    guard data.count > 0 else { throw Problem("data", "there are no samples") }
    var values: [Float] = []
    var shape: [Int] = []
    try forEachBatch(of: data, pipeline, batch, interruption) { inputs, _ in
      let outputs = try predict(inputs)
      shape = Array(outputs.shape.dropFirst())
      values += outputs.floats
    }
    return Tensor(floats: values, shape: [data.count] + shape)
  }

  private func forEachBatch(
    of data: any Dataset, _ pipeline: Pipeline, _ size: Int, _ interruption: Interruption?,
    _ body: (Tensor, [Int]) throws -> Void
  ) throws {
    for start in stride(from: 0, to: data.count, by: size) {
      try interruption?.check()
      let found = try data.samples(Array(start..<min(start + size, data.count)))
      try body(try pipeline.prepared(found.inputs), found.labels)
    }
  }
}
