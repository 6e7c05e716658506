import Basics

/// Keys for the layers of a ready-made network, each a function of one key and the layer's name.
struct Keys {
  private let source: RandomSource

  init(_ key: UInt64) { source = RandomSource(seed: key) }

  subscript(name: String) -> UInt64 {
    var stream = source.stream(name)
    return stream.next()
  }
}

/// A network written down layer by layer.
struct NetworkBuilder {
  private(set) var network = Network()
  private let keys: Keys
  private let path: String

  init(_ keys: Keys, path: String = "") {
    self.keys = keys
    self.path = path
  }

  /// Adds a layer; a nil name is its position, "" may be given to several.
  mutating func add(_ name: String?, _ layer: any Layer) {
    let place = name.flatMap { $0.isEmpty ? nil : $0 } ?? String(network.count)
    network.stages.append(Network.Stage(name: name, layer: layer, key: keys[path + place]))
  }

  /// Adds a part that `fill` writes, as one layer.
  mutating func add(_ name: String?, _ fill: (inout NetworkBuilder) -> Void) {
    add(name, Chain(part(name ?? String(network.count), fill)))
  }

  /// A part that `fill` writes, with keys of its own.
  func part(_ name: String, _ fill: (inout NetworkBuilder) -> Void) -> Network {
    var builder = NetworkBuilder(keys, path: path + name + "/")
    fill(&builder)
    return builder.network
  }
}
