import Basics

/// A network without its weights, as data that a network can be made from.
package struct NetworkDescription: Codable, Sendable {
  fileprivate struct Stage: Codable, Sendable {
    var name: String?
    var key: UInt64
    var frozen: [String]
    var layer: Part
  }

  /// A layer: its settings, and the networks that it is made of.
  fileprivate struct Part: Codable, Sendable {
    var layer: MemberDescription
    var spreadsGrey: Bool?
    var networks: [NetworkDescription]?
    var shortcut: NetworkDescription?
    var after: MemberDescription?
  }

  private var stages: [Stage]

  /// Nil when a function of the program is one of the layers: functions are not data.
  package init?(_ network: Network) {
    stages = []
    for stage in network.stages {
      guard let part = Part(stage.layer) else { return nil }
      stages.append(
        Stage(
          name: stage.name, key: stage.key, frozen: stage.frozen.sorted(), layer: part))
    }
  }

  /// The network, which has no weights yet.
  package var network: Network {
    get throws {
      var network = Network()
      for stage in stages {
        network.stages.append(
          Network.Stage(
            name: stage.name, layer: try stage.layer.made, key: stage.key,
            frozen: Set(stage.frozen)))
      }
      return network
    }
  }
}

extension NetworkDescription.Part {
  fileprivate init?(_ layer: any Layer) {
    self.init(layer: MemberDescription(layer))
    switch layer {
    case let layer as Residual:
      guard let branch = NetworkDescription(layer.branch) else { return nil }
      networks = [branch]
      if let way = layer.shortcut {
        guard let described = NetworkDescription(way) else { return nil }
        shortcut = described
      }
      after = layer.after.map { MemberDescription($0) }
    case let layer as Branches:
      let described = layer.networks.compactMap { NetworkDescription($0) }
      guard described.count == layer.networks.count else { return nil }
      networks = described
    case let layer as Chain:
      guard let described = NetworkDescription(layer.network) else { return nil }
      networks = [described]
    case let layer as Convolution: spreadsGrey = layer.spreadsGrey
    case is Mapping: return nil
    default: break
    }
  }

  fileprivate var made: any Layer {
    get throws {
      let composites: [any Configurable.Type] = [Residual.self, Branches.self, Chain.self]
      let made = try layer.member(of: Layers.all + composites, as: (any Layer).self)
      let parts = try (networks ?? []).map { try $0.network }
      switch made {
      case var layer as Residual:
        layer.branch = parts.first ?? Network()
        layer.shortcut = try shortcut?.network
        layer.after = try after?.member(of: [Activation.self], as: Activation.self)
        return layer
      case var layer as Branches:
        layer.networks = parts
        return layer
      case var layer as Chain:
        layer.network = parts.first ?? Network()
        return layer
      case var layer as Convolution:
        layer.spreadsGrey = spreadsGrey ?? false
        return layer
      default: return made
      }
    }
  }
}
