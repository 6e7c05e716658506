import Basics
import Testing

@testable import Tensors

@Suite struct StretchingTests {
  private func problem(_ body: () throws -> Tensor) -> Problem? {
    do {
      _ = try body()
      return nil
    } catch { return error as? Problem }
  }

  @Test func `an axis missing on the left stretches`() throws {
    let sum = try Tensor([1, 2, 3], shape: [3]).adding(
      Tensor([0, 0, 0, 10, 10, 10], shape: [2, 3]))
    #expect(sum.doubles == [1, 2, 3, 11, 12, 13])
  }

  @Test func `new axes stretch against each other`() throws {
    let x = Tensor([1, 2, 3], shape: [3])
    let table = try x.indexed([.all, .new]).multiplying(x.indexed([.new, .all]))
    #expect(table.shape == [3, 3])
    #expect(table.doubles == [1, 2, 3, 2, 4, 6, 3, 6, 9])
  }

  @Test func `kept axes stretch, also after a root`() throws {
    let x = Tensor([3, 4, 6, 8], shape: [2, 2])
    let length = try x.squared().sum(axis: 1, keep: true).squareRoot()
    #expect(try x.dividing(length).doubles == [0.6, 0.8, 0.6, 0.8])
  }

  @Test func `an axis of size 1 that nobody made does not stretch`() throws {
    let found = problem {
      try Tensor(repeating: 1, shape: [64, 1]).subtracting(Tensor(repeating: 1, shape: [64]))
    }
    #expect(found?.slug == "stretch")
    #expect(found?.message == "both sides would have to stretch, [64, 1] and [64]")
    #expect(found?.suggestions.first?.hasPrefix("left[:, 0] ∘ right") == true)
  }

  @Test func `different sizes are named with their axis`() {
    let found = problem { try Tensor([1, 2, 3], shape: [3]).adding(Tensor([1, 2], shape: [2])) }
    #expect(found?.slug == "shape")
    #expect(found?.message == "[3] and [2] differ on axis 0")
  }

  @Test func `a scalar or a mask does not widen a tensor`() throws {
    let x = Tensor(floats: [1, 2], shape: [2])
    #expect(try x.multiplying(Tensor(2.5)).precision == .f32)
    let mask = try x.elementwise(Arithmetic("less").primitive, Tensor(1.5))
    #expect(mask.isMask && mask.precision == .f64)
    let product = try x.multiplying(mask)
    #expect(product.precision == .f32 && !product.isMask)
    #expect(product.floats == [1, 0])
  }

  @Test func `a product that does not fit suggests the transpose`() {
    let found = problem {
      try Tensor(repeating: 1, shape: [784, 128]).matmul(Tensor(repeating: 1, shape: [784]))
    }
    #expect(found?.notes == ["the inner sizes must agree, 128 ≠ 784"])
    #expect(found?.suggestions == ["left.T @ right        gives [128]"])
  }
}

@Suite struct IndexingTests {
  private let x = Tensor((0..<12).map(Double.init), shape: [3, 4])

  @Test func `places count from either end`() throws {
    #expect(try x.indexed([.at(0), .at(-1)]).item == 3)
    #expect(try x.number(at: [.at(-1), .at(0)]) == 8)
    #expect(throws: Problem.self) { try x.indexed([.at(3)]) }
  }

  @Test func `slices cut, step and turn`() throws {
    let part = try x.indexed([
      .slice(from: 1, to: nil, step: 1), .slice(from: nil, to: nil, step: 2),
    ])
    #expect(part.shape == [2, 2])
    #expect(part.doubles == [4, 6, 8, 10])
    let turned = try x.indexed([.at(1), .slice(from: nil, to: nil, step: -1)])
    #expect(turned.doubles == [7, 6, 5, 4])
    #expect(try x.indexed([.slice(from: 2, to: 99, step: 1)]).shape == [1, 4])
    #expect(try x.indexed([.slice(from: 2, to: 1, step: 1)]).shape == [0, 4])
  }

  @Test func `masks and lists select`() throws {
    let mask = try x.elementwise(Arithmetic("greater").primitive, Tensor(8.5))
    #expect(try x.indexed([.mask(mask)]).doubles == [9, 10, 11])
    #expect(try x.indexed([.list([2, 0]), .at(1)]).doubles == [9, 1])
  }

  @Test func `a part is replaced in a copy`() throws {
    var y = x
    try y.replace([.at(0)], with: Tensor(7))
    try y.replace([.all, .at(3)], with: Tensor([1, 2, 3], shape: [3]))
    #expect(y.doubles == [7, 7, 7, 1, 4, 5, 6, 2, 8, 9, 10, 3])
    #expect(x[flat: 0] == 0)
  }

  @Test func `a replaced part takes part in gradients`() throws {
    let x = Tensor([1, 2, 3], shape: [3]).tracked()
    let y = try x.replacing([.at(1)], with: x.indexed([.at(0)]).squared())
    let g = try gradients(of: y.sum(), withRespectTo: [x])
    #expect(g[0].doubles == [3, 0, 1])
  }
}

@Suite struct ConvolutionTests {
  private func numbers(_ shape: [Int], _ seed: UInt64) -> Tensor {
    var source = RandomSource(seed: seed)
    return Tensor((0..<shape.reduce(1, *)).map { _ in source.uniform(-1, 1) }, shape: shape)
  }

  @Test(arguments: [
    (16, 32, 1, 1), (1, 16, 1, 1), (32, 16, 2, 1), (3, 5, 1, 1), (32, 32, 1, 32), (64, 64, 1, 1),
  ])
  func `single precision, in blocks, agrees with double by columns`(
    _ c: Int, _ o: Int, _ stride: Int, _ groups: Int
  ) throws {
    let (x, w) = (numbers([3, c, 9, 8], 1), numbers([o, c / groups, 3, 3], 2))
    let operation = Convolution(stride: stride, pad: 1, groups: groups)
    func pass(_ precision: Precision) throws -> [Tensor] {
      let leaves = [x.converted(to: precision).tracked(), w.converted(to: precision).tracked()]
      let y = try operation.applied(to: leaves).squared()
      return [y.detached] + (try gradients(of: y.mean(), withRespectTo: leaves))
    }
    for (exact, fast) in zip(try pass(.f64), try pass(.f32)) {
      #expect(exact.shape == fast.shape)
      let scale = exact.doubles.map(abs).max() ?? 1
      let error = zip(exact.doubles, fast.doubles).map { abs($0 - $1) }.max() ?? 0
      #expect(error < 2e-5 * scale, "\(error) of \(scale)")
    }
  }

  @Test func `the same step gives the same bits`() throws {
    let x = numbers([8, 16, 12, 12], 3).converted(to: .f32)
    func step() throws -> [Tensor] {
      let w = numbers([32, 16, 3, 3], 4).converted(to: .f32).tracked()
      let (scale, shift) = (
        Tensor(repeating: 1, shape: [32], precision: .f32).tracked(),
        Tensor(repeating: 0, shape: [32], precision: .f32).tracked()
      )
      let y = try BatchNormalisation(rectifies: true)(
        x.convolved(weights: w, pad: 1), scale, shift)
      let pooled = try PictureMean()(y.maxPooled(kernel: 2))
      let loss = try pooled.crossEntropy(labels: [0, 1, 2, 3, 4, 5, 6, 7], smoothing: 0.1)
      return try gradients(of: loss, withRespectTo: [w, scale, shift])
    }
    #expect(try step() == step())
  }

  @Test func `a kernel that does not fit is refused with a way out`() {
    #expect(throws: Problem.self) {
      try numbers([1, 1, 2, 2], 5).convolved(weights: numbers([1, 1, 3, 3], 6))
    }
  }
}
