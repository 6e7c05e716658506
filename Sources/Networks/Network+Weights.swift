import Basics
import Tensors

extension Network {
  /// The network with its weights for samples of that shape.
  ///
  /// Weights that exist are kept; missing ones are made from the layers' keys.
  package func built(for sample: [Int], precision: Precision? = nil) throws -> Network {
    if inputShape == sample, precision == nil || precision == self.precision { return self }
    var network = self
    network.precision = precision ?? self.precision
    network.entries = []
    var shape = sample
    // Equal keys in one network are copies of a layer: each gets numbers of its own.
    var uses: [ParameterSpec.Origin: Int] = [:]
    var names: Set<String> = []
    for index in stages.indices {
      let input = shape
      let (specs, next) = try at(index) { try self.specs(of: index, for: input) }
      shape = next
      for (spec, isBuffer) in specs {
        let name = prefix(index) + spec.name
        precondition(names.insert(name).inserted, "two tensors of a network are named \(name)")
        let origin = spec.origin ?? .init(key: stages[index].key, name: spec.name)
        let use = uses[origin, default: 0]
        uses[origin] = use + 1
        try network.fill(index, spec, name) { precision in
          spec.initialisation.tensor(
            spec.shape, fanIn: spec.fanIn, precision: precision,
            random: RandomSource(seed: origin.key).stream(origin.name, use))
        }
        if spec.isFrozen { network.stages[index].frozen.insert(spec.name) }
        network.entries.append(
          Entry(
            name: name, shape: spec.shape, stage: index, local: spec.name, isBuffer: isBuffer,
            isFrozen: network.stages[index].frozen.covers(spec.name)))
      }
    }
    network.inputShape = sample
    network.outputShape = shape
    return network
  }

  private mutating func fill(
    _ index: Int, _ spec: ParameterSpec, _ name: String, _ make: (Precision) -> Tensor
  ) throws {
    let kept = stages[index].weights[spec.name] ?? spec.value
    if let kept, kept.shape != spec.shape {
      throw Problem(
        "shape",
        "`\(name)` was made with shape \(kept.shape) and would now need \(spec.shape)",
        notes: ["a network that has weights takes samples of the size it was made for"])
    }
    stages[index].weights[spec.name] = (kept ?? make(precision)).converted(to: precision)
  }

  /// What stage `index` needs for an input shape, buffers last, and the shape it makes.
  private func specs(
    of index: Int, for shape: [Int]
  ) throws -> (specs: [(ParameterSpec, isBuffer: Bool)], next: [Int]) {
    let layer = stages[index].layer
    let next = try layer.outputShape(for: shape)
    let parameters = try layer.affordableParameters(for: shape).map { ($0, isBuffer: false) }
    return (parameters + (try layer.buffers(for: shape)).map { ($0, isBuffer: true) }, next)
  }

  /// What the network needs as a part of a layer of another network.
  func partSpecs(for sample: [Int], buffers: Bool) throws -> [ParameterSpec] {
    var shape = sample
    var all: [ParameterSpec] = []
    for index in stages.indices {
      let input = shape
      let (specs, next) = try at(index) { try self.specs(of: index, for: input) }
      shape = next
      for (spec, isBuffer) in specs where isBuffer == buffers {
        var spec = spec
        spec.origin = spec.origin ?? .init(key: stages[index].key, name: spec.name)
        spec.value = spec.value ?? stages[index].weights[spec.name]
        spec.isFrozen = spec.isFrozen || stages[index].frozen.covers(spec.name)
        spec.name = prefix(index) + spec.name
        all.append(spec)
      }
    }
    return all
  }
}

extension Network {
  /// What learning changes, in the order of the layers; empty before `built(for:)`.
  ///
  /// Setting takes the same names in the same order.
  package var parameters: [(name: String, tensor: Tensor)] {
    get { tensors(buffers: false) }
    set { put(newValue, buffers: false) }
  }

  /// What layers keep themselves, as running statistics; empty before `built(for:)`.
  package var buffers: [(name: String, tensor: Tensor)] {
    get { tensors(buffers: true) }
    set { put(newValue, buffers: true) }
  }

  /// The parameter or buffer of that name.
  package subscript(name: String) -> Tensor? {
    entries.first { $0.name == name }.flatMap { stages[$0.stage].weights[$0.local] }
  }

  /// Takes over the tensors whose names the network has; the others' names come back.
  ///
  /// A tensor of another shape than the network's is a `Problem`.
  package mutating func load(_ tensors: [(name: String, tensor: Tensor)]) throws -> [String] {
    let places = Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }
    for (name, tensor) in tensors {
      guard let place = places[name], place.shape != tensor.shape else { continue }
      throw Problem(
        "shape", "`\(name)` has shape \(tensor.shape), the network's has \(place.shape)")
    }
    var unused: [String] = []
    for (name, tensor) in tensors {
      guard let place = places[name] else {
        unused.append(name)
        continue
      }
      stages[place.stage].weights[place.local] = tensor.detached.converted(to: precision)
    }
    return unused
  }

  /// How many numbers learning changes, frozen ones included; 0 while the layers do not tell.
  package var parameterCount: Int {
    presumedInputShape.flatMap { try? parameterCount(for: $0) } ?? 0
  }

  /// How many parameters the network has for samples of that shape, without making them.
  package func parameterCount(for input: [Int]) throws -> Int {
    try partSpecs(for: input, buffers: false).reduce(0) { $0 + $1.shape.reduce(1, *) }
  }

  private func tensors(buffers: Bool) -> [(name: String, tensor: Tensor)] {
    entries.compactMap { entry in
      guard entry.isBuffer == buffers else { return nil }
      return stages[entry.stage].weights[entry.local].map { (entry.name, $0) }
    }
  }

  private mutating func put(_ list: [(name: String, tensor: Tensor)], buffers: Bool) {
    let places = entries.filter { $0.isBuffer == buffers }
    precondition(places.count == list.count, "all tensors of a network are set at once")
    for (entry, item) in zip(places, list) {
      precondition(
        entry.name == item.name && entry.shape == item.tensor.shape,
        "\(item.name) \(item.tensor.shape) in the place of \(entry.name) \(entry.shape)")
      stages[entry.stage].weights[entry.local] = item.tensor
    }
  }
}
