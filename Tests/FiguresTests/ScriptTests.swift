import Basics
import Foundation
import Testing

@testable import Figures

@Suite struct `a gnuplot string` {
  @Test func `holds every byte outside the safe set as an octal escape`() {
    #expect(GnuplotScript.quoted("a b.1") == "\"a b.1\"")
    #expect(GnuplotScript.quoted("`\"\\$\n'") == "\"\\140\\042\\134\\044\\012\\047\"")
    #expect(GnuplotScript.quoted("é") == "\"\\303\\251\"")
    for byte in UInt8.min...UInt8.max where byte < 128 {
      let text = GnuplotScript.quoted(String(Unicode.Scalar(byte)))
      let inner = text.dropFirst().dropLast()
      #expect(inner.count == 1 || (inner.count == 4 && inner.hasPrefix("\\")))
      #expect(!"`\"'$@#%\\\n!|<>{}[]&;".contains(inner) || inner.count == 4)
    }
  }

  @Test func `that names a file cannot leave the folder or open a pipe`() throws {
    #expect(try GnuplotScript.quotedFile("|cat.pdf") == "\"./\\174cat.pdf\"")
    #expect(try GnuplotScript.quotedFile("<cat.pdf").hasPrefix("\"./\\074"))
    #expect(throws: Problem.self) { try GnuplotScript.quotedFile("a/b.pdf") }
    #expect(throws: Problem.self) { try GnuplotScript.quotedFile("..") }
    #expect(throws: Problem.self) { try GnuplotScript.quotedFile("") }
    #expect(throws: Problem.self) { try GnuplotScript.quotedFile("a\0b") }
  }
}

@Suite struct `mathematics in a label` {
  private func runs(_ text: String) -> [String] {
    RichText(text).runs.map { run in
      ["_", "", "^"][run.level + 1] + (run.isItalic ? "/" : "") + run.text
    }
  }

  @Test func `becomes Greek, italics, and levels`() {
    #expect(runs("$\\alpha_i$") == ["α", "_/i"])
    #expect(runs("loss $x^{2}$") == ["loss ", "/x", "^2"])
    #expect(runs("$10^{-3}$") == ["10", "^−3"])
    #expect(runs("$a_{\\text{fractal}}$") == ["/a", "_fractal"])
  }

  @Test func `needs a pair of dollars`() {
    #expect(runs("5 $ a_b") == ["5 $ a_b"])
    #expect(RichText("a_b^c").isPlain)
  }

  @Test(arguments: [
    "$", "$$", "$\\$", "${$", "$}$", "$_$", "$^{$", "$\\text{$", "$\\$$", "$_{^{_{$",
  ])
  func `never fails, however broken`(text: String) {
    _ = RichText(text).width(size: 9)
  }

  @Test func `is one line`() {
    #expect(RichText("a\nb\u{0}c\u{7f}d").letters == "a b c d")
  }
}

@Suite struct `the script of a figure` {
  @Test func `is the same for the same figure`() throws {
    let first = try Sample.row().script(.pdf, output: "a.pdf").bytes
    #expect(try Sample.row().script(.pdf, output: "a.pdf").bytes == first)
  }

  @Test func `reads like this`() throws {
    let figure = try Figure(
      [
        Plot.line(x: [0, 1, 2], y: [0, 1, 4], label: "a")
          + .axes([("x", .setting(.text("$\\alpha_i$"))), ("y", .setting(.text("a_b")))])
      ], width: 144, height: 100)
    let lines = try figure.script(.pdf, output: "a.pdf").text.split(separator: "\n")
    #expect(
      lines[3].hasPrefix(
        "set terminal pdfcairo size 2.0002in,1.38909in font \"DejaVu Sans,9\" fontscale 0.75"))
    #expect(lines.contains("set output \"./a.pdf\""))
    #expect(lines.contains("set xrange [-0.07:2.07] noextend"))
    #expect(
      lines.contains {
        $0.hasPrefix("set label \"\\316\\261\\137\\173\\173/:Italic i\\175\\175\" enhanced")
      })
    #expect(
      lines.contains {
        $0.hasPrefix("set label \"a\\137b\" noenhanced") && $0.contains("rotate by 90")
      })
    #expect(lines.contains("$data1 << EOD") && lines.contains("1 1") && lines.contains("EOD"))
    #expect(lines.last == "unset output")
    #expect(
      lines.contains {
        $0.contains("$data1 using 1:2 with lines lw 1.15 dt solid lc rgb \"#0072b2\"")
      })
  }

  @Test func `holds pixels exactly`() throws {
    let figure = try Figure(.image(Sample.picture))
    let pixels = try figure.script(.pdf, output: "a.pdf").pieces.compactMap { piece in
      if case .bytes(let bytes) = piece { bytes } else { nil }
    }
    #expect(pixels == [Sample.picture.rgb().bytes])
  }

  @Test func `lets no label become a command`() throws {
    var plot =
      try Plot.line(x: [0, 1], y: [0, 1], label: Sample.attack)
      + .scatter(x: [0, 1], y: [1, 0], label: "$" + Sample.attack + "$")
    for name in ["x", "y", "title"] {
      plot = try plot + .axes([(name, .setting(.text(Sample.attack)))])
    }
    let text = try Figure([plot], labels: "a").script(.pdf, output: "a.pdf").text
    for line in text.split(separator: "\n") {
      #expect(!line.contains("`") && !line.contains("\\\""))
      let words = ["set", "unset", "plot", "#", "$data", "EOD", "     ", "-", "N"]
      #expect(words.contains { line.hasPrefix($0) } || line.first?.isNumber == true)
      // An even number of quotes: no string is left open.
      #expect(line.filter { $0 == "\"" }.count % 2 == 0)
    }
  }
}
