import Basics
import Datasets
import Language
import Networks
import Tensors

/// Networks: layers, models, weights.
enum Nets: BuiltinLibrary {
  static let title = "Networks"

  private static let seed = Parameter<Int?>.optional(
    "seed", "of the initial weights; a fresh stream when left out", namedOnly: true)
  private static let net = Parameter<NetValue>("net", "network")

  static let builtins: [Builtin] = layers + composites + models + weights

  private static let layers: [Builtin] = Layers.all.filter { $0.name != "flatten" }.map { type in
    KindBuiltins.any(type) { member, call in
      guard let layer = member as? any Layer else { return .none }
      return .host(NetValue(try NetworkBuilding.network(of: layer, call)))
    }
  }

  private static let composites: [Builtin] = [
    Builtin(
      "norm",
      """
      The length of a tensor: Σ|x|^p to the power 1/p, along axes or of all numbers. Of an
      integer, the layer normalisation of that size, as in `norm(64) >> attention(64, heads = 2)`.

      p = 2 is Euclid's length, p = 1 the sum of magnitudes, p = inf the greatest one.

          norm([3, 4])                           #> 5
          norm([3, -4], p = 1)                   #> 7
          norm([3, 4; 5, 12], axis = 1)          #> [5, 13]
          net = linear(4, 8) >> norm(8) >> relu;
          net(zeros(2, 4)).shape                 #> (2, 8)
      """, Parameter("x", "tensor for a length, integer for a layer"),
      Parameter("p", "exponent, above 0", default: 2.0),
      Parameter<Integers?>.optional("axis", "axis to reduce, or several; all when left out"),
      Parameter(
        "keep", "keep the axis with size 1, free to stretch", default: false, namedOnly: true)
    ) { (call: Call, x: Value, p: Double, axis: Integers?, keep: Bool) in
      if case .int(let size) = x {
        guard size > 0 else { throw Problem("range", "`norm` needs a size above 0", argument: 0) }
        return Value.host(NetValue(try NetworkBuilding.network(of: LayerNorm(size), call)))
      }
      guard let tensor = AnyTensor.converted(from: x) else {
        throw Problem(
          "type", "`norm` takes an integer or a tensor, not \(Spelling.article(x.typeName))",
          argument: 0)
      }
      guard p > 0 else {
        throw Problem(
          "range", "the exponent of a norm is \(NumberText.short(p)), not above 0", argument: 1)
      }
      return Value(try tensor.norm(p, axes: axis?.values, keep: keep))
    },
    Builtin(
      "residual",
      """
      The input plus what a network makes of it.

          block = residual(norm(8) >> linear(8, 8));
          block(ones(1, 8)).shape                #> (1, 8)
          residual(relu)([-1, 2][new, :])        #> [1, 2]  -1  4
      """, Parameter("net", "network, or function of tensors"),
      Parameter("drop", "probability that a sample skips the branch", default: 0.0, namedOnly: true)
    ) { (call: Call, net: Value, drop: Double) in
      var layer = Residual()
      layer.branch = try network(net, call)
      layer.drop = drop
      return NetValue(try NetworkBuilding.network(of: layer, call))
    },
    Builtin(
      "parallel",
      """
      The results of several networks for one input, one after the other along the channels.

          net = parallel(linear(4, 2), linear(4, 3));
          net(ones(1, 4)).shape                  #> (1, 5)
          parallel(relu, x -> -x)([1, 2][new, :])        #> [1, 4]  1  2  -1  -2
      """, Parameter<[Value]>.rest("nets", "networks")
    ) { (call: Call, nets: [Value]) in
      NetValue(
        try NetworkBuilding.network(of: Branches(try nets.map { try network($0, call) }), call))
    },
    Builtin(
      "repeat",
      """
      So many networks one after the other, each made anew by a function, so that each has
      weights of its own. Of a tensor, each number so many times in a row.

          repeat([1, 2], 3)                      #> [1, 1, 1, 2, 2, 2]
          repeat([1, 2; 3, 4], 2, axis = 0)      #> [1, 2; 1, 2; 3, 4; 3, 4]
          net = repeat(3, () -> linear(8, 8) >> relu);
          net(ones(1, 8)).shape                  #> (1, 8)
          repeat(5, () -> linear(2, 2)).count    #> 30
      """, Parameter("n", "how often, or a tensor"),
      Parameter("make", "function without arguments; for a tensor, how often"),
      Parameter<Int?>.optional("axis", "of a tensor: repeat its slices along this axis")
    ) { (call: Call, n: Value, make: Value, axis: Int?) in
      guard case .function(let make) = make else {
        guard let times = make.integer, let x = AnyTensor.converted(from: n) else {
          throw Problem(
            "type", "`repeat` takes a number and a function, or a tensor and a number",
            suggestions: ["repeat(6, () -> linear(8, 8))", "repeat([1, 2], 3)"], argument: 1)
        }
        return try x.mapped {
          try axis == nil
            ? $0.flattened().repeating(times, axis: 0) : $0.repeating(times, axis: axis ?? 0)
        }.value
      }
      guard let count = n.integer else {
        throw Problem(
          "type", "`n` takes an integer, not \(Spelling.article(n.typeName))", argument: 0)
      }
      guard (1...10_000).contains(count) else {
        throw Problem("range", "`n` is \(count)", notes: ["it is 1 to 10000"], argument: 0)
      }
      let parts = try (0..<count).map { _ in try network(call.apply(make, []), call) }
      return .host(NetValue(Network.repeating(parts)))
    },
  ]

  private static let models: [Builtin] = [
    Builtin(
      "mlp",
      """
      A multilayer perceptron: the sample in one row, linear layers of these sizes, an activation
      between them.

          mlp(784, 100, 10)(zeros(2, 784)).shape         #> (2, 10)
          mlp(4, 3, seed = 1).count                      #> 15
      """, Parameter<[Int]>.rest("sizes", "numbers in each layer, input first"),
      Parameter("activation", "function between the layers", default: "relu", namedOnly: true), seed
    ) { (call: Call, sizes: [Int], activation: String, seed: Int?) in
      NetValue(try .mlp(sizes, activation: activation, key: key(call, seed)))
    },
    Builtin(
      "convnet",
      """
      A small convolutional network: stages of two 3×3 convolutions with batch normalisation,
      halved between them, then the mean over all pixels and a linear head.

          net = convnet(10, widths = (8, 16));
          net(zeros(2, 28, 28)).shape                    #> (2, 10)
          convnet(10, channels = 3)(zeros(1, 3, 32, 32)).shape   #> (1, 10)
      """, Parameter("classes", "number of outputs"),
      Parameter("widths", "channels of the stages", default: [16, 32, 64], namedOnly: true),
      Parameter("channels", "channels of the input", default: 1, namedOnly: true), seed
    ) { (call: Call, classes: Int, widths: [Int], channels: Int, seed: Int?) in
      NetValue(
        try .convnet(widths: widths, classes: classes, channels: channels, key: key(call, seed)))
    },
    Builtin(
      "resnet",
      """
      A residual network (He et al., 2016) with the weights' names of torchvision. The stem for
      small pictures is "cifar".

          resnet(18, classes = 10, stem = "cifar")(zeros(1, 3, 32, 32)).shape    #> (1, 10)
          resnet(34, classes = 5, channels = 1).layers                           #> 10
      """, Parameter("depth", "18, 34, 50, 101 or 152"),
      Parameter("stem", "\"imagenet\" or \"cifar\"", default: "imagenet"),
      Parameter("classes", "number of outputs", default: 1000),
      Parameter("channels", "channels of the input", default: 3, namedOnly: true), seed
    ) { (call: Call, depth: Int, stem: String, classes: Int, channels: Int, seed: Int?) in
      NetValue(
        try .resnet(depth, stem: stem, classes: classes, channels: channels, key: key(call, seed)))
    },
    Builtin(
      "vit",
      """
      A vision transformer (Dosovitskiy et al., 2021) with the weights' names of timm; `vit("tiny")`,
      `vit("small")` and `vit("base")` are those of DeiT.

          net = vit(size = 16, patch = 4, dim = 24, depth = 2, heads = 3, classes = 10);
          net(zeros(1, 16, 16)).shape                    #> (1, 10)
          vit("tiny", classes = 10)
      """, Parameter<String?>.optional("name", "\"tiny\", \"small\" or \"base\""),
      Parameter<Int?>.optional("size", "pixels of a side", namedOnly: true),
      Parameter<Int?>.optional("patch", "pixels of a patch's side", namedOnly: true),
      Parameter<Int?>.optional("dim", "numbers of a token", namedOnly: true),
      Parameter<Int?>.optional("depth", "blocks", namedOnly: true),
      Parameter<Int?>.optional("heads", "heads of the attention", namedOnly: true),
      Parameter("classes", "number of outputs", default: 1000, namedOnly: true),
      Parameter(
        "channels", "channels of the input; gray pictures are spread", default: 3, namedOnly: true),
      Parameter("drop_path", "stochastic depth of the last block", default: 0.0, namedOnly: true),
      seed
    ) {
      (
        call: Call, name: String?, size: Int?, patch: Int?, dim: Int?, depth: Int?, heads: Int?,
        classes: Int, channels: Int, drop: Double, seed: Int?
      ) in
      var sizes = try name.map { try VisionTransformer($0) } ?? VisionTransformer()
      sizes.size = size ?? sizes.size
      sizes.patch = patch ?? sizes.patch
      sizes.dim = dim ?? sizes.dim
      sizes.depth = depth ?? sizes.depth
      sizes.heads = heads ?? sizes.heads
      sizes.classes = classes
      sizes.channels = channels
      sizes.dropPath = drop
      return NetValue(try .vit(sizes, key: key(call, seed)))
    },
  ]

  private static let weights: [Builtin] = [
    Builtin(
      "summary",
      """
      The network's layers with their output shapes and numbers of parameters.

          summary(mlp(784, 100, 10))
          summary(convnet(10), shape = (1, 28, 28))
      """, net, Parameter<[Int]?>.optional("shape", "shape of a sample, where it cannot be told")
    ) { (net: NetValue, shape: [Int]?) in
      Value.host(SummaryValue(try shape.map { try net.net.summary(for: $0) } ?? net.net.summary))
    },
    Builtin(
      "head",
      """
      The network with a new last linear layer of so many outputs.

          head(convnet(100), 10)(zeros(1, 28, 28)).shape         #> (1, 10)
          head(mlp(4, 3), 5)(zeros(1, 4)).shape                  #> (1, 5)
      """, net, Parameter("classes", "number of outputs"), seed
    ) { (call: Call, net: NetValue, classes: Int, seed: Int?) in
      NetValue(try net.net.replacingHead(classes: classes, key: key(call, seed)))
    },
    Builtin(
      "features",
      """
      What the network's last linear layer sees: of a batch, or of every sample of data.

          features(mlp(4, 8, 3), zeros(2, 4)).shape              #> (2, 8)
          features(mlp(2, 5, 2), points()).shape[1]              #> 5
      """, net, Parameter("x", "tensor or data"),
      Parameter<AugmentationValue?>.optional(
        "prepare", "augmentation that prepares samples", namedOnly: true)
    ) { (call: Call, net: NetValue, x: Value, prepare: AugmentationValue?) in
      if let data = try DataValue.converted(from: x) {
        return try net.net.features(
          of: data.data, prepared: prepare?.pipeline ?? Pipeline(), interruption: call.interruption)
      }
      guard let tensor = x.tensor else {
        throw Problem("type", "`features` takes a tensor or data", argument: 1)
      }
      return try net.net.features(of: tensor)
    },
    Builtin(
      "attention_maps",
      """
      For each attention layer, how much every token takes of every other: tensors of shape
      [samples, heads, tokens, tokens] whose rows add to 1.

          net = vit(size = 16, patch = 4, dim = 24, depth = 2, heads = 3, classes = 10);
          maps = attention_maps(net, zeros(1, 16, 16));
          (len(maps), maps[0].shape)                             #> (2, (1, 3, 17, 17))
          sum(maps[0][0, 0, 5])                                  #> 1
      """, net, Parameter("x", "batch of samples")
    ) { (net: NetValue, x: Tensor) in try net.net.attentionMaps(of: x) },
    Builtin(
      "freeze",
      """
      The network with the weights whose names begin so held fixed in training; all but the head
      when no name is given.

          freeze(mlp(4, 8, 3))(zeros(1, 4)).shape                #> (1, 3)
          freeze(convnet(10), "0").layers > 1                    #> true
      """, net, Parameter<String?>.optional("part", "beginning of the names")
    ) { (net: NetValue, part: String?) in
      var result = net.net
      if let part {
        try result.freeze(part)
      } else {
        result.freezeBody()
      }
      return NetValue(result)
    },
  ]

  private static func network(_ value: Value, _ call: Call) throws -> Network {
    guard let network = try NetworkBuilding.network(from: value, call) else {
      throw Problem("type", "\(Spelling.article(value.typeName)) is not a network", argument: 0)
    }
    return network
  }

  private static func key(_ call: Call, _ seed: Int?) -> UInt64 {
    var random = call.random(seed: seed)
    return random.next()
  }
}

/// A table as a value of its own, so that it shows as it is.
final class SummaryValue: HostValue {
  static let typeName = "summary"
  private let text: String
  init(_ text: String) { self.text = text }
  func show(_ style: DisplayStyle) -> Shown { Shown(text) }
}

extension AnyTensor {
  /// (Σ|x|^p)^(1/p) along axes, of everything by default.
  fileprivate func norm(_ p: Double, axes: [Int]?, keep: Bool) throws -> Tensor {
    let magnitudes: Tensor
    switch self {
    case .real(let tensor):
      if p == 2 { return try tensor.squared().sum(axes: axes, keep: keep).squareRoot() }
      magnitudes = try tensor.magnitude()
    case .complex(let tensor):
      if p == 2 { return try tensor.squaredModulus().sum(axes: axes, keep: keep).squareRoot() }
      magnitudes = try tensor.modulus()
    }
    if magnitudes.count == 0 { return try magnitudes.sum(axes: axes, keep: keep) }
    if p == .infinity { return try magnitudes.max(axes: axes, keep: keep) }
    let powers = p == 1 ? magnitudes : try magnitudes.raised(to: Tensor(p))
    let sum = try powers.sum(axes: axes, keep: keep)
    return p == 1 ? sum : try sum.raised(to: Tensor(1 / p))
  }
}
