import Basics
import Tensors

/// `value.name` for every kind of value.
package enum Fields {
  static func value(_ name: String, of value: Value, _ call: Call) throws -> Value {
    switch value {
    case .tuple(let tuple):
      if let item = tuple[name] { return item }
      if name == "length" || name == "size" { return .int(tuple.items.count) }
      throw missing(name, in: value, known: tuple.names, call)
    case .tensor(let box):
      let tensor = box.tensor
      switch name {
      case "T": return Value(try tensor.transposed())
      case "shape": return Value(tensor.shape.map(Value.int))
      case "size": return .int(tensor.count)
      case "rank": return .int(tensor.rank)
      case "real": return value
      case "imag": return Value(Tensor(repeating: 0, shape: tensor.shape))
      default: throw missing(name, in: value, known: tensorFields, call)
      }
    case .complex(let z):
      switch name {
      case "re", "real": return .real(z.real)
      case "im", "imag": return .real(z.imaginary)
      default: throw missing(name, in: value, known: ["real", "imag"], call)
      }
    case .int, .real, .bool:
      switch name {
      case "T": return value
      case "shape": return Value([])
      case "size": return .int(1)
      default: throw missing(name, in: value, known: ["shape", "size", "T"], call)
      }
    case .range(let range):
      switch name {
      case "start": return range.start
      case "end": return range.end
      case "step": return range.step
      case "size": return .int(range.count)
      case "shape": return Value([.int(range.count)])
      default:
        throw missing(name, in: value, known: ["start", "end", "step", "size", "shape"], call)
      }
    case .host(let host):
      if let field = try host.field(name, call) { return field }
      throw missing(name, in: value, known: host.fieldNames, call)
    case .none, .string, .function:
      throw missing(name, in: value, known: [], call)
    }
  }

  /// Names that can follow a dot after `value`, for completion.
  package static func names(of value: Value) -> [String] {
    switch value {
    case .tuple(let tuple): tuple.names
    case .tensor: tensorFields
    case .complex: ["real", "imag"]
    case .range: ["start", "end", "step", "size", "shape"]
    case .host(let host): host.fieldNames
    case .none, .int, .real, .bool, .string, .function: []
    }
  }

  private static let tensorFields = ["T", "shape", "size", "rank"]

  private static func missing(
    _ name: String, in value: Value, known: [String], _ call: Call
  ) -> Problem {
    var notes = known.isEmpty ? [] : ["it has: " + known.joined(separator: ", ")]
    var suggestions = Spelling.nearest(to: name, in: known).map { [".\($0)"] } ?? []
    if let function = ForeignName.function(forMethod: name, library: call.runtime.library) {
      notes.append("values have no methods here: functions take them")
      suggestions = [function]
    }
    return Problem(
      "field", "\(Operators.described(value)) has no field `\(name)`", notes: notes,
      suggestions: suggestions)
  }
}
