import Testing

@testable import Language

@Suite struct HighlightingTests {
  private func classes(_ text: String) -> [String] {
    let source = SourceText(text: text)
    return Highlighting(of: source).runs.map { "\(source.text(in: $0.span)):\($0.class.rawValue)" }
  }

  @Test func everyWordHasAClass() {
    #expect(
      classes("param d = f(2x) # c")
        == [
          "param:keyword", "d:name", "=:sign", "f:function", "(:bracket", "2:number", "x:name",
          "):bracket", "# c:comment",
        ])
    #expect(
      classes("if true\n#> 3\n#%% a") == [
        "if:keyword", "true:keyword", "#> 3:answer", "#%% a:mark",
      ])
  }

  @Test func holesInTextsAreProgram() {
    #expect(
      classes(#""a \(x) b""#) == [
        #""a :text"#, #"\(:bracket"#, "x:name", "):bracket", #" b":text"#,
      ])
  }

  @Test func halfWrittenLinesAreFine() {
    #expect(classes("f(\"abc") == ["f:function", "(:bracket", "\"abc:invalid"])
  }
}
