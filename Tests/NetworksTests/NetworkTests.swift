import Basics
import Tensors
import Testing

@testable import Networks

@Suite struct NetworkTests {
  private func small(_ key: UInt64 = 1) -> Network {
    Network(Linear(3, 4), key: key).then(Network(Activation("tanh"), key: 0))
      .then(Network(Linear(4, 2), key: key + 1))
  }

  private let batch = Tensor(
    floats: (0..<6).map { Float($0 * 7 % 5) / 5 }, shape: [2, 3])

  @Test func namesArePositions() throws {
    let net = try small().built(for: [3])
    #expect(net.parameters.map(\.name) == ["0.weight", "0.bias", "2.weight", "2.bias"])
    #expect(net.parameterCount == 26)
    #expect(net.outputShape == [2])
  }

  @Test func equalKeysGiveEqualWeightsAndOthersDiffer() throws {
    let (a, b, c) = (
      try small().built(for: [3]), try small().built(for: [3]), try small(9).built(for: [3])
    )
    #expect(a["0.weight"] == b["0.weight"])
    #expect(a["0.weight"] != c["0.weight"])
  }

  @Test func copiesOfALayerStartWithWeightsOfTheirOwn() throws {
    let layer = Network(Linear(3, 3), key: 5)
    let net = try layer.then(layer).built(for: [3])
    #expect(net["0.weight"] != net["1.weight"])
    #expect(try net["0.weight"] == layer.built(for: [3])["0.weight"])
  }

  @Test func aCopyIsUntouchedByWhatHappensToTheOther() throws {
    let net = try small().built(for: [3])
    var other = net
    var parameters = other.parameters
    parameters[0].tensor[flat: 0] = 42
    other.parameters = parameters
    #expect(net["0.weight"]?[flat: 0] != 42)
    #expect(other["0.weight"]?[flat: 0] == 42)
  }

  @Test func weightsTravelIntoLargerNetworks() throws {
    let trained = try small().built(for: [3])
    let longer = try trained.then(Network(Linear(2, 5), key: 3)).built(for: [3])
    #expect(longer["2.weight"] == trained["2.weight"])
    let inside = try Network(Residual(Network(Linear(3, 3), key: 4).then(trained[0..<0])), key: 0)
      .then(Network(Chain(trained), key: 0)).built(for: [3])
    #expect(inside["1.2.weight"] == trained["2.weight"])
    #expect(
      inside.parameters.map(\.name)
        == [
          "0.0.weight", "0.0.bias", "1.0.weight", "1.0.bias", "1.2.weight", "1.2.bias",
        ])
  }

  @Test func predictTakesABatchOrOneSample() throws {
    let net = try small().built(for: [3])
    let all = try net.predict(batch)
    #expect(all.shape == [2, 2])
    let one = try net.predict(Tensor(Array(batch.doubles[3..<6]), shape: [3]))
    #expect(one.shape == [2])
    #expect(abs(one[flat: 0] - all[flat: 2]) < 1e-6)
  }

  @Test func aNetworkComputesItsFormula() throws {
    var net = try small().built(for: [3], precision: .f64)
    let (w, b) = (try #require(net["0.weight"]).doubles, try #require(net["0.bias"]).doubles)
    let y = try net[0..<1].predict(batch).doubles
    let x = batch.doubles
    let wanted = b[1] + (0..<3).reduce(0) { $0 + w[3 + $1] * x[$1] }
    #expect(abs(y[1] - wanted) < 1e-6)
    #expect(try net.forward(batch, training: false, random: RandomSource(seed: 1)).shape == [2, 2])
  }

  @Test func wrongShapesSayWhichLayerTakesWhat() {
    let net = Network(Linear(3, 4), key: 1).then(Network(Linear(5, 2), key: 2))
    let problem = #expect(throws: Problem.self) { try net.built(for: [3]) }
    #expect(problem?.slug == "shape")
    #expect(problem?.message == "`linear(5, 2)` takes 5 numbers in the last axis, not [4]")
    #expect(problem?.suggestions == ["linear(4, 2)"])
    #expect(problem?.notes == ["it is layer 1 of 2, after `linear(3, 4)`"])
    #expect(throws: Problem.self) {
      try Network(Attention(6, heads: 4), key: 1).built(for: [5, 6])
    }
    #expect(throws: Problem.self) { try Network(Patches(5), key: 1).built(for: [32, 32]) }
    #expect(throws: Problem.self) { try Network(Convolution(3, 4), key: 1).built(for: [8, 8]) }
    #expect(throws: Problem.self) { try Network(Activation("rule"), key: 1).built(for: [8]) }
    #expect(throws: Problem.self) {
      try Network(Residual(Network(Linear(3, 4), key: 1)), key: 1).built(for: [3])
    }
    #expect(throws: Problem.self) { try Network(Linear(3, 4), key: 1).predict(Tensor(1)) }
  }

  @Test func layersAreWrittenAsUsersWriteThem() {
    #expect(Convolution(1, 16, stride: 2).written == "conv(1, 16, stride = 2)")
    #expect(Activation("gelu").written == "gelu")
    #expect(Pool().written == "pool")
    #expect(MaxPool(2).written == "maxpool")
    #expect(Positions(64, token: true).written == "positions(64, token = true)")
  }

  @Test func theHeadIsTheLastLinearLayer() throws {
    let net = try small().built(for: [3])
    #expect(net.headParameters == ["2.weight", "2.bias"])
    #expect(try net.features(of: batch).shape == [2, 4])
    let other = try net.replacingHead(classes: 7, key: 8)
    #expect(try other.predict(batch).shape == [2, 7])
    #expect(other["0.weight"] == net["0.weight"])
    #expect(throws: Problem.self) {
      try Network(Flatten(), key: 0).replacingHead(classes: 2, key: 1)
    }
  }

  @Test func frozenPartsDoNotLearn() throws {
    var net = try small().built(for: [3])
    try net.freeze("0")
    #expect(net.frozenParameters == ["0.weight", "0.bias"])
    try net.unfreeze()
    #expect(net.frozenParameters.isEmpty)
    try net.freeze("2.bias")
    #expect(net.frozenParameters == ["2.bias"])
    net.freezeBody()
    #expect(net.frozenParameters == ["0.weight", "0.bias", "2.bias"])
    #expect(throws: Problem.self) { try net.freeze("layer1") }
    // Frozen before the weights are made, and inside another layer.
    var unbuilt = small()
    try unbuilt.freeze("0")
    #expect(try unbuilt.built(for: [3]).frozenParameters == ["0.weight", "0.bias"])
    let outer = try Network(Chain(unbuilt), key: 0, name: "body").built(for: [3])
    #expect(outer.frozenParameters == ["body.0.weight", "body.0.bias"])
  }

  @Test func loadingReportsNamesItHasNoPlaceFor() throws {
    var net = try small().built(for: [3])
    let ones = Tensor(repeating: 1, shape: [4], precision: .f32)
    #expect(try net.load([("0.bias", ones), ("9.bias", ones)]) == ["9.bias"])
    #expect(net["0.bias"] == ones)
    #expect(throws: Problem.self) { try net.load([("2.bias", ones)]) }
  }

  @Test func theSummaryIsATable() throws {
    let text = try small().summary(for: [3])
    #expect(
      text == """
           layer         output     parameters
        0  linear(3, 4)  [4]                16
        1  tanh          [4]
        2  linear(4, 2)  [2]                10
                         [3] → [2]          26
        """)
  }
}
