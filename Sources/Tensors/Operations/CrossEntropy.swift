import Basics

/// The mean over rows of -sum t log softmax(x), for targets t that sum to 1 in each row.
///
/// Inputs: scores [rows, classes] and targets of the same shape.
package struct CrossEntropy: Operation {
  package init() {}

  package var needs: Needs { .inputs }

  package func forward(_ x: [Tensor]) throws -> Tensor {
    guard x[0].rank == 2, x[0].shape == x[1].shape, x[0].count > 0 else {
      throw Problem(
        "shape", "scores \(x[0].shape) and targets \(x[1].shape) must be [rows, classes] alike")
    }
    let logs = try Softmax(isLogarithm: true).forward([x[0]])
    let total = try logs.multiplying(x[1].converted(to: logs.precision)).sum()
    return try total.scaled(by: -1 / Double(x[0].shape[0]))
  }

  package func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?] {
    let scale = gradient.item / Double(x[0].shape[0])
    let target = x[1].converted(to: x[0].precision)
    let mass = try target.sum(axes: [1], keep: true)
    let shares = try Softmax().forward([x[0]])
    let logs = try Softmax(isLogarithm: true).forward([x[0]])
    return [
      try shares.multiplying(mass).subtracting(target).scaled(by: scale),
      try logs.scaled(by: -scale).converted(to: x[1].precision),
    ]
  }

  package static var samples: [Sample] {
    let x = Tensor([0.2, 1.5, -0.7, 2, 0.1, 0.4], shape: [2, 3])
    let t = Tensor([0.1, 0.8, 0.1, 1, 0, 0], shape: [2, 3])
    return [Sample(CrossEntropy(), [x, t])]
  }
}

extension Tensor {
  /// The mean cross-entropy of scores [rows, classes] against class numbers. With `smoothing` s
  /// the target is 1 - s + s/classes at the label and s/classes elsewhere.
  package func crossEntropy(labels: [Int], smoothing: Double = 0) throws -> Tensor {
    guard rank == 2, shape[0] == labels.count else {
      throw Problem("shape", "scores \(shape) for \(labels.count) labels")
    }
    let classes = shape[1]
    if let wrong = labels.first(where: { $0 < 0 || $0 >= classes }) {
      throw Problem(
        "label", "label \(wrong) for a network of \(classes) classes",
        notes: ["labels are 0 to \(classes - 1)"],
        suggestions: ["a last layer of \((labels.max() ?? wrong) + 1) outputs"])
    }
    return try crossEntropy(
      targets: Tensor(labels: labels, classes: classes, smoothing: smoothing, precision: precision))
  }

  /// The mean cross-entropy of scores [rows, classes] against shares of classes.
  package func crossEntropy(targets: Tensor) throws -> Tensor {
    try CrossEntropy()(self, targets)
  }

  /// Targets [rows, classes] of class numbers, smoothed.
  package init(labels: [Int], classes: Int, smoothing: Double = 0, precision: Precision = .f32) {
    self.init(
      repeating: smoothing / Double(classes), shape: [labels.count, classes], precision: precision)
    let on = 1 - smoothing + smoothing / Double(classes)
    for (row, label) in labels.enumerated() { self[flat: row * classes + label] = on }
  }
}
