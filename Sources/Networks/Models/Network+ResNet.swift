import Basics

extension Network {
  /// A residual network (He et al., "Deep residual learning", 2016), its weights named as in
  /// torchvision: `conv1`, `bn1`, `layer1.0.conv1`, …, `fc`.
  ///
  /// - Parameters:
  ///   - depth: 18 or 34 (two 3 × 3 convolutions a block), 50, 101 or 152 (1 × 1, 3 × 3, 1 × 1
  ///     with four times as many outputs, the stride in the 3 × 3).
  ///   - stem: `imagenet` starts with 7 × 7 at stride 2 and a pooling at stride 2; `cifar`, for
  ///     small pictures, with 3 × 3 at stride 1.
  package static func resnet(
    _ depth: Int, stem: String = "imagenet", classes: Int, channels: Int = 3, key: UInt64
  ) throws -> Network {
    guard let blocks = residualBlocks[depth] else {
      throw Problem(
        "choice", "there is no resnet of depth \(depth)",
        notes: [
          "depths are \(residualBlocks.keys.sorted().map(String.init).joined(separator: ", "))"
        ])
    }
    guard stem == "imagenet" || stem == "cifar" else {
      throw Problem(
        "choice", "`stem` cannot be \"\(stem)\"", notes: ["it is \"imagenet\" or \"cifar\""])
    }
    try requireHead("resnet", classes, channels)
    var builder = NetworkBuilder(Keys(key))
    var first = convolution(
      channels, 64, kernel: stem == "cifar" ? 3 : 7, stride: stem == "cifar" ? 1 : 2)
    first.spreadsGrey = true
    builder.add("conv1", first)
    builder.add("bn1", BatchNorm(64))
    builder.add("relu", Activation("relu"))
    if stem == "imagenet" { builder.add("maxpool", MaxPool(3, stride: 2, pad: 1)) }
    var inputs = 64
    for (stage, count) in blocks.enumerated() {
      let width = 64 << stage
      let outputs = depth < 50 ? width : 4 * width
      builder.add("layer\(stage + 1)") { layer in
        for index in 0..<count {
          let stride = stage > 0 && index == 0 ? 2 : 1
          layer.add(nil, block(layer, index, inputs, width, outputs, stride))
          inputs = outputs
        }
      }
    }
    builder.add("avgpool", Pool())
    builder.add("fc", Linear(inputs, classes))
    return builder.network
  }

  /// Blocks of the four stages.
  private static let residualBlocks = [
    18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 6, 3], 101: [3, 4, 23, 3], 152: [3, 8, 36, 3],
  ]

  private static func block(
    _ builder: NetworkBuilder, _ index: Int, _ inputs: Int, _ width: Int, _ outputs: Int,
    _ stride: Int
  ) -> Residual {
    let branch = builder.part(String(index)) { branch in
      if outputs == width {
        branch.add("conv1", convolution(inputs, width, kernel: 3, stride: stride))
        branch.add("bn1", BatchNorm(width))
        branch.add("relu", Activation("relu"))
        branch.add("conv2", convolution(width, width, kernel: 3))
        branch.add("bn2", BatchNorm(width))
      } else {
        branch.add("conv1", convolution(inputs, width, kernel: 1))
        branch.add("bn1", BatchNorm(width))
        branch.add("relu1", Activation("relu"))
        branch.add("conv2", convolution(width, width, kernel: 3, stride: stride))
        branch.add("bn2", BatchNorm(width))
        branch.add("relu2", Activation("relu"))
        branch.add("conv3", convolution(width, outputs, kernel: 1))
        branch.add("bn3", BatchNorm(outputs))
      }
    }
    let shortcut = builder.part("\(index)/downsample") { shortcut in
      shortcut.add(nil, convolution(inputs, outputs, kernel: 1, stride: stride))
      shortcut.add(nil, BatchNorm(outputs))
    }
    let isPlain = stride == 1 && inputs == outputs
    return Residual(branch, shortcut: isPlain ? nil : shortcut, after: Activation("relu"))
  }

  private static func convolution(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1
  ) -> Convolution {
    Convolution(inputs, outputs, kernel: kernel, stride: stride, bias: false, init: .kaiming)
  }
}
