import Testing

@testable import Tensors

@Suite struct TensorTests {
  @Test func `a write to a copy leaves the original alone`() {
    let a = Tensor([1, 2, 3], shape: [3])
    var b = a
    #expect(a.sharesStorage(with: b))
    b[flat: 0] = 9
    #expect(a.doubles == [1, 2, 3])
    #expect(b.doubles == [9, 2, 3])
  }

  @Test func `a lone tensor is written in place`() {
    var a = Tensor(repeating: 1, shape: [4], precision: .f32)
    let before = a.withFloats { $0.baseAddress }
    a.withMutableFloats { $0[2] = 5 }
    #expect(a.withFloats { $0.baseAddress } == before)
    #expect(a.floats == [1, 1, 5, 1])
  }

  @Test func `a conversion carries its gradient back in the precision it came from`() throws {
    let x = Tensor(floats: [2], shape: [1]).tracked()
    let g = try gradients(of: x.converted(to: .f64), withRespectTo: [x])
    #expect(g[0] == Tensor(floats: [1], shape: [1]))
  }

  @Test func `a leaf that plays no part has gradient zero`() throws {
    let x = Tensor([2], shape: [1]).tracked()
    let y = Tensor([3, 4], shape: [2]).tracked()
    #expect(try gradients(of: x.converted(to: .f32), withRespectTo: [y])[0].doubles == [0, 0])
  }

  @Test func `a very long chain is freed without recursion`() {
    var x = Tensor([1], shape: [1]).tracked()
    for _ in 0..<200_000 { x = x.converted(to: x.precision == .f32 ? .f64 : .f32) }
    #expect(x.item == 1)
  }
}
