import Basics
import Tensors

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
