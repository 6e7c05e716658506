/// A comparison of a gradient with finite differences.
package struct GradientCheck: Sendable {
  /// Largest difference between both, relative to the larger of 1 and the gradient.
  package private(set) var largestError = 0.0

  /// Compares `operation.backward` with central differences at the sample's inputs, for a fixed
  /// weighting of the result.
  package init(_ sample: Sample, step: Double = 1e-5) throws {
    let inputs = sample.inputs.map { $0.converted(to: .f64) }
    let leaves = inputs.enumerated().map { sample.differentiable[$0] ? $1.tracked() : $1 }
    let y = try sample.operation.applied(to: leaves)
    let weights = Tensor(
      (0..<y.count).map { Double(($0 * 37 + 11) % 17) / 17 - 0.4 }, shape: y.shape)
    func value(_ inputs: [Tensor]) throws -> Double {
      let y = try sample.operation.applied(to: inputs)
      return zip(y.doubles, weights.doubles).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let found = try gradients(
      of: y, seeded: weights.converted(to: y.precision),
      withRespectTo: leaves.filter(\.isTracked))
    var next = found.makeIterator()
    for (i, input) in inputs.enumerated() where sample.differentiable[i] {
      guard let gradient = next.next() else { break }
      for k in 0..<input.count {
        var (up, down) = (inputs, inputs)
        up[i][flat: k] += step
        down[i][flat: k] -= step
        let expected = try (value(up) - value(down)) / (2 * step)
        let error = abs(gradient[flat: k] - expected) / max(1, abs(expected))
        largestError = max(largestError, error.isNaN ? .infinity : error)
      }
    }
  }
}
