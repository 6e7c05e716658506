import Basics
import CKernels
import Tensors

/// A linear classifier of feature vectors: multinomial logistic regression with a quadratic
/// penalty, solved to convergence on all samples at once.
package struct LogisticRegression: Sendable {
  /// [features, classes]
  package let weights: Tensor
  /// [classes]
  package let bias: Tensor
  /// Steps the solver took.
  package let iterations: Int
  private let scaling: Scaling

  /// Fits the classifier, which has one solution: nothing here is random.
  ///
  /// The objective is the mean cross-entropy plus `strength`/2 times the sum of the squared
  /// weights; the bias is free. Features are centred and divided by their common deviation first,
  /// so that one strength means the same for features of any size.
  ///
  /// - Parameters:
  ///   - features: [samples, features].
  ///   - start: a solution for a similar strength, which saves time.
  package init(
    _ features: Tensor, labels: [Int], classes: Int, strength: Double, iterations limit: Int = 300,
    start: LogisticRegression? = nil, interruption: Interruption? = nil
  ) throws {
    guard features.rank == 2, features.shape[0] == labels.count, !labels.isEmpty else {
      throw Problem(
        "shape", "\(labels.count) labels do not fit features of shape \(features.shape)",
        notes: ["features have the shape [samples, features]"])
    }
    guard strength > 0, strength.isFinite else {
      throw Problem(
        "range", "the penalty's strength is \(NumberText.short(strength))",
        notes: ["it must be positive, else separable classes have no solution"],
        suggestions: ["strength = 1e-3"])
    }
    scaling = Scaling(features)
    let objective = try LogisticObjective(
      scaling.applied(to: features), labels, classes: classes, strength: strength)
    var point = [Double](repeating: 0, count: objective.dimension)
    if let start, start.weights.shape == [features.shape[1], classes] {
      point = start.weights.doubles + start.bias.doubles
    }
    var solver = LimitedMemoryBFGS(point, objective)
    while solver.iterations < limit, try solver.advance(objective) { try interruption?.check() }
    let split = features.shape[1] * classes
    weights = Tensor(Array(solver.point[..<split]), shape: [features.shape[1], classes])
    bias = Tensor(Array(solver.point[split...]), shape: [classes])
    iterations = solver.iterations
  }

  /// The class found for each row.
  package func predictions(_ features: Tensor) throws -> [Int] {
    guard features.rank == 2, features.shape[1] == weights.shape[0] else {
      throw Problem(
        "shape", "the classifier takes \(weights.shape[0]) features",
        notes: ["these have shape \(features.shape)"])
    }
    var scores = try scaling.applied(to: features).matmul(weights.converted(to: .f32))
    let bias = bias.floats
    scores.withMutableFloats { values in
      for i in values.indices { values[i] += bias[i % bias.count] }
    }
    return Metrics.largest(scores)
  }

  /// Share of the rows whose class it finds.
  package func accuracy(_ features: Tensor, labels: [Int]) throws -> Double {
    guard labels.count == features.shape.first, !labels.isEmpty else {
      throw Problem("shape", "\(labels.count) labels for features of shape \(features.shape)")
    }
    let found = try predictions(features)
    return Double(zip(found, labels).count { $0 == $1 }) / Double(labels.count)
  }
}

/// Features centred, and divided by one number: the root of their mean variance.
private struct Scaling: Sendable {
  private let means: [Float]
  private let factor: Float

  init(_ features: Tensor) {
    let (rows, width) = (features.shape[0], features.shape[1])
    var sums = [Double](repeating: 0, count: width)
    var variance = 0.0
    features.withFloats { values in
      for row in 0..<rows { for i in 0..<width { sums[i] += Double(values[row * width + i]) } }
      for row in 0..<rows {
        for i in 0..<width {
          let difference = Double(values[row * width + i]) - sums[i] / Double(rows)
          variance += difference * difference
        }
      }
    }
    means = sums.map { Float($0 / Double(rows)) }
    let deviation = (variance / Double(max(1, rows * width))).squareRoot()
    factor = deviation > 0 && deviation.isFinite ? Float(1 / deviation) : 1
  }

  func applied(to features: Tensor) -> Tensor {
    let width = means.count
    return Tensor(floatsOf: features.shape) { out in
      features.withFloats { values in
        for row in 0..<features.shape[0] {
          for i in 0..<width {
            out[row * width + i] = (values[row * width + i] - means[i]) * factor
          }
        }
      }
    }
  }
}

/// Mean cross-entropy and penalty as a function of all weights and biases.
private struct LogisticObjective {
  private let features: Tensor
  private let transposed: Tensor
  private let labels: [Int]
  private let classes: Int
  private let strength: Double
  var dimension: Int { (features.shape[1] + 1) * classes }

  init(_ features: Tensor, _ labels: [Int], classes: Int, strength: Double) throws {
    if let wrong = labels.first(where: { $0 < 0 || $0 >= classes }) {
      throw Problem("data", "label \(wrong) is none of the \(classes) classes")
    }
    self.features = features
    transposed = try features.transposed()
    self.labels = labels
    self.classes = classes
    self.strength = strength
  }

  /// Value and gradient.
  func value(at point: [Double]) throws -> (value: Double, gradient: [Double]) {
    let split = features.shape[1] * classes
    let weights = Tensor(
      floats: point[..<split].map { Float($0) }, shape: [features.shape[1], classes])
    let scores = try features.matmul(weights).floats
    var residual = [Float](repeating: 0, count: scores.count)
    var gradient = [Double](repeating: 0, count: point.count)
    var loss = 0.0
    let share = 1 / Double(labels.count)
    var row = [Double](repeating: 0, count: classes)
    for (sample, label) in labels.enumerated() {
      let start = sample * classes
      for c in 0..<classes { row[c] = Double(scores[start + c]) + point[split + c] }
      let top = row.max() ?? 0
      var sum = 0.0
      let own = row[label]
      for c in 0..<classes {
        row[c] = ck_exp(row[c] - top)
        sum += row[c]
      }
      loss += ck_log(sum) + top - own
      for c in 0..<classes {
        let difference = (row[c] / sum - (c == label ? 1 : 0)) * share
        residual[start + c] = Float(difference)
        gradient[split + c] += difference
      }
    }
    loss *= share
    let slopes = try transposed.matmul(Tensor(floats: residual, shape: [labels.count, classes]))
    slopes.withFloats { slopes in
      for i in 0..<split {
        gradient[i] = Double(slopes[i]) + strength * point[i]
        loss += 0.5 * strength * point[i] * point[i]
      }
    }
    return (loss, gradient)
  }
}

/// Minimisation with the curvature of the last steps (Nocedal and Wright, Algorithm 7.5).
private struct LimitedMemoryBFGS {
  private(set) var point: [Double]
  private(set) var iterations = 0
  private var value = Double.infinity
  private var gradient: [Double] = []
  private var history: [(step: [Double], change: [Double], rho: Double)] = []
  private let memory = 10
  /// Largest gradient component at which the point counts as the minimum; below it single
  /// precision products only add noise.
  private let tolerance = 1e-5

  init(_ start: [Double], _ objective: LogisticObjective) { point = start }

  /// One step; false when there is nothing to gain any more.
  mutating func advance(_ objective: LogisticObjective) throws -> Bool {
    if gradient.isEmpty { (value, gradient) = try objective.value(at: point) }
    if (gradient.lazy.map(abs).max() ?? 0) < tolerance { return false }
    var direction = searchDirection()
    var slope = dot(direction, gradient)
    if slope >= 0 {
      history = []
      direction = gradient.map { -$0 }
      slope = -dot(gradient, gradient)
    }
    // The first step has no curvature to go by; make it about one long.
    var length = history.isEmpty ? min(1, 1 / (-slope).squareRoot()) : 1
    for _ in 0..<25 {
      var next = point
      for i in next.indices { next[i] += length * direction[i] }
      let (nextValue, nextGradient) = try objective.value(at: next)
      if nextValue <= value + 1e-4 * length * slope {
        let gain = value - nextValue
        remember(next, nextGradient)
        (point, value, gradient) = (next, nextValue, nextGradient)
        iterations += 1
        return gain > 1e-9 * max(1, abs(value))
      }
      length *= 0.5
    }
    return false
  }

  private mutating func remember(_ next: [Double], _ nextGradient: [Double]) {
    var step = next
    var change = nextGradient
    for i in step.indices {
      step[i] -= point[i]
      change[i] -= gradient[i]
    }
    let product = dot(step, change)
    // Curvature must be positive for the model to have a minimum.
    guard product > 1e-12 * dot(change, change) else { return }
    history.append((step, change, 1 / product))
    if history.count > memory { history.removeFirst() }
  }

  private func searchDirection() -> [Double] {
    var q = gradient.map { -$0 }
    var alphas: [Double] = []
    for entry in history.reversed() {
      let alpha = entry.rho * dot(entry.step, q)
      alphas.append(alpha)
      for i in q.indices { q[i] -= alpha * entry.change[i] }
    }
    if let last = history.last {
      let scale = 1 / (last.rho * dot(last.change, last.change))
      for i in q.indices { q[i] *= scale }
    }
    for (entry, alpha) in zip(history, alphas.reversed()) {
      let beta = entry.rho * dot(entry.change, q)
      for i in q.indices { q[i] += (alpha - beta) * entry.step[i] }
    }
    return q
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }
}
