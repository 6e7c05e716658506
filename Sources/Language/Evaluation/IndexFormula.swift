import Basics
import Tensors

/// A formula in which indices only say which axis is meant: `sum[j] A[i, j]*B[j, k]`. It is worked
/// out with whole tensors, its sums of products by BLAS.
///
/// The loops over the indices are the definition: wherever an operand is not a plain tensor, or
/// its sizes do not fit, there is no value and the loops run, which also find the words for errors.
struct IndexFormula: Sendable {
  /// A part of the formula. Numbers refer to operands, which are values when the formula runs.
  indirect enum Term: Sendable {
    /// A number that no index is in.
    case scalar(Int)
    /// `A[i, 0, j]`.
    case element(Int, [Axis])
    case negative(Term)
    case combined(ValueOperator, Term, Term)
    /// A function of the library, element by element.
    case applied(Builtin, Term)
    case sum(Set<Int>, Term)
    case mean(Set<Int>, Term)
  }

  /// What stands between two commas of an element's brackets.
  enum Axis: Sendable {
    case label(Int)
    /// An operand that is a position.
    case position(Int)
  }

  /// How far an index runs.
  enum Extent: Sendable {
    /// 0 up to and without an operand.
    case below(Int)
    /// An operand that is a range.
    case range(Int)
    /// As far as what it indexes.
    case inferred
  }

  let term: Term
  /// One for each label.
  let extents: [Extent]
  /// The axes of the result, in order.
  let result: [Int]

  /// Smallest number of turns of the loops that is worth the whole tensors.
  private static let least = 64.0
  /// Most numbers that a value on the way may have, where the loops need only one.
  private static let largest = Double(1 << 24)

  /// The value, or nothing where only the loops can tell.
  func value(_ operands: [Value], _ call: Call) -> Value {
    var run = Run(operands: operands, call: call)
    guard (try? run.findSizes(self)) == true,
      run.sizes.reduce(1.0, { $0 * Double($1) }) >= Self.least,
      case .tensor(let found)? = try? run.value(of: term),
      let aligned = try? found.aligned(to: result)
    else { return .none }
    let shape = result.map { run.sizes[$0] }
    if aligned.shape == shape { return Value(plain(aligned)) }
    return (try? aligned.stretched(to: shape)).map { Value(plain($0)) } ?? .none
  }

  private func plain(_ tensor: Tensor) -> Tensor {
    var tensor = tensor
    tensor.stretchable = AxisSet()
    return tensor
  }

  private enum Part {
    case number(Value)
    case tensor(LabelledTensor)
  }

  private struct Misfit: Error {}

  private struct Run {
    let operands: [Value]
    let call: Call
    var sizes: [Int] = []

    /// Whether every index has one size wherever it stands.
    mutating func findSizes(_ formula: IndexFormula) throws -> Bool {
      var found = [Int?](repeating: nil, count: formula.extents.count)
      for (label, extent) in formula.extents.enumerated() {
        switch extent {
        case .below(let operand):
          guard case .int(let n) = operands[operand] else { return false }
          found[label] = n
        case .range(let operand):
          guard case .range(let range) = operands[operand], let (start, step, n) = range.integers,
            start == 0, step == 1
          else { return false }
          found[label] = n
        case .inferred: continue
        }
      }
      guard agrees(formula.term, &found) else { return false }
      sizes = found.compactMap { $0 }
      return sizes.count == found.count && sizes.allSatisfy { $0 > 0 }
    }

    private func agrees(_ term: Term, _ found: inout [Int?]) -> Bool {
      switch term {
      case .scalar: return true
      case .negative(let inner), .applied(_, let inner), .sum(_, let inner), .mean(_, let inner):
        return agrees(inner, &found)
      case .combined(_, let left, let right): return agrees(left, &found) && agrees(right, &found)
      case .element(let operand, let axes):
        guard case .tensor(let box) = operands[operand], !box.tensor.isMask,
          box.tensor.rank == axes.count
        else { return false }
        for (axis, size) in zip(axes, box.tensor.shape) {
          guard case .label(let label) = axis else { continue }
          if let known = found[label], known != size { return false }
          found[label] = size
        }
        return true
      }
    }

    func value(of term: Term) throws -> Part {
      switch term {
      case .scalar(let operand):
        switch operands[operand] {
        case .int, .real: return .number(operands[operand])
        default: throw Misfit()
        }
      case .element(let operand, let axes): return .tensor(try element(operand, axes))
      case .negative(let inner):
        switch try value(of: inner) {
        case .number(let number): return .number(try Operators.unary(.negate, number, call))
        case .tensor(let part):
          return .tensor(try LabelledTensor(part.tensor.negated(), labels: part.labels))
        }
      case .applied(let builtin, let inner):
        guard case .tensor(let part) = try value(of: inner),
          case .tensor(let box) = try builtin(call, [.tensor(TensorBox(part.tensor))]),
          box.tensor.shape == part.tensor.shape
        else { throw Misfit() }
        return .tensor(try LabelledTensor(box.tensor, labels: part.labels))
      case .combined(let op, let left, let right):
        return try combined(op, try value(of: left), try value(of: right))
      case .sum(let labels, let inner): return try sum(over: labels, of: inner)
      case .mean(let labels, let inner):
        let count = labels.reduce(1.0) { $0 * Double(sizes[$1]) }
        return try combined(.divide, try sum(over: labels, of: inner), .number(.real(count)))
      }
    }

    private func element(_ operand: Int, _ axes: [Axis]) throws -> LabelledTensor {
      guard case .tensor(let box) = operands[operand] else { throw Misfit() }
      var tensor = box.tensor
      var labels: [Int] = []
      let items = try axes.map { axis -> IndexItem in
        switch axis {
        case .label(let label):
          labels.append(label)
          return .all
        case .position(let operand):
          guard case .int(let position) = operands[operand] else { throw Misfit() }
          return .at(position)
        }
      }
      if labels.count < axes.count { tensor = try tensor.indexed(items) }
      // Elements are doubles, whatever the tensor they are taken from.
      return try LabelledTensor(tensor.converted(to: .f64), labels: labels)
    }

    private func combined(_ op: ValueOperator, _ left: Part, _ right: Part) throws -> Part {
      switch (left, right) {
      case (.number(let a), .number(let b)):
        return .number(try Operators.binary(op, a, b, call))
      case (.number(let a), .tensor(let b)):
        return .tensor(
          try LabelledTensor(applied(op, try scalar(a), b.tensor), labels: b.labels))
      case (.tensor(let a), .number(let b)):
        return .tensor(
          try LabelledTensor(applied(op, a.tensor, try scalar(b)), labels: a.labels))
      case (.tensor(let a), .tensor(let b)):
        let labels = a.labels + b.labels.filter { !a.labels.contains($0) }
        try check(labels)
        return .tensor(
          try LabelledTensor(
            applied(op, a.aligned(to: labels), b.aligned(to: labels)), labels: labels))
      }
    }

    private func scalar(_ value: Value) throws -> Tensor {
      guard let number = value.number else { throw Misfit() }
      return Tensor(number)
    }

    private func applied(_ op: ValueOperator, _ a: Tensor, _ b: Tensor) throws -> Tensor {
      let left = Value.tensor(TensorBox(a))
      guard let result = try Operators.binary(op, left, .tensor(TensorBox(b)), call).tensor else {
        throw Misfit()
      }
      return result
    }

    private func sum(over labels: Set<Int>, of term: Term) throws -> Part {
      var (factors, numbers) = ([LabelledTensor](), [Value]())
      try gather(term, &factors, &numbers)
      guard !factors.isEmpty else { throw Misfit() }
      let all = Set(factors.flatMap(\.labels))
      let kept = all.subtracting(labels)
      try check(Array(kept))
      var result = Part.tensor(try Contraction.product(factors, keeping: kept))
      // An index that no factor has counts its turns.
      let turns = labels.subtracting(all).reduce(1) { $0 * sizes[$1] }
      if turns > 1 { numbers.append(.int(turns)) }
      for number in numbers { result = try combined(.multiply, result, .number(number)) }
      return result
    }

    /// The factors of a product, and the numbers among them.
    private func gather(
      _ term: Term, _ factors: inout [LabelledTensor], _ numbers: inout [Value]
    ) throws {
      switch term {
      case .combined(.multiply, let left, let right):
        try gather(left, &factors, &numbers)
        try gather(right, &factors, &numbers)
      case .negative(let inner):
        numbers.append(.int(-1))
        try gather(inner, &factors, &numbers)
      default:
        switch try value(of: term) {
        case .number(let number): numbers.append(number)
        case .tensor(let part): factors.append(part)
        }
      }
    }

    private func check(_ labels: [Int]) throws {
      if labels.reduce(1.0, { $0 * Double(sizes[$1]) }) > IndexFormula.largest { throw Misfit() }
    }
  }
}
