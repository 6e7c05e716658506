/// Numbers in rows, columns and so on: a tensor of the language.
///
///     let table: Tensor = try fdsl.value("[1, 2, 3; 4, 5, 6]")
///     table.shape                                      // [2, 3]
///     table[1, 0]                                      // 4
///     try fdsl.set("weights", to: Tensor([0.5, 0.5, 1, 0], shape: [2, 2]))
public struct Tensor: Sendable, Equatable {
  /// The size of each axis; empty for a single number.
  public let shape: [Int]
  /// The numbers row by row: the last index runs fastest.
  public var values: [Double] {
    didSet { precondition(values.count == oldValue.count, "the numbers fill the shape") }
  }

  /// A tensor of these numbers, of which there must be as many as the shape holds.
  public init(_ values: [Double], shape: [Int]) {
    precondition(values.count == shape.reduce(1, *), "the numbers fill the shape")
    self.values = values
    self.shape = shape
  }

  /// The number at these indices, one for each axis, counted from 0.
  public subscript(indices: Int...) -> Double {
    get { values[offset(indices)] }
    set { values[offset(indices)] = newValue }
  }

  private func offset(_ indices: [Int]) -> Int {
    precondition(indices.count == shape.count, "one index for each axis")
    return zip(indices, shape).reduce(0) { offset, axis in
      precondition((0..<axis.1).contains(axis.0), "the index lies inside the axis")
      return offset * axis.1 + axis.0
    }
  }
}
