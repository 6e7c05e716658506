import Notebooks
import Testing

@Suite struct FDSLLanguageTests {
  let language = FDSLLanguage()

  func key(_ text: String) throws -> String {
    let notebook = try Notebook(name: "a.fdsl", text: text)
    return CellGraph(notebook, language: language).keys { _ in [] }[0].hash
  }

  @Test(arguments: [
    ("x=1+2", "  x  =  1 + 2  # why"), ("f(x,\n  y)", "f(x, y)"), ("a\n\n# b\nc", "a\nc\n"),
    (#"\alpha"#, "α"), ("a ≤ b", "a <= b"),
  ])
  func `spelling that means the same gives the same key`(_ left: String, _ right: String) throws {
    #expect(try key(left) == (try key(right)))
  }

  @Test(arguments: [
    ("2x", "2 x"), ("[1, 2; 3, 4]", "[1, 2, 3, 4]"), ("[1, 2\n3, 4]", "[1, 2, 3, 4]"),
    ("\"a b\"", "\"a  b\""), ("a\nb", "b\na"), ("x = 1", "x = 1.0"), ("x", "x;"),
  ])
  func `spelling that can mean something else gives another key`(_ left: String, _ right: String)
    throws
  {
    #expect(try key(left) != (try key(right)))
  }

  @Test func `statements are found with their places in the file`() {
    let text = "# α\n\nx = [1, 2\n     3, 4]\nx @ x; x\nfor k in 0..3 {\n  print(k)\n}\n"
    let bytes = Array(text.utf8)
    let statements = language.statements(of: text).map {
      String(decoding: bytes[$0], as: UTF8.self)
    }
    #expect(
      statements == ["x = [1, 2\n     3, 4]", "x @ x", "x", "for k in 0..3 {\n  print(k)\n}"])
  }

  @Test func `parameters, seeds and library files are read off the text`() throws {
    let text = """
      param depth = 2^3 in 1..=24  "transformer blocks"
      param name = "small"
      param lr = 1e-3 in 1e-5..1
      seed 2024
      use "lib/blocks.fdsl"
      """
    let graph = CellGraph(try Notebook(name: "a.fdsl", text: text), language: language)
    #expect(graph.parameters.map(\.value) == ["2^3", "\"small\"", "1e-3"])
    #expect(graph.parameters.map(\.range) == ["1..=24", nil, "1e-5..1"])
    #expect(graph.parameters.map(\.caption) == ["transformer blocks", nil, nil])
    #expect(graph.takesLibrary)
  }

  @Test func `names flow through definitions, loops, index definitions and texts`() throws {
    let text = """
      #%% a
      A = [1, 2; 3, 4]
      gauss(x, σ = 1) = exp(-x^2/σ)
      #%% b
      C[i, k] := sum[j] A[i, j]*A[j, k]
      for step in 0..3 { total = total_start + step }
      #%% c
      lo, hi = (min(C), max(C))
      #%% d
      "from \\(lo) to \\(step)"
      #%% e
      gauss(3, σ = 2) |> print
      #%% f
      run.lo
      """
    let graph = CellGraph(try Notebook(name: "a.fdsl", text: text), language: language)
    #expect(graph.needs == [[], [0], [1], [1, 2], [0], []])
  }

  @Test func `text that does not parse is trouble with its place`() {
    let troubles = language.troubles(in: "x = (1 +\n", named: "a.fdsl", parameters: [:])
    #expect(troubles.count == 1)
    #expect(troubles[0].isError)
    #expect(troubles[0].text.contains("a.fdsl"))
    #expect(troubles[0].json.hasPrefix("{\"severity\":\"error\""))
  }
}
