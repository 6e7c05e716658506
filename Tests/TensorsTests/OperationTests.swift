import Testing

@testable import Tensors

@Suite struct OperationLaws {
  @Test(arguments: Operations.all.indices)
  func `a backward pass agrees with finite differences`(_ index: Int) throws {
    let operation = Operations.all[index]
    #expect(!operation.samples.isEmpty, "\(operation) has no samples")
    for (i, sample) in operation.samples.enumerated() {
      let error = try GradientCheck(sample).largestError
      #expect(error < 2e-6, "\(operation) sample \(i): \(error)")
    }
  }

  @Test(arguments: Operations.all.indices)
  func `single precision agrees with double`(_ index: Int) throws {
    for (i, sample) in Operations.all[index].samples.enumerated() {
      let leaves = sample.inputs.enumerated().map { sample.differentiable[$0] ? $1.tracked() : $1 }
      let single = sample.inputs.map { x in
        var y = x.converted(to: .f32)
        y.stretchable = x.stretchable
        y.isMask = x.isMask
        return y
      }.enumerated().map { sample.differentiable[$0] ? $1.tracked() : $1 }
      // An operation keeps what its forward pass found, so its backward pass comes right after.
      let a = try sample.operation.applied(to: leaves)
      let weights = Tensor((0..<a.count).map { Double($0 % 5) / 5 - 0.3 }, shape: a.shape)
      let ga = try gradients(of: a, seeded: weights, withRespectTo: leaves.filter(\.isTracked))
      let b = try sample.operation.applied(to: single)
      let gb = try gradients(
        of: b, seeded: weights.converted(to: b.precision),
        withRespectTo: single.filter(\.isTracked))
      #expect(a.shape == b.shape)
      for (p, q) in zip(a.doubles, b.doubles) { #expect(isNear(p, q), "\(sample) \(i): \(p) \(q)") }
      for (u, v) in zip(ga, gb) {
        for (p, q) in zip(u.doubles, v.doubles) {
          #expect(isNear(p, q), "gradient of \(sample.operation) \(i): \(p) \(q)")
        }
      }
    }
  }

  private func isNear(_ a: Double, _ b: Double) -> Bool {
    (a.isNaN && b.isNaN) || a == b || abs(a - b) < 3e-5 * max(1, abs(a))
  }
}
