import Basics
import Tensors

/// The mean squared difference between the outputs and a row with a 1 at the label.
package struct MeanSquaredError: Loss {
  package init() {}

  package static let name = "mse"
  package static let text = """
    The mean squared difference between the outputs and a row that is 1 at the label and 0 \
    elsewhere.
    """
  package static let examples = """
    train(mlp(2, 8, 2), points(), epochs = 1, loss = mse())
    train(mlp(2, 8, 2), points(), epochs = 1, loss = mse(), optimizer = sgd(lr = 0.1))
    """

  package func value(_ outputs: Tensor, labels: [Int]) throws -> Tensor {
    try check(outputs, labels)
    let classes = outputs.shape[1]
    var wanted = [Float](repeating: 0, count: labels.count * classes)
    for (row, label) in labels.enumerated() { wanted[row * classes + label] = 1 }
    let difference = try outputs.subtracting(Tensor(floats: wanted, shape: outputs.shape))
    return try difference.multiplying(difference).mean()
  }
}
