import Basics
import Datasets
import Networks
import Tensors

/// What a linear classifier of a frozen network's features finds.
package struct LinearProbe: Sendable {
  package let classifier: LogisticRegression
  /// The strength of the penalty that was chosen.
  package let strength: Double
  /// Accuracy on the validation samples for each strength, in the order given.
  package let validation: [(strength: Double, accuracy: Double)]

  /// Strengths from nearly free to nearly flat, one for each power of ten.
  package static let usualStrengths = [1e-4, 1e-3, 1e-2, 1e-1, 1]

  /// Fits the classifier for every strength and keeps that with the best validation accuracy;
  /// of equal ones the strongest, which is the simplest.
  ///
  /// - Parameters:
  ///   - features: [samples, features]; the samples that are learnt from.
  ///   - validation: other samples, for the choice; without them there must be one strength.
  package init(
    _ features: Tensor, labels: [Int], classes: Int, strengths: [Double] = usualStrengths,
    validation: (features: Tensor, labels: [Int])? = nil, interruption: Interruption? = nil
  ) throws {
    guard !strengths.isEmpty, validation != nil || strengths.count == 1 else {
      throw Problem(
        "validation", "\(strengths.count) strengths, and no samples to choose one by",
        suggestions: ["give one strength, or a validation set"])
    }
    var best: (classifier: LogisticRegression, strength: Double, accuracy: Double)?
    var found: [Double: Double] = [:]
    var start: LogisticRegression?
    // From strong to weak: each solution is a good start for the next.
    for strength in strengths.sorted(by: >) {
      let classifier = try LogisticRegression(
        features, labels: labels, classes: classes, strength: strength, start: start,
        interruption: interruption)
      start = classifier
      let accuracy = try validation.map {
        try classifier.accuracy($0.features, labels: $0.labels)
      }
      found[strength] = accuracy
      if (accuracy ?? 0) > (best?.accuracy ?? -1) {
        best = (classifier, strength, accuracy ?? 0)
      }
    }
    guard let best else { throw Problem("data", "no classifier was found") }
    classifier = best.classifier
    strength = best.strength
    self.validation = strengths.compactMap { strength in
      found[strength].map { (strength, $0) }
    }
  }
}

extension Network {
  /// A linear classifier of this network's features; the network stays as it is.
  package func linearProbe(
    on data: any Dataset, validation: (any Dataset)? = nil,
    strengths: [Double] = LinearProbe.usualStrengths, prepared pipeline: Pipeline = Pipeline(),
    interruption: Interruption? = nil
  ) throws -> LinearProbe {
    let held = try validation.map {
      (
        features: try features(of: $0, prepared: pipeline, interruption: interruption),
        labels: $0.labels
      )
    }
    return try LinearProbe(
      try features(of: data, prepared: pipeline, interruption: interruption), labels: data.labels,
      classes: data.classes, strengths: strengths, validation: held, interruption: interruption)
  }
}

extension Dataset {
  /// The samples as they are, each in one row: f32 of shape [samples, numbers]. The honest
  /// reference line of every probe.
  package func flattened(prepared pipeline: Pipeline = Pipeline()) throws -> Tensor {
    let inputs = try pipeline.prepared(try everything().inputs)
    return Tensor(floats: inputs.floats, shape: [count, inputs.count / max(1, count)])
  }
}
