import Basics
import Datasets
import Foundation
import Language
import Networks
import Tensors

/// Networks and weights in .safetensors files.
///
/// A file written here also tells the network's layers, so that it can be loaded alone; files of
/// other programs hold weights, which a network of the same names takes over.
enum WeightsFile {
  private static let key = "fdsl.network"

  private struct Recipe: Codable {
    var network: NetworkDescription
    var input: [Int]
  }

  /// The text beside the weights. A network with functions of a program cannot be told.
  static func metadata(of net: Network) -> [String: String] {
    // PyTorch's readers look for the word.
    var metadata = ["format": "pt"]
    if let network = NetworkDescription(net), let input = net.inputShape {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      metadata[key] = (try? encoder.encode(Recipe(network: network, input: input)))
        .map { String(decoding: $0, as: UTF8.self) }
    }
    return metadata
  }

  /// The network in a file; where the file tells no layers, its tensors by name.
  static func value(_ path: String, _ call: Call) throws -> Value {
    let file = try Safetensors(decoding: try call.read(path), file: path)
    guard let text = file.metadata[key] else {
      return .tuple(
        TupleValue(
          file.tensors.map { .tensor(TensorBox($0.tensor)) }, names: file.tensors.map(\.name)))
    }
    guard let recipe = try? JSONDecoder().decode(Recipe.self, from: Foundation.Data(text.utf8))
    else {
      throw Problem(
        "data", "the network in \"\(path)\" was written by another version",
        notes: ["its weights can still be taken over by a network of the same layers"],
        suggestions: ["load(net, \"\(path)\")"])
    }
    var net = try recipe.network.network.built(for: recipe.input)
    let names = Set(file.tensors.map(\.name))
    let missing = (net.parameters + net.buffers).map(\.name).filter { !names.contains($0) }
    guard missing.isEmpty, try net.load(file.tensors).isEmpty else {
      throw Problem(
        "data", "\"\(path)\" is damaged", notes: ["its weights are not those of its network"])
    }
    return .host(NetValue(net))
  }
}
