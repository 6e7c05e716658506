import Foundation

/// The machine's memory.
package enum Memory {
  /// Bytes that one allocation may ask for: three quarters of what the machine has.
  package static let budget = Double(ProcessInfo.processInfo.physicalMemory) * 0.75

  /// Refuses a shape that is negative or needs more than the budget.
  ///
  /// - Parameter name: what is made, as in `zeros(10, 10)`.
  package static func check(_ shape: [Int], bytesEach: Int = 8, _ name: String = "the tensor")
    throws
  {
    if let size = shape.first(where: { $0 < 0 }) {
      throw Problem("shape", "an axis cannot have \(size) elements")
    }
    let bytes = shape.reduce(Double(bytesEach)) { $0 * Double($1) }
    if bytes > budget {
      let sizes = shape.map(String.init).joined(separator: ", ")
      let what = name.contains(" ") ? "\(name) [\(sizes)]" : "\(name)(\(sizes))"
      throw Problem(
        "memory",
        "\(what) needs \(NumberText.bytes(bytes)); the budget is \(NumberText.bytes(budget))")
    }
  }
}
