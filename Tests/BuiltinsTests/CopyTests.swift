import Basics
import Language
import Testing

@testable import Builtins

/// Elements are set where they stand, and whoever else holds the tensor keeps what it had.
@Suite struct CopyTests {
  private func session() -> Session {
    Session(library: StandardLibrary.library, options: SessionOptions(files: .nothing))
  }

  private func run(_ text: String, in session: Session) throws {
    let outcome = try session.run(SourceText(text: text), cell: "copies")
    if case .failed(let diagnostic) = outcome { throw diagnostic }
  }

  /// Where the numbers of a tensor stand.
  private func place(of name: String, in session: Session) -> UnsafeRawPointer? {
    guard case .tensor(let box)? = session.runtime.globals[name] else { return nil }
    return box.tensor.withDoubles { UnsafeRawPointer($0.baseAddress) }
  }

  @Test(arguments: [
    "x[3] = 1", "x[3] += 2", "x[-1] *= 2", "x[2:5] = 1", "x[::2] = 7", "A[1, 2] = 3",
    "A[1, 2] /= 3", "A[1, :] = x[:8]", "A[:, 0] = 5", "for i in 0..8 { x[i] = i }",
    "for i in 0..8 { for j in 0..8 { A[i, j] = i*j } }", "i = 0\nwhile i < 8 { x[i] += i; i += 1 }",
    "if x[0] == 0 { x[0] = 1 }",
  ])
  func `setting elements copies nothing`(_ text: String) throws {
    let session = session()
    try run("x = zeros(9)\nA = zeros(8, 8)", in: session)
    let name = text.contains("A[") ? "A" : "x"
    let before = place(of: name, in: session)
    #expect(before != nil)
    try run(text, in: session)
    #expect(place(of: name, in: session) == before)
  }

  @Test func `another name keeps its numbers, at the price of one copy`() throws {
    let session = session()
    try run("x = zeros(9)\ny = x", in: session)
    let before = place(of: "y", in: session)
    try run("x[0] = 1", in: session)
    let own = place(of: "x", in: session)
    #expect(own != before)
    try run("for i in 0..9 { x[i] = 2 }", in: session)
    #expect(place(of: "x", in: session) == own)
    #expect(place(of: "y", in: session) == before)
    try run("assert sum(y) == 0\nassert sum(x) == 18", in: session)
  }

  /// With a copy at every turn this would move eight terabytes.
  @Test(.timeLimit(.minutes(1)), arguments: ["x[i] = i", "x[i] += i", "x[i] = x[i - 1] + 1"])
  func `a function sets a million elements of its own tensor`(_ statement: String) throws {
    try run(
      """
      f(n) = {
          x = zeros(n)
          for i in 0..n { \(statement) }
          x[-1]
      }
      assert f(1_000_000) > 0
      """, in: session())
  }

  @Test(.timeLimit(.minutes(1)))
  func `a function that got its tensor from outside copies it once`() throws {
    try run(
      """
      f(x) = {
          for i in 0..len(x) { x[i] = 1 }
          sum(x)
      }
      a = zeros(300_000)
      assert f(a) == 300_000
      assert sum(a) == 0
      """, in: session())
  }
}
