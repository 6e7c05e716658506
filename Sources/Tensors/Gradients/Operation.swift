/// A differentiable function of tensors: forward, backward and the inputs it is tested on.
///
/// One file each in `Operations/`. A conforming struct holds the settings of one application, and
/// may keep what `forward` found (positions of maxima, statistics) in a `Kept`.
package protocol Operation: Sendable {
  /// The result. Inputs carry no past here.
  func forward(_ x: [Tensor]) throws -> Tensor
  /// The gradient of each input, given that of the result; nil where none flows.
  /// Inputs and result that `needs` leaves out have a shape but no numbers.
  func backward(_ gradient: Tensor, _ x: [Tensor], _ y: Tensor) throws -> [Tensor?]
  /// What `backward` reads; everything by default.
  var needs: Needs { get }
  /// Whether forward and backward read pictures whose channels stand in blocks; false by default.
  var takesBlocks: Bool { get }
  /// Inputs on which a law compares `backward` with finite differences.
  static var samples: [Sample] { get }
}

/// What a backward pass reads of its forward pass.
package struct Needs: OptionSet, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }
  /// The numbers of the inputs.
  package static let inputs = Needs(rawValue: 1)
  /// The numbers of the result.
  package static let output = Needs(rawValue: 2)
}

extension Operation {
  package var needs: Needs { [.inputs, .output] }
  package var takesBlocks: Bool { false }

  /// The operation applied: forward now, and recorded when a gradient may be asked for.
  package func callAsFunction(_ x: Tensor...) throws -> Tensor { try applied(to: x) }

  /// The operation applied: forward now, and recorded when a gradient may be asked for.
  package func applied(to x: [Tensor]) throws -> Tensor {
    var x = x
    if !takesBlocks { for i in x.indices where x[i].channelBlock != 1 { x[i] = x[i].rowMajor } }
    guard x.contains(where: { $0.node != nil }) else { return try forward(x) }
    var y = try forward(x.map(\.detached))
    y.node = Node(self, inputs: x, output: y)
    return y
  }
}

/// One operation with inputs for the gradient law.
package struct Sample: Sendable {
  package var operation: any Operation
  package var inputs: [Tensor]
  /// Which inputs have a gradient; all by default.
  package var differentiable: [Bool]

  package init(_ operation: any Operation, _ inputs: [Tensor], differentiable: [Bool]? = nil) {
    self.operation = operation
    self.inputs = inputs
    self.differentiable = differentiable ?? inputs.map { _ in true }
  }
}

/// A place in which one application of an operation keeps what forward found for backward.
///
/// `@unchecked Sendable`: written once by `forward`, read by `backward` afterwards.
package final class Kept<Value>: @unchecked Sendable {
  package var value: Value?
  package init() {}
}

/// How a tensor was made: a vertex of the graph that the sweep walks backwards.
///
/// `@unchecked Sendable`: complete when made; only a sweep changes it, by releasing it.
final class Node: @unchecked Sendable {
  /// Grows with creation, so that descending order visits results before what they came from.
  let order: Int
  /// Nil for a leaf.
  private(set) var operation: (any Operation)?
  private(set) var inputs: [Tensor] = []
  /// The past of each input; nil where no gradient flows.
  private(set) var sources: [Node?] = []
  private(set) var output: Tensor?
  private(set) var isReleased = false

  /// A leaf.
  init() { order = NodeOrder.next() }

  init(_ operation: some Operation, inputs: [Tensor], output: Tensor) {
    order = NodeOrder.next()
    self.operation = operation
    let needs = operation.needs
    sources = inputs.map(\.node)
    self.inputs = needs.contains(.inputs) ? inputs.map(\.detached) : inputs.map(\.withoutNumbers)
    self.output = needs.contains(.output) ? output : output.withoutNumbers
  }

  /// Forgets inputs, result and past, so that their memory is free for the rest of the sweep.
  func release() {
    guard operation != nil else { return }
    isReleased = true
    operation = nil
    inputs = []
    sources = []
    output = nil
  }

  /// A chain of a hundred thousand nodes must not be freed by recursion: take it apart in a loop.
  deinit {
    var orphans = sources.compactMap { $0 }
    sources = []
    while var node = orphans.popLast() {
      if isKnownUniquelyReferenced(&node) {
        orphans += node.sources.compactMap { $0 }
        node.sources = []
      }
    }
  }
}

extension Tensor {
  /// Shape and precision only, for a backward pass that reads no numbers.
  fileprivate var withoutNumbers: Tensor { Tensor(shapeOnly: shape, precision) }
}
