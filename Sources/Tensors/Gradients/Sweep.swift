import Basics
import Synchronization

/// Numbers the nodes of all graphs in the order of their making.
enum NodeOrder {
  private static let last = Atomic<Int>(0)

  static func next() -> Int { last.add(1, ordering: .relaxed).newValue }
}

/// The gradient of a scalar with respect to each leaf, in the order given (reverse mode).
///
/// A leaf that the scalar does not depend on has gradient zero. The graph is released as the
/// sweep goes, which keeps the peak of memory low; pass `keepsGraph` to ask again afterwards.
package func gradients(
  of scalar: Tensor, withRespectTo leaves: [Tensor], keepsGraph: Bool = false
) throws -> [Tensor] {
  guard scalar.count == 1 else {
    throw Problem(
      "shape", "a gradient needs one number, not a tensor of shape \(scalar.shape)",
      suggestions: ["sum(…) or mean(…) of it"])
  }
  let seed = Tensor(repeating: 1, shape: scalar.shape, precision: scalar.precision)
  return try gradients(of: scalar, seeded: seed, withRespectTo: leaves, keepsGraph: keepsGraph)
}

/// The product of a gradient at `result` with the derivative of `result` by each leaf.
package func gradients(
  of result: Tensor, seeded seed: Tensor, withRespectTo leaves: [Tensor], keepsGraph: Bool = false
) throws -> [Tensor] {
  precondition(seed.shape == result.shape, "a gradient has the shape of what it belongs to")
  var wanted: [ObjectIdentifier: Tensor] = [:]
  let leafNodes = Set(leaves.compactMap { $0.node.map(ObjectIdentifier.init) })
  var sweep = Sweep()
  if let node = result.node { sweep.add(seed.detached, to: node) }
  while let (node, gradient) = sweep.next() {
    if leafNodes.contains(ObjectIdentifier(node)) { wanted[ObjectIdentifier(node)] = gradient }
    if node.isReleased {
      throw Problem(
        "gradient", "the record of this computation was already used for a gradient",
        notes: ["it is released as it is used, to save memory"])
    }
    guard let operation = node.operation, let output = node.output else { continue }
    let parts = try operation.backward(
      operation.takesBlocks ? gradient : gradient.rowMajor, node.inputs, output)
    for (source, part) in zip(node.sources, parts) {
      if let source, let part { sweep.add(part, to: source) }
    }
    if !keepsGraph { node.release() }
  }
  return leaves.map { leaf in
    leaf.node.flatMap { wanted[ObjectIdentifier($0)] }
      ?? Tensor(repeating: 0, shape: leaf.shape, precision: leaf.precision)
  }
}

/// Gradients that wait for their node's turn, latest node first.
private struct Sweep {
  private var heap: [Node] = []
  private var waiting: [Int: Tensor] = [:]

  mutating func add(_ gradient: Tensor, to node: Node) {
    if waiting[node.order] != nil {
      waiting[node.order]!.accumulate(gradient)
    } else {
      waiting[node.order] = gradient
      push(node)
    }
  }

  mutating func next() -> (Node, Tensor)? {
    guard let node = pop(), let gradient = waiting.removeValue(forKey: node.order) else {
      return nil
    }
    return (node, gradient)
  }

  private mutating func push(_ node: Node) {
    heap.append(node)
    var child = heap.count - 1
    while child > 0, heap[(child - 1) / 2].order < heap[child].order {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func pop() -> Node? {
    guard !heap.isEmpty else { return nil }
    heap.swapAt(0, heap.count - 1)
    let top = heap.removeLast()
    var parent = 0
    while 2 * parent + 1 < heap.count {
      var child = 2 * parent + 1
      if child + 1 < heap.count, heap[child + 1].order > heap[child].order { child += 1 }
      if heap[parent].order >= heap[child].order { break }
      heap.swapAt(parent, child)
      parent = child
    }
    return top
  }
}
