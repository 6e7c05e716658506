import Basics
import Tensors

/// A rule that turns gradients into new weights.
///
/// The rule is a value without state; what it remembers about each weight are its slots, which
/// the trainer keeps and saves.
package protocol Optimiser: Configurable {
  /// The learning rate before the schedule.
  var rate: Double { get set }
  /// Weight decay and the weights it spares.
  var decay: WeightDecay { get }
  /// Names of what is remembered for every weight.
  var slots: [String] { get }
  /// Changes one parameter in place.
  ///
  /// - Parameters:
  ///   - step: counts from 1.
  ///   - rate: of this step and parameter.
  ///   - decay: of this parameter; 0 where it is spared.
  func update(
    _ weights: UnsafeMutableBufferPointer<Float>, _ gradient: UnsafeBufferPointer<Float>,
    _ slots: [UnsafeMutableBufferPointer<Float>], step: Int, rate: Float, decay: Float)
}

/// How strongly weights are pulled to zero, and which.
package struct WeightDecay: Sendable, Equatable {
  package var strength: Double
  /// Whether biases and the gains of normalisations, which have one axis, are spared.
  package var sparesVectors: Bool

  package init(strength: Double, sparesVectors: Bool) {
    self.strength = strength
    self.sparesVectors = sparesVectors
  }

  /// The decay of a parameter of this shape.
  package func strength(for shape: [Int]) -> Double {
    sparesVectors && shape.count < 2 ? 0 : strength
  }
}

/// What an optimiser remembers about all weights.
package struct OptimiserState: Sendable {
  /// Updates made.
  package var step = 0
  /// For each parameter, the numbers of each slot.
  package var slots: [String: [Tensor]] = [:]

  package init() {}
}

extension Optimiser {
  /// One update of the parameters that have a gradient.
  ///
  /// - Parameters:
  ///   - rates: the learning rate of a parameter, by its name.
  ///   - gradients: single precision, in the order of `parameters`; nil where it stays.
  func apply(
    _ gradients: [Tensor?], to parameters: inout [(name: String, tensor: Tensor)],
    _ state: inout OptimiserState, rate: (String) -> Double
  ) {
    state.step += 1
    for (index, gradient) in gradients.enumerated() {
      guard let gradient else { continue }
      let name = parameters[index].name
      var weights = parameters[index].tensor.detached
      // Released, so that the weights are changed where they are and not in a copy.
      parameters[index].tensor = Tensor(0, precision: .f32)
      let strength = decay.strength(for: weights.shape)
      var memory =
        state.slots.removeValue(forKey: name)
        ?? slots.map { _ in Tensor(repeating: 0, shape: weights.shape, precision: .f32) }
      let step = state.step
      let ownRate = Float(rate(name))
      gradient.withFloats { gradient in
        weights.withMutableFloats { weights in
          Self.withPointers(&memory) { pointers in
            update(
              weights, gradient, pointers, step: step, rate: ownRate, decay: Float(strength))
          }
        }
      }
      parameters[index].tensor = weights
      state.slots[name] = memory
    }
  }

  /// All slots of one parameter, to be changed in place.
  private static func withPointers(
    _ tensors: inout [Tensor], _ body: ([UnsafeMutableBufferPointer<Float>]) -> Void
  ) {
    switch tensors.count {
    case 0: body([])
    case 1: tensors[0].withMutableFloats { body([$0]) }
    default:
      var second = tensors[1]
      tensors[1] = Tensor(0, precision: .f32)
      tensors[0].withMutableFloats { first in second.withMutableFloats { body([first, $0]) } }
      tensors[1] = second
    }
  }
}
