import Basics
import Testing

@testable import Tensors

@Suite struct EinsteinSumTests {
  private static let sizes: [Character: Int] = ["i": 2, "j": 3, "k": 4, "b": 2, "l": 3]

  private func tensor(_ letters: some StringProtocol, seed: UInt64) -> Tensor {
    let shape = letters.map { Self.sizes[$0] ?? 1 }
    var source = RandomSource(seed: seed)
    return Tensor((0..<shape.reduce(1, *)).map { _ in source.normal() }, shape: shape)
  }

  /// The sum over all letters, by its definition.
  private func direct(_ operands: [(letters: String, tensor: Tensor)], _ result: String) -> Tensor {
    let letters = Array(Set(operands.map(\.letters).joined())).sorted()
    let shape = result.map { Self.sizes[$0] ?? 1 }
    var sum = Tensor(repeating: 0, shape: shape)
    func place(_ names: String, _ index: [Character: Int]) -> Int {
      names.reduce(0) { $0 * (Self.sizes[$1] ?? 1) + (index[$1] ?? 0) }
    }
    for number in 0..<letters.map({ Self.sizes[$0] ?? 1 }).reduce(1, *) {
      var (rest, index) = (number, [Character: Int]())
      for letter in letters {
        index[letter] = rest % (Self.sizes[letter] ?? 1)
        rest /= Self.sizes[letter] ?? 1
      }
      let product = operands.reduce(1.0) { $0 * $1.tensor[flat: place($1.letters, index)] }
      sum[flat: place(result, index)] += product
    }
    return sum
  }

  @Test(arguments: [
    "ij,jk->ik", "ij,jk->ki", "ji,jk->ik", "ij,kj->ik", "bij,bjk->bik", "bij,bkj->bki", "ij,ij->",
    "ij,ij->ij", "i,j->ij", "i,i->", "ij->ji", "ij->i", "ij->j", "ij->", "bi,bi->b", "ij,j->i",
    "ij,jk,kl->il", "ij,jk,kl->", "ijk,ikb->jb", "bi,bi->i", "ii->", "ii->i", "iij->j",
    "iij,jk->ki",
    "ij,k->ikj", "b,bij->ij", "jl->lj", "jl,jl->j", "j,l,k->lkj", "ij,jk", "ji", "ii", "ij,kb->ik",
  ])
  func `a sum is what its notation says`(_ notation: String) throws {
    let sides = notation.split(separator: ">", omittingEmptySubsequences: false)
    let names = sides[0].filter { $0 != "-" }.split(separator: ",").map(String.init)
    let all = Array(names.joined())
    let result =
      sides.count > 1
      ? String(sides[1])
      : String(Set(all).filter { letter in all.count { $0 == letter } == 1 }.sorted())
    let operands = names.enumerated().map {
      (letters: $0.element, tensor: tensor($0.element, seed: UInt64($0.offset + 1)))
    }
    let found = try EinsteinSum(notation)(operands.map(\.tensor))
    let expected = direct(operands, result)
    #expect(found.shape == expected.shape)
    for (a, b) in zip(found.doubles, expected.doubles) { #expect(abs(a - b) < 1e-12) }
  }

  @Test func `a gradient flows through a sum`() throws {
    let (a, b) = (tensor("ij", seed: 1).tracked(), tensor("jk", seed: 2).tracked())
    let sum = try EinsteinSum("ij,jk->")([a, b])
    let found = try gradients(of: sum, withRespectTo: [a, b])
    let ones = Tensor(repeating: 1, shape: [2, 4])
    #expect(
      zip(found[0].doubles, try ones.matmul(transposed: b.detached).doubles)
        .allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test(arguments: [
    "ij,jk->im", "ij->ii", "i j 2->i", "...i->i", "ij,jk,kl->il", "ijk,jk->i", "ij,ik->k",
  ])
  func `notation that does not fit is refused`(_ notation: String) {
    let (a, b) = (tensor("ij", seed: 1), tensor("jk", seed: 2))
    #expect(throws: Problem.self) { try EinsteinSum(notation)([a, b]) }
  }
}
