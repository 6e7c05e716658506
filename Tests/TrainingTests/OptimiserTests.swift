import Basics
import Tensors
import Testing

@testable import Training

@Suite struct OptimiserTests {
  /// Three steps on two weights with the gradient (w - 3), by the optimiser.
  private func path(_ optimiser: some Optimiser, shape: [Int] = [2, 1]) -> [Double] {
    var parameters: [(name: String, tensor: Tensor)] = [
      ("w", Tensor(floats: [1, -2], shape: shape))
    ]
    var state = OptimiserState()
    for _ in 0..<3 {
      let gradient = Tensor(floats: parameters[0].tensor.floats.map { $0 - 3 }, shape: shape)
      optimiser.apply([gradient], to: &parameters, &state) { _ in optimiser.rate }
    }
    #expect(state.step == 3)
    return parameters[0].tensor.doubles
  }

  /// The same by a formula in double precision: `move(weight, gradient, step)`.
  private func expected(_ move: (inout Double, Double, Int) -> Void, reset: () -> Void) -> [Double]
  {
    [1.0, -2.0].map { start in
      reset()
      var w = start
      for step in 1...3 { move(&w, w - 3, step) }
      return w
    }
  }

  private func agree(_ found: [Double], _ expected: [Double]) -> Bool {
    zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 }
  }

  @Test func `plain descent subtracts rate times gradient`() {
    let found = path(SGD(rate: 0.1, momentum: 0, decay: 0.01))
    #expect(agree(found, expected({ w, g, _ in w -= 0.1 * (g + 0.01 * w) }, reset: {})))
  }

  @Test(arguments: [false, true]) func `momentum goes on as in PyTorch`(nesterov: Bool) {
    var v = 0.0
    let wanted = expected(
      { w, g, _ in
        v = 0.9 * v + g + 0.01 * w
        w -= 0.1 * (nesterov ? g + 0.01 * w + 0.9 * v : v)
      }, reset: { v = 0 })
    #expect(agree(path(SGD(rate: 0.1, nesterov: nesterov, decay: 0.01)), wanted))
  }

  @Test func `Adam corrects its means for their start at zero`() {
    var (m, v) = (0.0, 0.0)
    func power(_ base: Double, _ n: Int) -> Double { (0..<n).reduce(1.0) { p, _ in p * base } }
    func wanted(coupled: Double, apart: Double) -> [Double] {
      expected(
        { w, gradient, step in
          let g = gradient + coupled * w
          m = 0.9 * m + 0.1 * g
          v = 0.999 * v + 0.001 * g * g
          w *= 1 - 0.01 * apart
          w -=
            0.01 * (m / (1 - power(0.9, step)))
            / ((v / (1 - power(0.999, step))).squareRoot() + 1e-8)
        }, reset: { (m, v) = (0, 0) })
    }
    var adam = Adam()
    (adam.rate, adam.strength) = (0.01, 0.1)
    #expect(agree(path(adam), wanted(coupled: 0.1, apart: 0)))
    #expect(agree(path(AdamW(rate: 0.01, decay: 0.1)), wanted(coupled: 0, apart: 0.1)))
    // Vectors do not decay.
    #expect(
      agree(path(AdamW(rate: 0.01, decay: 0.1), shape: [2]), wanted(coupled: 0, apart: 0)))
  }

  @Test func `a parameter without gradient or with rate zero stays as it is`() {
    for type in Optimisers.all {
      var parameters: [(name: String, tensor: Tensor)] = [
        ("still", Tensor(floats: [1], shape: [1, 1])),
        ("slow", Tensor(floats: [1], shape: [1, 1])),
        ("free", Tensor(floats: [1], shape: [1, 1])),
      ]
      var state = OptimiserState()
      let one = Tensor(floats: [1], shape: [1, 1])
      type.init().apply([nil, one, one], to: &parameters, &state) { $0 == "slow" ? 0 : 0.1 }
      #expect(parameters[0].tensor.floats == [1])
      #expect(parameters[1].tensor.floats == [1])
      #expect(parameters[2].tensor.floats != [1], "\(type.name)")
      #expect(parameters.map(\.name) == ["still", "slow", "free"])
    }
  }
}

@Suite struct ScheduleTests {
  @Test func `every schedule starts after its warm-up at one and never rises again`() throws {
    for type in Schedules.all {
      var schedule = type.init()
      try setWarmUp(&schedule, 0.1)
      let factors = (0..<100).map { schedule.factor(step: $0, of: 100, stepsPerEpoch: 10) }
      #expect((0..<10).allSatisfy { abs(factors[$0] - Double($0 + 1) / 10) < 1e-12 })
      #expect(factors[10] == 1)
      #expect(zip(factors[10...], factors[11...]).allSatisfy { $0 >= $1 }, "\(type.name)")
      #expect(factors.allSatisfy { $0 >= 0 && $0 <= 1 })
    }
  }

  private func setWarmUp(_ schedule: inout any Schedule, _ share: Double) throws {
    func set<S: Schedule>(_ value: S) throws -> S {
      var value = value
      try S.settings.first { $0.name == "warmup" }?.set(.real(share), in: &value)
      return value
    }
    schedule = try set(schedule)
  }

  @Test func `cosine, line and steps end where they should`() {
    let cosine = Cosine(warmup: 0, minimum: 0.1)
    #expect(abs(cosine.factor(step: 50, of: 100, stepsPerEpoch: 10) - 0.55) < 1e-12)
    #expect(abs(cosine.factor(step: 100, of: 100, stepsPerEpoch: 10) - 0.1) < 1e-12)
    #expect(abs(LinearDecay().factor(step: 25, of: 100, stepsPerEpoch: 10) - 0.75) < 1e-12)
    var step = Step()
    (step.every, step.minimum) = (3, 0.05)
    #expect(step.factor(step: 29, of: 100, stepsPerEpoch: 10) == 1)
    #expect(step.factor(step: 30, of: 100, stepsPerEpoch: 10) == 0.1)
    #expect(step.factor(step: 99, of: 100, stepsPerEpoch: 10) == 0.05)
  }
}

@Suite struct LogisticRegressionTests {
  /// Points on a line with overlapping classes, and a second feature that says nothing.
  private func line() -> (Tensor, [Int]) {
    let x: [Float] = [-2, -1.5, -1, -0.5, 0.2, -0.4, 0.6, 1, 1.5, 2]
    let values = x.enumerated().flatMap { index, value -> [Float] in
      [value, index % 2 == 0 ? 1 : -1]
    }
    return (Tensor(floats: values, shape: [10, 2]), [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
  }

  @Test func `the solution is a stationary point of penalised cross-entropy`() throws {
    let (features, labels) = line()
    let fit = try LogisticRegression(features, labels: labels, classes: 2, strength: 0.05)
    // By symmetry of the penalty the two columns are opposite.
    let w = fit.weights.doubles
    #expect(abs(w[0] + w[1]) < 1e-3)
    #expect(w[1] > 0)
    #expect(try fit.accuracy(features, labels: labels) >= 0.8)
    let stronger = try LogisticRegression(features, labels: labels, classes: 2, strength: 5)
    #expect(abs(stronger.weights.doubles[1]) < w[1])
  }

  @Test func `a start elsewhere and features of another size lead to the same classifier`() throws {
    let (features, labels) = line()
    let fit = try LogisticRegression(features, labels: labels, classes: 2, strength: 0.01)
    let far = try LogisticRegression(features, labels: labels, classes: 2, strength: 10)
    let again = try LogisticRegression(
      features, labels: labels, classes: 2, strength: 0.01, start: far)
    let scaled = try LogisticRegression(
      Tensor(floats: features.floats.map { 100 * $0 + 7 }, shape: [10, 2]), labels: labels,
      classes: 2, strength: 0.01)
    for other in [again, scaled] {
      #expect(zip(fit.weights.doubles, other.weights.doubles).allSatisfy { abs($0 - $1) < 1e-2 })
    }
  }

  @Test func `the probe keeps the strength that does best on other samples`() throws {
    let (features, labels) = line()
    let probe = try LinearProbe(
      features, labels: labels, classes: 2, strengths: [1e-3, 1e-1],
      validation: (features, labels))
    #expect(probe.validation.map(\.strength) == [1e-3, 1e-1])
    let best = probe.validation.map(\.accuracy).max()
    #expect(probe.validation.first { $0.strength == probe.strength }?.accuracy == best)
  }

  @Test func `senseless requests are refused`() {
    let (features, labels) = line()
    #expect(throws: Problem.self) {
      try LogisticRegression(features, labels: [0], classes: 2, strength: 1)
    }
    #expect(throws: Problem.self) {
      try LogisticRegression(features, labels: labels, classes: 1, strength: 1)
    }
    #expect(throws: Problem.self) {
      try LogisticRegression(features, labels: labels, classes: 2, strength: 0)
    }
    #expect(throws: Problem.self) {
      try LinearProbe(features, labels: labels, classes: 2, strengths: [1, 2])
    }
  }
}
