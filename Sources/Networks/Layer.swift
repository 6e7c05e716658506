import Basics
import Tensors

/// One step of a network: which shape it makes, which weights it needs, what it computes.
///
/// A layer is a description and holds no weights. Shapes are those of one sample; tensors have a
/// batch axis before it.
package protocol Layer: Configurable {
  /// The shape made of an input shape, or a `Problem` that says what the layer takes.
  func outputShape(for input: [Int]) throws -> [Int]
  /// The tensors that learning changes.
  func parameters(for input: [Int]) throws -> [ParameterSpec]
  /// The tensors that the layer itself keeps: running statistics.
  func buffers(for input: [Int]) throws -> [ParameterSpec]
  /// The layer as a user writes it: `conv(3, 16, stride = 2)`.
  var written: String { get }
  /// The result for a batch.
  func forward(_ x: Tensor, _ state: inout LayerState, _ context: ForwardContext) throws -> Tensor
}

extension Layer {
  package func parameters(for input: [Int]) throws -> [ParameterSpec] { [] }
  package func buffers(for input: [Int]) throws -> [ParameterSpec] { [] }

  /// Required settings by position, others where they differ from the default.
  package var written: String {
    let plain = Self()
    var parts: [String] = []
    var isPositional = true
    for setting in Self.settings {
      let value = setting.value(in: self)
      if setting.isRequired, isPositional {
        parts.append(value.text)
      } else {
        isPositional = false
        if value != setting.value(in: plain) { parts.append("\(setting.name) = \(value.text)") }
      }
    }
    return parts.isEmpty ? Self.name : "\(Self.name)(\(parts.joined(separator: ", ")))"
  }

  /// The complaint about an input shape.
  func mismatch(takes wanted: String, got input: [Int], _ suggestions: String...) -> Problem {
    Problem(
      "shape", "`\(written)` takes \(wanted), not \(input)", suggestions: suggestions)
  }
}

/// A tensor that a layer needs.
package struct ParameterSpec: Sendable {
  /// Unique in its layer; parts are separated by points, as in `qkv.weight`.
  package var name: String
  package var shape: [Int]
  package var initialisation: Initialisation
  /// Whether learning leaves it as it is.
  package var isFrozen = false
  /// How many inputs meet in a unit, where the shape does not say it.
  var fanIn: Int?
  /// Numbers that it has already, from an earlier life of the layer.
  var value: Tensor?
  /// The stream of its initial numbers: a layer's key, and the name inside that layer.
  var origin: Origin?

  struct Origin: Hashable, Sendable {
    var key: UInt64
    var name: String
  }

  package init(_ name: String, _ shape: [Int], _ initialisation: Initialisation) {
    self.name = name
    self.shape = shape
    self.initialisation = initialisation
  }

  /// An offset beside a weight: as far from zero as uniform weights of its unit, else zero.
  static func bias(
    _ count: Int, name: String = "bias", fanIn: Int, like weight: Initialisation
  ) -> ParameterSpec {
    var spec = ParameterSpec(name, [count], weight == .uniform ? .uniform : .zeros)
    spec.fanIn = fanIn
    return spec
  }
}

/// The tensors of a layer, by name, while it computes.
package struct LayerState: Sendable {
  var tensors: [String: Tensor]
  private var frozen: Set<String>
  /// Where in the network's stage the layer stands: "" or "0.attn.".
  private var path = ""
  private(set) var isChanged = false

  init(_ tensors: [String: Tensor], frozen: Set<String>) {
    self.tensors = tensors
    self.frozen = frozen
  }

  /// The parameter or buffer of that name. Only buffers are written, without a past.
  package subscript(name: String) -> Tensor {
    get {
      guard let tensor = tensors[path + name] else {
        preconditionFailure("the layer declared no tensor \(path + name)")
      }
      return tensor
    }
    set {
      tensors[path + name] = newValue.detached
      isChanged = true
    }
  }

  /// Whether learning leaves that tensor as it is.
  package func isFrozen(_ name: String) -> Bool { frozen.covers(path + name) }

  /// Calls `body` with names counted from inside the part `name`; "" is the layer itself.
  package mutating func within<R>(
    _ name: String, _ body: (inout LayerState) throws -> R
  ) rethrows -> R {
    if name.isEmpty { return try body(&self) }
    let outer = path
    path += name + "."
    defer { path = outer }
    return try body(&self)
  }
}

/// What a forward pass is for.
package struct ForwardContext: Sendable {
  /// Whether layers behave as in training: statistics of the batch, dropout.
  package var isTraining: Bool
  /// The stream of this layer in this pass.
  package var random: RandomSource
  /// Collects what attention layers look at, when somebody asks.
  var glances: Glances?

  package init(isTraining: Bool, random: RandomSource) {
    self.isTraining = isTraining
    self.random = random
  }

  /// The context of part `index` of a layer.
  package func part(_ index: Int) -> ForwardContext {
    guard isTraining else { return self }
    var context = self
    context.random = random.stream("part", index)
    return context
  }
}

extension Set<String> {
  /// Whether the set has the name or something that it is part of; "" has every name.
  func covers(_ name: String) -> Bool {
    contains { $0.isEmpty || name == $0 || name.hasPrefix($0 + ".") }
  }
}
