import Basics
import Datasets
import Formulas
import Language
import Networks
import Tensors

/// A network in the language: a function from a batch of samples to outputs, composed with `>>`.
final class NetValue: HostValue, Savable {
  static let typeName = "Net"
  let net: Network

  init(_ net: Network) { self.net = net }

  func show(_ style: DisplayStyle) -> Shown { Shown(net.summary) }

  func summary(_ style: DisplayStyle) -> String {
    let count = net.parameterCount
    return "Net: " + net.written + (count > 0 ? ", \(count) parameters" : "")
  }

  let fieldNames = ["parameters", "names", "count", "layers"]

  func field(_ name: String, _ call: Call) throws -> Value? {
    switch name {
    case "parameters":
      let parameters = net.parameters
      return .tuple(
        TupleValue(
          parameters.map { .tensor(TensorBox($0.tensor)) }, names: parameters.map(\.name)))
    case "names": return Value(net.parameters.map { .string($0.name) })
    case "count": return .int(net.parameterCount)
    case "layers": return .int(net.count)
    default: return nil
    }
  }

  /// `net >> net`, `net >> relu`, `gelu >> net`.
  func combined(_ sign: String, with other: Value, isLeft: Bool, _ call: Call) throws -> Value? {
    guard sign == ">>", let other = try NetworkBuilding.network(from: other, call) else {
      return nil
    }
    return .host(NetValue(isLeft ? net.then(other) : other.then(net)))
  }

  /// `net(x)`: outputs for one sample or a batch.
  func apply(_ arguments: [Value], _ call: Call) throws -> Value? {
    guard arguments.count == 1 else {
      throw Problem(
        "arguments", "a network takes one tensor, here are \(arguments.count) arguments")
    }
    if let data = try DataValue.converted(from: arguments[0]) {
      return .tensor(
        TensorBox(try net.predictions(for: data.data, interruption: call.interruption)))
    }
    if case .host(let host) = arguments[0], let image = host as? ImageValue {
      return Value(try net.predict(image.pixels))
    }
    guard let x = arguments[0].tensor else {
      throw Problem(
        "type", "a network takes a tensor, not \(Spelling.article(arguments[0].typeName))",
        argument: 0)
    }
    return Value(try net.predict(x))
  }

  func save(to path: String, _ call: Call) throws -> [String] {
    guard path.hasSuffix(".safetensors") else {
      throw Problem(
        "file", "a network is saved as .safetensors, not as \"\(path)\"",
        suggestions: ["\"net.safetensors\""], argument: 1)
    }
    let net = try NetworkBuilding.withWeights(net)
    let tensors = net.parameters + net.buffers
    try call.write(
      try Safetensors(tensors, metadata: WeightsFile.metadata(of: net)).encoded(), to: path)
    return [path]
  }
}

extension NetValue: ValueConvertible {}

/// Networks from the values that can stand in a composition.
enum NetworkBuilding {
  /// A network, an activation by its function's name, a layer by its builtin's name, or a function
  /// of tensors.
  static func network(from value: Value, _ call: Call) throws -> Network? {
    switch value {
    case .host(let host): return (host as? NetValue)?.net
    case .function(let function):
      switch function.kind {
      case .builtin(let builtin):
        if let layer = Layers.all.first(where: { $0.name == builtin.name }) {
          return try network(of: layer.init(), call)
        }
        if Primitive.named(builtin.name)?.arity == 1 {
          return try network(of: Activation(builtin.name), call)
        }
        return mapping(function, call)
      case .composed(let composition):
        var result: Network?
        for function in composition.functions {
          guard let part = try network(from: .function(function), call) else { return nil }
          result = result?.then(part) ?? part
        }
        return result
      case .closure, .native: return mapping(function, call)
      }
    default: return nil
    }
  }

  /// A network of one layer whose initial weights are keyed by the program's stream.
  static func network(of layer: any Layer, _ call: Call) throws -> Network {
    var random = call.random()
    return Network(layer, key: random.next())
  }

  /// The network with its weights, made now if nothing has asked for them before.
  static func withWeights(_ net: Network) throws -> Network {
    if net.inputShape != nil { return net }
    guard let shape = net.presumedInputShape else {
      throw Problem(
        "shape", "this network has no weights yet, because the shape of its input cannot be told",
        suggestions: [
          "begin with a layer that tells it, such as linear(784, 10)", "train it first",
        ],
        argument: 0)
    }
    return try net.built(for: shape)
  }

  /// The network with the tensors of a file.
  static func loaded(_ net: Network, _ path: String, isPartial: Bool, _ call: Call) throws
    -> Network
  {
    var net = try withWeights(net)
    let tensors = try Safetensors(decoding: call.read(path), file: path).tensors
    let wanted = Set((net.parameters + net.buffers).map(\.name))
    let missing = wanted.subtracting(tensors.map(\.name)).sorted()
    let unused = try net.load(tensors)
    let fits = isPartial ? missing.count < wanted.count : missing.isEmpty && unused.isEmpty
    guard fits else {
      func list(_ names: [String]) -> String {
        names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", …" : "")
      }
      throw Problem(
        "weights", "\"\(path)\" does not hold the weights of this network",
        notes: (missing.isEmpty ? [] : ["not in the file: " + list(missing)])
          + (unused.isEmpty ? [] : ["not in the network: " + list(unused)]),
        suggestions: isPartial ? [] : ["load(net, \"\(path)\", partial = true)"], argument: 1)
    }
    return net
  }

  private static func mapping(_ function: FunctionValue, _ call: Call) -> Network {
    let machine = SharedMachine(call)
    return Network(
      Mapping(function.name.isEmpty ? function.text : function.name) { x in
        let value = try machine.apply(function, [.tensor(TensorBox(x))])
        guard let tensor = value.tensor else {
          throw Problem(
            "type", "a layer's function gave \(Spelling.article(value.typeName)), not a tensor",
            notes: [function.text])
        }
        return tensor
      }, key: 0)
  }

  static func layer(_ name: String, _ call: Call) throws -> Value {
    guard let type = Layers.all.first(where: { $0.name == name }) else { return .none }
    return .host(NetValue(try network(of: type.init(), call)))
  }
}
