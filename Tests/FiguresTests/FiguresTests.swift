import Basics
import Foundation
import Images
import Testing

@testable import Figures

/// Small figures that tests share.
enum Sample {
  static let picture = Image(
    width: 3, height: 2, channels: 1, bytes: [0, 50, 100, 150, 200, 250])

  static func curves() throws -> Plot {
    let x = [5.0, 10, 30, 100]
    return try Plot.line(x: x, y: [0.53, 0.57, 0.62, 0.66], label: "fractal")
      + .ribbon(x: x, lo: [0.5, 0.55, 0.6, 0.65], hi: [0.55, 0.6, 0.64, 0.67])
      + .line(x: x, y: [0.43, 0.49, 0.57, 0.63], label: "noise")
      + .axes([
        ("x", .setting(.text("labels per class"))), ("y", .setting(.text("accuracy"))),
        ("xlog", .setting(.boolean(true))),
      ])
  }

  static func row() throws -> Figure {
    let montage = try Plot.montage([picture, picture, picture], columns: 2)
    return try Figure(
      [montage, curves(), curves()], column: "neurips", height: 122, labels: "(a)")
  }

  /// A label that tries every way out of a gnuplot string.
  static let attack =
    "`touch owned` $(touch owned) \"; system(\"touch owned\") # ' \\\" \\ \n!touch owned\n"
    + "|touch owned <touch owned @x %s {/Bold x} ^2 _3 & ~ $data1 é 日本"
}

@Suite struct `a plot` {
  @Test func `is the sum of its layers, and the right one's axes hold`() throws {
    let plot =
      try Plot.line(x: [0, 1], y: [0, 1])
      + .axes([("x", .setting(.text("a"))), ("grid", .setting(.boolean(true)))])
      + .scatter(x: [0], y: [0]) + .axes([("x", .setting(.text("b")))])
    #expect(plot.marks.count == 2)
    #expect(plot.axes.x == "b")
    #expect(plot.axes.grid == "both")
    #expect(plot.summary == "2 layers: line, scatter")
  }

  @Test func `refuses columns of different lengths with both lengths`() {
    #expect {
      try Plot.line(x: [1, 2, 3], y: [1, 2])
    } throws: { error in
      let problem = error as? Problem
      return problem?.slug == "shape" && problem?.notes == ["x has 3, y has 2"]
    }
  }

  @Test func `names the nearest setting when one is unknown`() {
    #expect {
      try Plot.mark(
        "line", [("x", .numbers([0])), ("y", .numbers([0])), ("colour", .setting(.text("blue")))])
    } throws: { error in
      (error as? Problem)?.slug == "name"
        && (error as? Problem)?.suggestions.first?.hasPrefix("color") == true
    }
    #expect(throws: Problem.self) { try Plot.axes([("xlogg", .setting(.boolean(true)))]) }
    #expect(throws: Problem.self) { try Plot.legend("topright") }
    #expect(throws: Problem.self) { try Marks.named("lines") }
  }

  @Test func `of a function has more points where it bends`() throws {
    let plot = try Plot.function(from: -1, to: 1) { $0 < 0 ? 0 : 1 }
    let line = try #require(plot.marks.first as? Line)
    #expect(line.x.count > 101)
    #expect(line.x == line.x.sorted())
  }

  @Test(arguments: Marks.all.map { $0.name })
  func `has marks that all say what they are, how they are used, and refuse to be empty`(
    name: String
  ) throws {
    let mark = try Marks.named(name)
    #expect(!mark.text.isEmpty && !mark.examples.isEmpty)
    #expect(throws: Problem.self) { try mark.init().check() }
  }

  @Test func `smooths without a pull towards the first value`() {
    let mean = Line.runningMean([2, 2, 2], keeping: 0.9)
    for value in mean { #expect(abs(value - 2) < 1e-12) }
  }
}

@Suite struct `an axis` {
  private func ticks(_ low: Double, _ high: Double, log: Bool = false, count: Int = 5) -> [String] {
    var scale = Scale(lower: low, upper: high, isLogarithmic: log)
    scale.chooseTicks(count: count)
    return scale.ticks.map(\.label.letters)
  }

  @Test func `has round numbers with equal decimals`() {
    #expect(ticks(0.36, 0.83) == ["0.4", "0.5", "0.6", "0.7", "0.8"])
    #expect(ticks(-1, 1) == ["−1.0", "−0.5", "0.0", "0.5", "1.0"])
    #expect(ticks(0, 2000) == ["0", "500", "1000", "1500", "2000"])
  }

  @Test func `writes very large and very small numbers with one power of ten`() {
    #expect(ticks(0, 4e6, count: 3) == ["0", "2×106", "4×106"])
    #expect(ticks(0, 4e-5, count: 3).last == "4×10−5")
  }

  @Test func `has powers of ten when logarithmic, and 1-2-5 when there are few`() {
    #expect(ticks(1, 1e6, log: true, count: 8).first == "1")
    #expect(ticks(0.3, 5, log: true) == ["0.5", "1", "2", "5"])
  }

  @Test func `that is logarithmic refuses data without positive numbers`() throws {
    let plot = try Plot.line(x: [1, 2], y: [-1, 0]) + .axes([("ylog", .setting(.boolean(true)))])
    #expect {
      try Figure(plot).script(.pdf, output: "a.pdf")
    } throws: { ($0 as? Problem)?.suggestions == ["axes(ylog = false)"] }
  }

  @Test func `survives hostile data`() throws {
    let values: [[Double]] = [
      [.nan, .nan], [.infinity, 1], [0, 0], [1e308, -1e308], [.leastNonzeroMagnitude, 0],
      [1, 1 + 1e-15],
    ]
    for x in values {
      for y in values {
        for isLogarithmic in [false, true] {
          let plot =
            try Plot.line(x: x, y: y)
            + .axes([("xlog", .setting(.boolean(isLogarithmic)))])
          do { _ = try Figure(plot).script(.pdf, output: "a.pdf") } catch is Problem {}
        }
      }
    }
  }
}

@Suite struct `a figure` {
  @Test func `has the width of its venue in whole points`() throws {
    let plot = try Sample.curves()
    #expect(try Figure([plot], column: "neurips").width == 396)
    #expect(try Figure([plot], column: "ICML").width == 234)
    #expect(try Figure([plot], column: "icml page").width == 486)
    #expect(try Figure([plot], column: "cvpr page").width == 495)
    #expect(try Figure([plot], width: 200).width == 200)
    #expect(throws: Problem.self) { try Figure([plot], column: "nurips") }
    #expect(throws: Problem.self) { try Figure([plot], column: "icml double") }
  }

  @Test func `says its size and panels`() throws {
    #expect(try Sample.row().sizeText == "5.50 × 1.69 in, 3 panels")
  }

  @Test func `aligns the boxes of a row and keeps everything on the page`() throws {
    let layout = try Layout(Sample.row())
    let (b, c) = (layout.panels[1].box, layout.panels[2].box)
    #expect(b.bottom == c.bottom && b.top == c.top)
    for panel in layout.panels {
      #expect(panel.box.left >= 0 && panel.box.right <= 396)
      #expect(panel.box.bottom >= 0 && panel.box.top <= 122)
      #expect(panel.box.width > 40 && panel.box.height > 40)
    }
  }

  @Test func `aligns the boxes of a column whatever the numbers are`() throws {
    let small = try Plot.line(x: [0, 1], y: [0, 1])
    let large = try Plot.line(x: [0, 1], y: [0, 123456])
    let layout = try Layout(Figure([small, large], column: "icml", perRow: 1))
    #expect(layout.panels[0].box.left == layout.panels[1].box.left)
    #expect(layout.panels[0].box.right == layout.panels[1].box.right)
  }

  @Test func `gives one name one colour in all panels, and a ribbon that of its line`() throws {
    let a =
      try Plot.line(x: [0, 1], y: [0, 1], label: "x") + .line(x: [0, 1], y: [1, 1], label: "y")
    let b =
      try Plot.line(x: [0, 1], y: [0, 1], label: "y")
      + .ribbon(x: [0, 1], lo: [0, 0], hi: [1, 1])
    let layout = try Layout(Figure([a, b]))
    #expect(layout.panels[0].looks[1].color == layout.panels[1].looks[0].color)
    #expect(layout.panels[1].looks[1].color == layout.panels[1].looks[0].color)
  }

  @Test func `shares a legend between panels with the same names`() throws {
    let layout = try Layout(Sample.row())
    #expect(layout.shared?.entries.map(\.label.letters) == ["fractal", "noise"])
    #expect(layout.panels.allSatisfy { $0.legend == .off })
  }

  @Test func `puts a legend where it covers no data`() throws {
    let falling = try Plot.line(x: [0, 1], y: [1, 0], label: "falling")
    #expect(try Layout(Figure(falling)).panels[0].legend == .topRight)
    let rising = try Plot.line(x: [0, 1], y: [0, 1], label: "rising")
    #expect(try Layout(Figure(rising)).panels[0].legend == .topLeft)
    let everywhere = try Plot.ribbon(x: [0, 1], lo: [0, 0], hi: [1, 1], label: "all")
    let outside = try Layout(Figure(everywhere)).panels[0].legend
    #expect(outside == .right || outside == .below)
  }

  @Test func `letters its panels by any pattern`() {
    #expect(Figure.letter("(a)", 2) == "(c)")
    #expect(Figure.letter("A", 27) == "BB")
    #expect(Figure.letter("i)", 3) == "iv)")
    #expect(Figure.letter("", 0) == nil)
  }

  @Test func `has the numbers behind it as a table`() throws {
    let plot = try Plot.line(x: [0, 1], y: [0.5, .nan], label: "a,\"b\"")
    #expect(
      try Figure(plot).csv == """
        panel,layer,mark,label,x,y
        1,1,line,"a,""b""\",0,0.5
        1,1,line,"a,""b""\",1,nan

        """)
    #expect(try Figure(.line(x: [0], y: [0], label: "=1+1")).csv.contains(",'=1+1,"))
  }

  @Test func `is warned of what proofs would mark`() throws {
    var figure = try Figure(.line(x: [0, 1], y: [0, 1]))
    figure.tickSize = 5
    let remarks = try Preflight.remarks(on: figure)
    #expect(remarks.contains { $0.contains("smaller than 6 pt") })
    #expect(remarks.contains { $0.contains("no label on its x axis") })
    let bars: (String, String) throws -> Plot = { color, label in
      try Plot.mark(
        "bars",
        [
          ("names", .texts(["a"])), ("y", .numbers([1])), ("color", .setting(.text(color))),
          ("label", .setting(.text(label))),
        ])
    }
    let redGreen = try Figure(bars("#b05010", "a") + bars("#507a10", "b"))
    #expect(try Preflight.remarks(on: redGreen).contains { $0.contains("red from green") })
    let safe = try Figure(bars("C0", "a") + bars("C1", "b"))
    #expect(try !Preflight.remarks(on: safe).contains { $0.contains("red from green") })
    #expect(try Preflight.remarks(on: Figure([Sample.curves()], column: "icml")).isEmpty)
  }
}
