import Basics
import Tensors
import Testing

@testable import Networks

@Suite struct ModelTests {
  @Test func `a network made from its description has the same tensors`() throws {
    let residual = Network(
      Residual(try Network.mlp([8, 6, 8], key: 3), after: Activation("gelu"), drop: 0.1), key: 4)
    let networks: [(Network, [Int])] = [
      (try .mlp([8, 5, 3], key: 1), [8]), (try .convnet(classes: 10, key: 1), [1, 28, 28]),
      (try .resnet(18, stem: "cifar", classes: 10, key: 1), [1, 32, 32]),
      (try .resnet(50, classes: 10, key: 1), [3, 64, 64]),
      (try .vit(VisionTransformer("tiny"), key: 1), [1, 224, 224]),
      (Network.repeating([residual, residual]), [8]),
      (Network(Branches([residual, try .mlp([8, 4], key: 2)]), key: 5), [8]),
    ]
    for (network, shape) in networks {
      let description = try #require(NetworkDescription(network))
      let copy = try description.network.built(for: shape)
      let built = try network.built(for: shape)
      #expect(copy.parameters.map(\.name) == built.parameters.map(\.name))
      #expect(copy.parameters.map(\.tensor) == built.parameters.map(\.tensor))
      #expect(copy.buffers.map(\.tensor) == built.buffers.map(\.tensor))
    }
    #expect(NetworkDescription(Network(Mapping("f") { $0 }, key: 0)) == nil)
  }

  @Test func parameterCountsArePublishedOnes() throws {
    #expect(
      try Network.resnet(18, classes: 1000, key: 1).parameterCount(for: [3, 224, 224]) == 11_689_512
    )
    #expect(
      try Network.resnet(34, classes: 1000, key: 1).parameterCount(for: [3, 224, 224]) == 21_797_672
    )
    #expect(
      try Network.resnet(50, classes: 1000, key: 1).parameterCount(for: [3, 224, 224]) == 25_557_032
    )
    for (name, count) in [("tiny", 5_717_416), ("small", 22_050_664), ("base", 86_567_656)] {
      let net = try Network.vit(VisionTransformer(name), key: 1)
      #expect(try net.parameterCount(for: [3, 224, 224]) == count)
    }
    #expect(try Network.convnet(classes: 10, key: 1).parameterCount(for: [28, 28]) == 72_666)
    #expect(try Network.mlp([784, 128, 10], key: 1).parameterCount(for: [28, 28]) == 101_770)
  }

  @Test func resnetNamesAreTorchvisions() throws {
    let net = try Network.resnet(18, stem: "cifar", classes: 10, key: 1).built(for: [3, 32, 32])
    let names = net.parameters.map(\.name)
    #expect(names.count == 62)
    for name in [
      "conv1.weight", "bn1.weight", "layer1.0.conv1.weight", "layer2.0.downsample.0.weight",
      "layer2.0.downsample.1.bias", "layer4.1.bn2.bias", "fc.weight", "fc.bias",
    ] { #expect(names.contains(name), "\(name) is missing") }
    #expect(net.buffers.map(\.name).contains("layer1.0.bn1.running_mean"))
    #expect(net.headParameters == ["fc.weight", "fc.bias"])
    let deep = try Network.resnet(50, classes: 2, key: 1).partSpecs(for: [64, 64], buffers: false)
    #expect(deep.map(\.name).contains("layer1.0.conv3.weight"))
    #expect(deep.count == 161)
  }

  @Test func transformerNamesAreTimms() throws {
    var sizes = try VisionTransformer("tiny")
    (sizes.size, sizes.patch, sizes.depth, sizes.classes) = (32, 4, 2, 10)
    let net = try Network.vit(sizes, key: 1).built(for: [32, 32])
    var wanted = ["cls_token", "pos_embed"]
    var parts = ["patch_embed.proj", "norm", "head"]
    for block in 0..<2 {
      for part in ["norm1", "attn.qkv", "attn.proj", "norm2", "mlp.fc1", "mlp.fc2"] {
        parts.append("blocks.\(block).\(part)")
      }
    }
    for part in parts { wanted += [part + ".weight", part + ".bias"] }
    #expect(net.parameters.map(\.name).sorted() == wanted.sorted())
    #expect(net["pos_embed"]?.shape == [1, 65, 192])
    #expect(net["patch_embed.proj.weight"]?.shape == [192, 3, 4, 4])
    let x = Tensor(repeating: 0.5, shape: [2, 32, 32], precision: .f32)
    #expect(try net.predict(x).shape == [2, 10])
    #expect(try net.features(of: x).shape == [2, 192])
    #expect(try net.replacingHead(classes: 3, key: 2).predict(x).shape == [2, 3])
  }

  @Test func attentionMapsAreSharesOfTokens() throws {
    var sizes = VisionTransformer()
    (sizes.size, sizes.patch, sizes.dim, sizes.depth, sizes.heads) = (8, 4, 12, 2, 3)
    let net = try Network.vit(sizes, key: 1)
    let maps = try net.attentionMaps(of: Tensor(repeating: 0.5, shape: [2, 8, 8]))
    #expect(maps.map(\.shape) == [[2, 3, 5, 5], [2, 3, 5, 5]])
    for sum in try maps[1].sum(axes: [3]).doubles { #expect(abs(sum - 1) < 1e-6) }
  }

  @Test func theInputShapeIsPresumedFromTheLayers() throws {
    #expect(try Network.mlp([4, 3], key: 1).parameterCount == 15)
    #expect(try Network.convnet(classes: 10, key: 1).presumedInputShape == [1, 28, 28])
    #expect(try Network.vit(VisionTransformer("tiny"), key: 1).presumedInputShape == [3, 224, 224])
    let patched = Network(Patches(4), key: 1).then(Network(Linear(48, 8), key: 2))
      .then(Network(Positions(16), key: 3))
    #expect(patched.presumedInputShape == [3, 16, 16])
    #expect(patched.parameterCount == 48 * 8 + 8 + 16 * 8)
    #expect(Network(Activation("tanh"), key: 1).presumedInputShape == nil)
  }

  @Test func dropPathGrowsWithDepth() throws {
    var sizes = VisionTransformer()
    (sizes.size, sizes.patch, sizes.dim, sizes.depth, sizes.dropPath) = (8, 4, 12, 3, 0.2)
    let net = try Network.vit(sizes, key: 1)
    let blocks = try #require(net.layers[2] as? Chain).network.layers.compactMap { $0 as? Chain }
    let rates = blocks.flatMap { $0.network.layers.compactMap { ($0 as? Residual)?.drop } }
    #expect(rates == [0, 0, 0.1, 0.1, 0.2, 0.2])
  }

  @Test func initialWeightsHaveTheirSpread() throws {
    func spread(_ kind: Initialisation, _ shape: [Int]) -> (mean: Double, deviation: Double) {
      let values = kind.tensor(shape, random: RandomSource(seed: 4)).doubles
      let mean = values.reduce(0, +) / Double(values.count)
      let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      return (mean, square.squareRoot())
    }
    let shape = [64, 32, 3, 3]
    for (kind, wanted) in [
      (Initialisation.uniform, 1 / (3 * 288.0).squareRoot()), (.kaiming, (2 / 576.0).squareRoot()),
      (.xavier, (2 / (288 + 576.0)).squareRoot()), (.normal, 0.02), (.zeros, 0),
    ] {
      let (mean, deviation) = spread(kind, shape)
      #expect(abs(deviation - wanted) <= 0.02 * wanted, "\(kind) spreads by \(deviation)")
      #expect(abs(mean) <= 0.03 * wanted)
    }
  }

  @Test func initialWeightsDoNotDependOnTheNumberOfThreads() {
    let before = Parallel.threads
    defer { Parallel.threads = before }
    Parallel.threads = 1
    let one = Initialisation.kaiming.tensor([100, 1000], random: RandomSource(seed: 4))
    Parallel.threads = 3
    #expect(Initialisation.kaiming.tensor([100, 1000], random: RandomSource(seed: 4)) == one)
  }

  @Test func aSmallConvnetLearns() throws {
    var net = try Network.convnet(widths: [4, 8], classes: 2, key: 3).built(for: [8, 8])
    var random = RandomSource(seed: 1)
    // Vertical against horizontal stripes.
    let labels = (0..<8).map { $0 % 2 }
    let pixels = labels.flatMap { label in
      (0..<64).map { i in Float((label == 0 ? i % 8 : i / 8) % 2) + 0.2 * Float(random.normal()) }
    }
    let x = Tensor(floats: pixels, shape: [8, 8, 8])
    var losses: [Double] = []
    for step in 0..<20 {
      let plain = net.parameters
      let leaves = plain.map { $0.tensor.tracked() }
      net.parameters = zip(plain, leaves).map { ($0.name, $1) }
      let y = try net.forward(x, training: true, random: RandomSource(seed: UInt64(step)))
      let loss = try y.crossEntropy(labels: labels)
      losses.append(loss.item)
      let found = try gradients(of: loss, withRespectTo: leaves)
      net.parameters = zip(plain, found).map { item, gradient in
        var tensor = item.tensor
        for i in 0..<tensor.count { tensor[flat: i] -= 0.1 * gradient[flat: i] }
        return (item.name, tensor)
      }
    }
    #expect(losses[19] < 0.5 * losses[0], "\(losses)")
  }

  @Test func impossibleSizesAreRefused() {
    #expect(throws: Problem.self) { try Network.resnet(20, classes: 10, key: 1) }
    #expect(throws: Problem.self) { try Network.resnet(18, stem: "cifra", classes: 10, key: 1) }
    #expect(throws: Problem.self) { try Network.mlp([10], key: 1) }
    #expect(throws: Problem.self) { try Network.convnet(widths: [], classes: 10, key: 1) }
    #expect(throws: Problem.self) { try VisionTransformer("tinny") }
    var sizes = VisionTransformer()
    sizes.patch = 15
    #expect(throws: Problem.self) { try Network.vit(sizes, key: 1) }
  }
}
