import Basics
import Testing

@testable import Language

@Suite struct SourceTextTests {
  @Test func linesAndColumnsCountFromOne() {
    let source = SourceText(text: "ab\nçd\n\nx")
    #expect(source.lineCount == 4)
    #expect(source.line(of: 0) == 1 && source.column(of: 1) == 2)
    #expect(source.line(of: 5) == 2 && source.column(of: 5) == 2)
    #expect(source.text(in: source.span(ofLine: 2)) == "çd")
    #expect(source.text(in: source.span(ofLine: 3)) == "")
  }

  @Test func aLineEndAtTheEndStartsNoLine() {
    #expect(SourceText(text: "a\nb\n").lineCount == 2)
    #expect(SourceText(text: "").lineCount == 1)
  }

  @Test func partsOfFilesKeepTheirLineNumbers() {
    let source = SourceText(name: "probe.fdsl", text: "a\nb", firstLine: 40)
    #expect(source.line(of: 2) == 41)
    #expect(source.text(in: source.span(ofLine: 41)) == "b")
  }

  @Test func carriageReturnsBelongToTheLineEnd() {
    let source = SourceText(text: "a\r\nb\r\n")
    #expect(source.text(in: source.span(ofLine: 1)) == "a")
    #expect(tree("a = 1\r\nb = 2\r\n") == "(= a 1)\n(= b 2)")
  }

  @Test func aByteOrderMarkIsSkipped() throws {
    let source = try SourceText(name: "", bytes: [0xEF, 0xBB, 0xBF] + Array("x".utf8))
    let program = Parser.program(in: source)
    #expect(program.sexpr == "x")
    #expect(program.statements[0].span == Span(start: 3, end: 4))
  }

  @Test(
    arguments: [
      ([0x61, 0xFF], 1), ([0xC3], 0), ([0x61, 0x0A, 0xC0, 0x80], 2), ([0xED, 0xA0, 0x80], 0),
      ([0xF5, 0x80, 0x80, 0x80], 0), ([0x61, 0xE2, 0x82], 1),
    ] as [([UInt8], Int)])
  func bytesThatAreNotUTF8AreRefusedWithTheirPosition(bytes: [UInt8], position: Int) {
    #expect {
      try SourceText(name: "x.fdsl", bytes: bytes)
    } throws: { error in
      let problem = error as? Problem
      return problem?.slug == "encoding"
        && problem?.notes.first?.hasPrefix("byte \(position), ") == true
    }
  }

  @Test func everyScalarPassesTheDecoder() throws {
    let text = "aé€😀\u{10FFFF}\u{D7FF}\u{E000}"
    #expect(try SourceText(name: "", bytes: Array(text.utf8)).text == text)
  }
}
