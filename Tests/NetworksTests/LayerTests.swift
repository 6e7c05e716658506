import Basics
import Tensors
import Testing

@testable import Networks

/// A layer, and the shape of a sample to try it on.
struct LayerCase: CustomTestStringConvertible, Sendable {
  var layer: any Layer
  var input: [Int]

  init(_ layer: any Layer, _ input: [Int]) {
    self.layer = layer
    self.input = input
  }

  var testDescription: String { "\(layer.written) on \(input)" }

  static let all: [LayerCase] = [
    LayerCase(Linear(4, 3), [4]), LayerCase(Linear(4, 3, init: .xavier), [2, 4]),
    LayerCase(Convolution(2, 3), [2, 4, 5]),
    LayerCase(Convolution(1, 2, kernel: 2, stride: 2, pad: 0, bias: false), [4, 4]),
    LayerCase(BatchNorm(3), [3]), LayerCase(BatchNorm(2), [2, 3, 3]),
    LayerCase(LayerNorm(5), [3, 5]), LayerCase(Activation("gelu"), [4]),
    LayerCase(Activation("silu"), [4]), LayerCase(MaxPool(2), [2, 4, 4]),
    LayerCase(MaxPool(3, stride: 2, pad: 1), [1, 5, 5]), LayerCase(AvgPool(2), [2, 4, 4]),
    LayerCase(Pool(), [2, 3, 3]), LayerCase(Pool(), [3, 2]), LayerCase(Pool("first"), [3, 2]),
    LayerCase(Pool("max"), [2, 3, 3]), LayerCase(Flatten(), [2, 3]),
    LayerCase(Dropout(0.4), [20]), LayerCase(DropPath(0.5), [4, 3]),
    LayerCase(Attention(4, heads: 2), [3, 4]), LayerCase(Patches(2), [4, 4]),
    LayerCase(Patches(2, channels: 2), [2, 4, 4]), LayerCase(Tokens(), [2, 2, 3]),
    LayerCase(Positions(3), [3, 2]), LayerCase(Positions(3, token: true), [3, 2]),
    LayerCase(Residual(Network(Linear(4, 4), key: 3), drop: 0.5), [4]),
    LayerCase(
      Branches([Network(Linear(4, 2), key: 1), Network(Linear(4, 3), key: 2)]), [4]),
    LayerCase(Chain(Network(Linear(4, 2), key: 1)), [4]),
    LayerCase(Mapping("square") { try $0.multiplying($0) }, [3]),
  ]
}

@Suite struct LayerTests {
  private func batch(_ input: [Int], samples: Int = 3) -> Tensor {
    var random = RandomSource(seed: 11)
    let shape = [samples] + input
    return Tensor((0..<shape.reduce(1, *)).map { _ in random.normal() }, shape: shape)
  }

  @Test(arguments: LayerCase.all) func theShapeIsAsPromised(_ item: LayerCase) throws {
    let net = try Network(item.layer, key: 7).built(for: item.input)
    let y = try net.predict(batch(item.input))
    #expect(y.shape == [3] + (try item.layer.outputShape(for: item.input)))
    #expect(y.precision == .f32)
  }

  /// The loss is a fixed mix of the results, so that no gradient vanishes by symmetry.
  private func loss(_ net: inout Network, _ x: Tensor) throws -> Tensor {
    let y = try net.forward(x, training: true, random: RandomSource(seed: 3))
    var random = RandomSource(seed: 5)
    let mix = Tensor((0..<y.count).map { _ in random.normal() }, shape: y.shape)
    return try y.multiplying(mix).sum()
  }

  @Test(arguments: LayerCase.all) func gradientsAgreeWithDifferences(_ item: LayerCase) throws {
    let net = try Network(item.layer, key: 7).built(for: item.input, precision: .f64)
    let x = batch(item.input)
    let plain = net.parameters
    // Weights that are all zero or one would hide mistakes.
    var random = RandomSource(seed: 13)
    let moved = plain.map { name, tensor in
      (
        name: name,
        tensor: Tensor(tensor.doubles.map { $0 + 0.3 * random.normal() }, shape: tensor.shape)
      )
    }
    let leaves = ([x] + moved.map(\.tensor)).map { $0.tracked() }
    var tracked = net
    tracked.parameters = zip(moved, leaves.dropFirst()).map { ($0.name, $1) }
    let found = try gradients(of: loss(&tracked, leaves[0]), withRespectTo: leaves)
    func value(_ tensors: [Tensor]) throws -> Double {
      var copy = net
      copy.parameters = zip(moved, tensors.dropFirst()).map { ($0.name, $1) }
      return try loss(&copy, tensors[0]).item
    }
    let start = [x] + moved.map(\.tensor)
    let step = 1e-5
    for index in start.indices {
      for i in 0..<min(start[index].count, 12) {
        var (up, down) = (start, start)
        up[index][flat: i] += step
        down[index][flat: i] -= step
        let difference = try (value(up) - value(down)) / (2 * step)
        let gradient = found[index][flat: i]
        #expect(
          abs(difference - gradient) <= 1e-5 * max(1, abs(difference)),
          "tensor \(index), number \(i): \(gradient), by differences \(difference)")
      }
    }
  }

  @Test func everyLayerOfTheIndexIsTried() {
    let tried = Set(LayerCase.all.map { type(of: $0.layer).name })
    for layer in Layers.all { #expect(tried.contains(layer.name), "\(layer.name) has no case") }
  }

  @Test func greyPicturesAreRepeatedWhereColourIsExpected() throws {
    let x = batch([2, 2], samples: 1)
    let net = Network(Patches(2), key: 0)
    let y = try net.predict(x).floats
    #expect(y == x.floats + x.floats + x.floats)
  }

  @Test func patchesStandInTheOrderChannelRowColumn() throws {
    let x = Tensor((0..<16).map(Double.init), shape: [1, 4, 4])
    let y = try Network(Patches(2, channels: 1), key: 0).predict(x)
    #expect(y.shape == [1, 4, 4])
    #expect(Array(y.doubles[0..<8]) == [0, 1, 4, 5, 2, 3, 6, 7])
  }

  @Test func batchNormalisationKeepsRunningStatistics() throws {
    var net = try Network(BatchNorm(2), key: 0).built(for: [2])
    let x = Tensor([1, 10, 3, 30], shape: [2, 2])
    let y = try net.forward(x, training: true, random: RandomSource(seed: 1))
    #expect(abs(y[flat: 0] + 1) < 1e-4 && abs(y[flat: 2] - 1) < 1e-4)
    let mean = try #require(net["0.running_mean"])
    let variance = try #require(net["0.running_var"])
    // 0.1 of the batch's mean; 0.9 of the old variance and 0.1 of the batch's over n - 1.
    #expect(abs(mean[flat: 0] - 0.2) < 1e-6 && abs(mean[flat: 1] - 2) < 1e-6)
    #expect(abs(variance[flat: 0] - (0.9 + 0.1 * 2)) < 1e-6)
    #expect(abs(variance[flat: 1] - (0.9 + 0.1 * 200)) < 1e-4)
    #expect(net.buffers.map(\.name) == ["0.running_mean", "0.running_var"])
    try net.freeze()
    let kept = net.buffers.map(\.tensor)
    _ = try net.forward(x, training: true, random: RandomSource(seed: 1))
    #expect(net.buffers.map(\.tensor) == kept)
    #expect(throws: Problem.self) {
      var fresh = try Network(BatchNorm(2), key: 0).built(for: [2])
      _ = try fresh.forward(
        Tensor([1, 2], shape: [1, 2]), training: true, random: RandomSource(seed: 1))
    }
  }

  @Test func dropoutKeepsTheMeanAndIsSilentInUse() throws {
    var net = try Network(Dropout(0.25), key: 0).built(for: [20_000])
    let x = Tensor(repeating: 1, shape: [1, 20_000], precision: .f32)
    #expect(try net.predict(x) == x)
    let y = try net.forward(x, training: true, random: RandomSource(seed: 2)).doubles
    #expect(Set(y) == [0, Double(Float(1 / 0.75))])
    #expect(abs(y.reduce(0, +) / 20_000 - 1) < 0.02)
    let again = try net.forward(x, training: true, random: RandomSource(seed: 2)).doubles
    #expect(again == y)
  }

  @Test func attentionIsSoftmaxOfFits() throws {
    // One head, weights that pass queries, keys and values through as they are.
    var net = try Network(Attention(2, heads: 1), key: 0).built(for: [2, 2], precision: .f64)
    let one: [Double] = [1, 0, 0, 1]
    _ = try net.load([
      ("0.qkv.weight", Tensor(one + one + one, shape: [6, 2])),
      ("0.proj.weight", Tensor(one, shape: [2, 2])),
    ])
    let y = try net.predict(Tensor([1, 0, 0, 2], shape: [1, 2, 2])).doubles
    // e^(1/√2) to e^0 for the first token, e^0 to e^(4/√2) for the second.
    let (first, second) = (2.028114981647472, 16.918828678557894)
    #expect(abs(y[0] - first / (first + 1)) < 1e-8)
    #expect(abs(y[3] - 2 * second / (second + 1)) < 1e-8)
  }
}
