import Basics
import Tensors

/// How far a network's outputs are from the labels: one number to be made small.
package protocol Loss: Configurable {
  /// The mean loss over a batch; `outputs` has shape [samples, classes].
  func value(_ outputs: Tensor, labels: [Int]) throws -> Tensor
}

extension Loss {
  /// Throws unless there is one output for each class.
  func check(_ outputs: Tensor, _ labels: [Int]) throws {
    guard outputs.rank == 2, outputs.shape[0] == labels.count else {
      throw Problem(
        "shape", "the network's output has shape \(outputs.shape)",
        notes: ["\(Self.name) needs one number for each class: [\(labels.count), classes]"],
        suggestions: ["end the network in  >> flatten() >> linear(…, classes)"])
    }
    if let most = labels.max(), most >= outputs.shape[1] {
      throw Problem(
        "shape", "the network has \(outputs.shape[1]) outputs, the labels go up to \(most)",
        suggestions: ["give the network's last layer one output for each class"])
    }
  }
}
