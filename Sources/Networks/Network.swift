import Basics
import Tensors

/// Layers one after the other, with their weights: a value.
///
/// Weights are made when the input shape is known (`built(for:)`), each from a stream that belongs
/// to its layer's key, so they depend neither on time nor on the order of work. Copies share them
/// until one learns.
package struct Network: Sendable {
  /// A layer in its place.
  struct Stage: Sendable {
    /// What its weights' names begin with. Nil is its position; "" nothing.
    var name: String?
    var layer: any Layer
    /// Names the streams of the initial weights.
    var key: UInt64
    /// Parameters and buffers by name, once they are made.
    var weights: [String: Tensor] = [:]
    /// Names (or what they begin with) of parameters that learning leaves alone.
    var frozen: Set<String> = []
  }

  var stages: [Stage]
  /// Shape of one sample; nil before `built(for:)`.
  package internal(set) var inputShape: [Int]?
  /// Shape of one result; nil before `built(for:)`.
  package internal(set) var outputShape: [Int]?
  /// Every parameter and buffer in order; empty before `built(for:)`.
  var entries: [Entry] = []
  /// How weights are stored.
  package internal(set) var precision = Precision.f32

  /// Where a tensor of the network is kept.
  struct Entry: Sendable {
    var name: String
    var shape: [Int]
    var stage: Int
    var local: String
    var isBuffer: Bool
    var isFrozen: Bool
  }

  /// A network of one layer.
  ///
  /// - Parameters:
  ///   - key: names the streams of the initial weights; equal keys give equal weights.
  ///   - name: what the weights' names begin with instead of the layer's position; "" for nothing.
  package init(_ layer: any Layer, key: UInt64, name: String? = nil) {
    stages = [Stage(name: name, layer: layer, key: key)]
  }

  /// The network that gives back what it gets.
  package init() { stages = [] }

  /// This network, then `next`: the language's `>>`.
  package func then(_ next: Network) -> Network {
    var joined = self
    var names = Set(stages.compactMap(\.name))
    for var stage in next.stages {
      if let name = stage.name, !names.insert(name).inserted {
        stage.name = name.isEmpty ? nil : Self.free(name, in: &names)
      }
      joined.stages.append(stage)
    }
    joined.forgetShapes()
    return joined
  }

  private static func free(_ name: String, in names: inout Set<String>) -> String {
    var number = 2
    while !names.insert("\(name)_\(number)").inserted { number += 1 }
    return "\(name)_\(number)"
  }

  /// The layers, in order.
  package var layers: [any Layer] { stages.map(\.layer) }

  /// How many layers there are at the top.
  package var count: Int { stages.count }

  /// The layers in a range of positions as a network of their own, with their weights.
  package subscript(range: Range<Int>) -> Network {
    var part = self
    part.stages = Array(stages[range])
    part.forgetShapes()
    return part
  }

  mutating func forgetShapes() {
    inputShape = nil
    outputShape = nil
    entries = []
  }

  /// What the names of stage `index` begin with: "" or "layer1.".
  func prefix(_ index: Int) -> String {
    let name = stages[index].name ?? String(index)
    return name.isEmpty ? "" : name + "."
  }
}

extension Network {
  /// The shape made of an input shape.
  package func outputShape(for input: [Int]) throws -> [Int] {
    try shapes(for: input).last ?? input
  }

  /// The shapes between the layers: the input's first, the output's last.
  func shapes(for input: [Int]) throws -> [[Int]] {
    var shapes = [input]
    for index in stages.indices {
      shapes.append(try at(index) { try stages[index].layer.outputShape(for: shapes[index]) })
    }
    return shapes
  }

  /// The result for a batch, which may change running statistics; weights are made if need be.
  ///
  /// - Parameter random: the stream of this pass, for dropout and the like.
  package mutating func forward(
    _ x: Tensor, training: Bool, random: RandomSource
  ) throws -> Tensor {
    try prepare(for: x)
    let context = ForwardContext(isTraining: training, random: random)
    return try pass(x.converted(to: precision), 0..<stages.count, context)
  }

  /// The results for a batch, or for one sample when `x` has the shape of one, without learning.
  package func predict(_ x: Tensor) throws -> Tensor {
    try evaluated(x) { network, batch, context in
      try network.pass(batch, 0..<network.stages.count, context)
    }
  }

  /// Calls `body` with a built copy and a batch; one sample is a batch of one.
  func evaluated(
    _ x: Tensor, _ body: (inout Network, Tensor, ForwardContext) throws -> Tensor
  ) throws -> Tensor {
    let context = ForwardContext(isTraining: false, random: RandomSource(seed: 0))
    let isSample = inputShape == x.shape
    let batch = isSample ? try x.reshaped([1] + x.shape) : x
    var network = self
    try network.prepare(for: batch)
    let y = try body(&network, batch.converted(to: precision), context)
    return isSample ? try y.reshaped(Array(y.shape.dropFirst())) : y
  }

  private mutating func prepare(for x: Tensor) throws {
    guard x.rank > 0 else {
      throw Problem("shape", "a network takes a batch of samples, not one number")
    }
    let shape = Array(x.shape.dropFirst())
    if shape != inputShape { self = try built(for: shape) }
  }

  /// The result of the stages in `range`; running statistics are kept when training.
  mutating func pass(_ x: Tensor, _ range: Range<Int>, _ context: ForwardContext) throws -> Tensor {
    var x = x
    var index = range.lowerBound
    while index < range.upperBound {
      let (layer, next) = merged(at: index, before: range.upperBound)
      var state = LayerState(stages[index].weights, frozen: stages[index].frozen)
      x = try at(index) { try layer.forward(x, &state, context.part(index)) }
      if context.isTraining, state.isChanged { stages[index].weights = state.tensors }
      index = next
    }
    return x
  }

  /// The result as a part of another network, whose state holds the weights.
  func pass(_ x: Tensor, _ state: inout LayerState, _ context: ForwardContext) throws -> Tensor {
    var x = x
    var index = 0
    while index < stages.count {
      let (layer, next) = merged(at: index, before: stages.count)
      x = try state.within(stages[index].name ?? String(index)) { state in
        try layer.forward(x, &state, context.part(index))
      }
      index = next
    }
    return x
  }

  /// The layer at a position, and the position after it. A batch normalisation does the work of
  /// a ReLU that follows it, which spares a pass over the numbers.
  private func merged(at index: Int, before end: Int) -> (any Layer, next: Int) {
    guard index + 1 < end, var layer = stages[index].layer as? BatchNorm,
      let activation = stages[index + 1].layer as? Activation, activation.function == "relu"
    else { return (stages[index].layer, index + 1) }
    layer.rectifies = true
    return (layer, index + 2)
  }

  /// Adds to a problem where in the network it is.
  func at<R>(_ index: Int, _ body: () throws -> R) throws -> R {
    do { return try body() } catch var problem as Problem {
      if stages.count > 1 {
        let place = index == 0 ? "first" : "after `\(stages[index - 1].layer.written)`"
        let name = stages[index].name.flatMap { $0.isEmpty ? nil : $0 } ?? "layer \(index)"
        problem.notes.append("it is \(name) of \(stages.count), \(place)")
      }
      throw problem
    }
  }
}
