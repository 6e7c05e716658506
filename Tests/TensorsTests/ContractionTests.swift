import Testing

@testable import Tensors

/// Products of labelled tensors against sums written out.
@Suite struct ContractionTests {
  private let i = 0
  private let j = 1
  private let k = 2
  private let l = 3

  private func numbers(_ shape: [Int], _ seed: Int) -> Tensor {
    let count = shape.reduce(1, *)
    return Tensor((0..<count).map { Double(($0 * 7 + seed) % 11) - 4 }, shape: shape)
  }

  private func labelled(_ shape: [Int], _ labels: [Int], seed: Int = 1) throws -> LabelledTensor {
    try LabelledTensor(numbers(shape, seed), labels: labels)
  }

  @Test func `a matrix product, and with either side transposed`() throws {
    let (a, b) = (numbers([3, 4], 1), numbers([4, 5], 2))
    let expected = try a.matmul(b)
    let turned = try (a.transposed(), b.transposed())
    for left in [(a, [i, j]), (turned.0, [j, i])] {
      for right in [(b, [j, k]), (turned.1, [k, j])] {
        let product = try Contraction.product(
          [LabelledTensor(left.0, labels: left.1), LabelledTensor(right.0, labels: right.1)],
          keeping: [i, k])
        #expect(try product.aligned(to: [i, k]) == expected)
        #expect(try product.aligned(to: [k, i]) == expected.transposed())
      }
    }
  }

  @Test func `vectors: inner product, outer product, product by elements`() throws {
    let (x, y) = (try labelled([4], [i]), try labelled([4], [i], seed: 5))
    let z = try labelled([3], [j], seed: 2)
    let inner = try Contraction.product([x, y], keeping: [])
    #expect(inner.tensor.item == zip(x.tensor.doubles, y.tensor.doubles).map(*).reduce(0, +))
    let outer = try Contraction.product([x, z], keeping: [i, j])
    #expect(outer.tensor.shape == [4, 3])
    #expect(outer.tensor[flat: 5] == x.tensor[flat: 1] * z.tensor[flat: 2])
    let each = try Contraction.product([x, y], keeping: [i])
    #expect(each.tensor.doubles == zip(x.tensor.doubles, y.tensor.doubles).map(*))
  }

  @Test func `stacks of matrices pair up by their label`() throws {
    let (a, b) = (numbers([2, 3, 4], 1), numbers([2, 4, 5], 3))
    let product = try Contraction.product(
      [LabelledTensor(a, labels: [l, i, j]), LabelledTensor(b, labels: [l, j, k])],
      keeping: [l, i, k])
    #expect(try product.aligned(to: [l, i, k]) == a.matmul(b))
  }

  @Test func `three factors, one of them a matrix between two vectors`() throws {
    let (x, a, y) = (numbers([3], 1), numbers([3, 4], 2), numbers([4], 3))
    let form = try Contraction.product(
      [
        LabelledTensor(x, labels: [i]), LabelledTensor(a, labels: [i, j]),
        LabelledTensor(y, labels: [j]),
      ], keeping: [])
    #expect(form.tensor.item == (try x.matmul(a).matmul(y)).item)
  }

  @Test func `a label that stands twice takes the diagonal`() throws {
    let a = numbers([4, 4], 1)
    let trace = try LabelledTensor(a, labels: [i, i]).summed(keeping: [])
    #expect(trace.tensor.item == (0..<4).map { a[flat: 5 * $0] }.reduce(0, +))
    let middle = try LabelledTensor(numbers([2, 3, 2], 4), labels: [i, j, i])
    #expect(middle.labels == [j, i])
    #expect(middle.tensor.shape == [3, 2])
  }

  @Test func `labels of one factor alone are summed at once`() throws {
    let product = try Contraction.product(
      [labelled([3, 4], [i, j]), labelled([5], [k], seed: 2)], keeping: [i])
    let rows = try labelled([3, 4], [i, j]).summed(keeping: [i]).tensor.doubles
    let total = try labelled([5], [k], seed: 2).summed(keeping: []).tensor.item
    #expect(product.tensor.doubles == rows.map { $0 * total })
  }

  @Test func `axes that a factor lacks have size 1 and stretch`() throws {
    let aligned = try labelled([3], [j]).aligned(to: [i, j, k])
    #expect(aligned.shape == [1, 3, 1])
    #expect(try numbers([2, 3, 4], 1).multiplying(aligned).shape == [2, 3, 4])
  }

  @Test func `gradients flow through a contraction`() throws {
    let a = numbers([2, 3], 1).tracked()
    let b = numbers([3, 2], 2)
    let product = try Contraction.product(
      [LabelledTensor(a, labels: [i, j]), LabelledTensor(b, labels: [j, k])], keeping: [i, k])
    let total = try product.tensor.sum()
    let gradient = try gradients(of: total, withRespectTo: [a])[0]
    // The gradient of Σ A[i, j] B[j, k] by A[i, j] is Σ_k B[j, k].
    let rows = try b.sum(axes: [1]).doubles
    #expect(gradient.doubles == rows + rows)
  }
}
