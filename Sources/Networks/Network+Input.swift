extension Network {
  /// A shape of samples that the network takes, as far as its layers tell: the built one, else
  /// that of the first layer that asks for something. Where pictures of any size will do, a usual
  /// size is taken.
  package var presumedInputShape: [Int]? {
    if let inputShape { return inputShape }
    return candidates.first { (try? outputShape(for: $0)) != nil }
  }

  /// Shapes that the first particular layer may take, likely ones first.
  private var candidates: [[Int]] {
    for stage in stages {
      switch stage.layer {
      case let layer as Linear: return [[layer.inputs], [16, layer.inputs]]
      case let layer as BatchNorm: return [[layer.channels]] + Self.pictures(layer.channels)
      case let layer as LayerNorm: return [[layer.size], [16, layer.size]]
      case let layer as Attention: return [[16, layer.size]]
      case let layer as Convolution: return Self.pictures(layer.inputs)
      case let layer as Patches: return Self.pictures(layer.channels)
      case let layer as Chain: return layer.network.candidates
      case let layer as Residual: return layer.branch.candidates
      case let layer as Branches: return layer.networks.first?.candidates ?? []
      default: continue
      }
    }
    return []
  }

  private static func pictures(_ channels: Int) -> [[Int]] {
    let usual = channels == 1 ? [28, 32, 64, 224] : [32, 224, 28, 64]
    let rest = [16, 8, 12, 24, 48, 96, 112, 128, 160, 192, 256, 288, 320, 384, 448, 512]
    return (usual + rest).map { [channels, $0, $0] }
  }
}
