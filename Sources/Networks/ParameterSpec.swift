import Basics
import Tensors

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

extension Layer {
  /// What the layer needs for an input, unless no memory could hold it.
  func affordableParameters(for input: [Int]) throws -> [ParameterSpec] {
    let specs = try parameters(for: input)
    for spec in specs { try Memory.check(spec.shape, bytesEach: 4, "a parameter of shape") }
    return specs
  }
}
