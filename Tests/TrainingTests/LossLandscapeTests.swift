import Basics
import Datasets
import Networks
import Tensors
import Testing

@testable import Training

@Suite struct LossLandscapeTests {
  private func setting() throws -> (Network, any Dataset) {
    var inputs: [Float] = []
    var labels: [Int] = []
    var random = RandomSource(seed: 5)
    for index in 0..<60 {
      labels.append(index % 3)
      inputs += (0..<4).map { Float(random.normal()) + ($0 == index % 3 ? 2 : 0) }
    }
    let data = try ArrayDataset(
      Tensor(floats: inputs, shape: [60, 4]), labels: labels, classes: 3)
    return (try Network.mlp([4, 8, 3], key: 1).built(for: [4]), data)
  }

  @Test func `the middle of a landscape is the network itself`() throws {
    let (net, data) = try setting()
    let found = try LossLandscape(of: net, on: data, steps: 3, random: RandomSource(seed: 1))
    let own = try net.evaluated(on: data).loss
    #expect(found.a == [-1, 0, 1])
    #expect(abs(found.loss.doubles[4] - own) < 1e-6)
    #expect(found.loss.doubles.allSatisfy { $0.isFinite })
    #expect(Set(found.loss.doubles).count == 9)
  }

  @Test func `equal seeds give equal landscapes, others do not`() throws {
    let (net, data) = try setting()
    func made(_ seed: UInt64) throws -> [Double] {
      try LossLandscape(
        of: net, on: data, span: 0...1, steps: 2, random: RandomSource(seed: seed)
      ).loss.doubles
    }
    #expect(try made(1) == made(1))
    #expect(try made(1) != made(2))
  }

  @Test func `filter normalisation makes a landscape blind to the scale of a rectified layer`()
    throws
  {
    // Rows of the first layer ten times as long, columns of the second a tenth: the same function.
    let (net, data) = try setting()
    var scaled = net
    scaled.parameters = net.parameters.enumerated().map { index, parameter in
      let factor: Double = index < 2 ? 10 : index == 2 ? 0.1 : 1
      let numbers = parameter.tensor.doubles.map { $0 * factor }
      return (
        parameter.name,
        Tensor(numbers, shape: parameter.tensor.shape).converted(to: parameter.tensor.precision)
      )
    }
    let random = RandomSource(seed: 3)
    let a = try LossLandscape(of: net, on: data, steps: 3, random: random)
    let b = try LossLandscape(of: scaled, on: data, steps: 3, random: random)
    for (p, q) in zip(a.loss.doubles, b.loss.doubles) {
      #expect(abs(p - q) < 1e-4 * max(1, abs(p)))
    }
  }
}
