import Notebooks
import Testing

@Suite struct TranscriptTests {
  @Test(arguments: [
    "plain", "  indented", "", "~ looks volatile", "~", "… 3 more lines sha256:00", "![a](b) c",
    "\\~ looks escaped", "\\\\![twice]", "tab\tinside",
  ])
  func `a text line reads back as it was written`(_ text: String) {
    let line = RecordedLine.text(text)
    #expect(RecordedLine(parsing: line.rendered) == line)
  }

  @Test(arguments: [
    RecordedLine.volatile("41.8 s"), .volatile(""),
    .picture(label: "codes", path: "probe.out/codes-5b0e1f7a.png", caption: "498×48"),
    .picture(label: "a", path: "b.pdf", caption: ""), .elided(count: 120, hash: "1f0c52aa"),
    .elided(count: 1, hash: "00"),
  ])
  func `marked lines read back as they were written`(_ line: RecordedLine) {
    #expect(RecordedLine(parsing: line.rendered) == line)
  }

  @Test func `control characters cannot leave their line`() {
    #expect(RecordedLine.text("a\u{1b}[31mb\r").rendered == " a\\u{1b}[31mb\\u{d}")
  }

  @Test func `trailing blanks do not count`() {
    let comparison = Comparison()
    #expect(comparison.agrees(RecordedLine(parsing: " 3  "), .text("3")))
    #expect(comparison.agrees(RecordedLine(parsing: ""), .text("  ")))
    #expect(!comparison.agrees(.text(" 3"), .text("3")))
  }

  @Test func `volatile lines are never compared, but must be there`() {
    let comparison = Comparison()
    #expect(comparison.agrees([.volatile("1 s")], [.volatile("2 s")]))
    #expect(!comparison.agrees([.volatile("1 s")], [.text("1 s")]))
    #expect(!comparison.agrees([.volatile("1 s")], []))
  }

  @Test func `a tolerance is relative for large numbers and absolute for small ones`() {
    let comparison = Comparison(tolerance: 0.02)
    #expect(comparison.agrees(.text("(0.871, 0.334)"), .text("(0.86, 0.35)")))
    #expect(!comparison.agrees(.text("(0.871, 0.334)"), .text("(0.84, 0.334)")))
    #expect(comparison.agrees(.text("1000"), .text("1019")))
    #expect(!comparison.agrees(.text("1000"), .text("1021")))
    #expect(comparison.agrees(.text("1e-07"), .text("-3.5e-4")))
    #expect(comparison.agrees(.text("[1  10]"), .text("[1 9.99]")))
    #expect(!comparison.agrees(.text("resnet18 1"), .text("resnet34 1")))
    #expect(!comparison.agrees(.text("loss 1"), .text("cost 1")))
    #expect(!comparison.agrees(.text("0.5 nan"), .text("0.5 1")))
  }

  @Test func `long answers keep forty lines and a hash of the rest`() {
    let lines = (1...160).map { RecordedLine.text("\($0)") }
    let short = Transcript.limited(lines)
    #expect(short.count == 41)
    guard case .elided(120, let hash) = short[40] else {
      Issue.record("the last line is \(short[40])")
      return
    }
    #expect(hash.count == 8)
    var other = lines
    other[159] = .text("different")
    #expect(!Comparison().agrees(short, Transcript.limited(other)))
    other = lines
    other[159] = .volatile("now")
    var later = lines
    later[159] = .volatile("later")
    #expect(Comparison().agrees(Transcript.limited(other), Transcript.limited(later)))
    #expect(Transcript.limited(Array(lines[..<40])).count == 40)
  }
}
