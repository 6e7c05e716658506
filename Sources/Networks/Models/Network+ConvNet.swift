import Basics

extension Network {
  /// A small convolutional network: stages of two 3 × 3 convolutions with batch normalisation and
  /// ReLU, halved by max pooling between them, then a global mean and a linear head.
  ///
  /// Three stages of 16, 32 and 64 channels have about 73,000 parameters.
  package static func convnet(
    widths: [Int] = [16, 32, 64], classes: Int, channels: Int = 1, key: UInt64
  ) throws -> Network {
    guard let last = widths.last, widths.allSatisfy({ $0 > 0 }) else {
      throw Problem(
        "range", "`convnet` needs widths above 0, not \(widths)",
        suggestions: ["widths = [16, 32, 64]"])
    }
    try requireHead("convnet", classes, channels)
    var builder = NetworkBuilder(Keys(key))
    var inputs = channels
    for (index, width) in widths.enumerated() {
      if index > 0 { builder.add(nil, MaxPool(2)) }
      for _ in 0..<2 {
        var layer = Convolution(inputs, width, bias: false, init: .kaiming)
        layer.spreadsGrey = builder.network.count == 0
        builder.add(nil, layer)
        builder.add(nil, BatchNorm(width))
        builder.add(nil, Activation("relu"))
        inputs = width
      }
    }
    builder.add(nil, Pool())
    builder.add(nil, Linear(last, classes))
    return builder.network
  }

  static func requireHead(_ name: String, _ classes: Int, _ channels: Int) throws {
    guard classes > 0, channels > 0 else {
      throw Problem(
        "range", "`\(name)` for \(classes) classes of pictures with \(channels) channels",
        notes: ["both must be at least 1"])
    }
  }
}
