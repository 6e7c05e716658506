import Basics
import Foundation
import Images
import Testing

@testable import Figures

/// A folder that goes away with the test.
struct Folder: ~Copyable {
  let url: URL
  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("fdsl-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
  }

  var files: FileAccess { FileAccess(root: url) }

  /// A program that stands in for gnuplot.
  func program(_ lines: String) throws -> GnuplotProcess {
    let path = file("program")
    try ("#!/bin/sh\n" + lines + "\n").write(to: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.path)
    return GnuplotProcess(program: path.path, seconds: 10)
  }
}

@Suite struct `saving a figure` {
  @Test func `without gnuplot says so and still writes recipe and numbers`() throws {
    let folder = try Folder()
    let figure = try Sample.row()
    #expect {
      try figure.save(to: "fig1.pdf", files: folder.files, gnuplot: GnuplotProcess(program: nil))
    } throws: { error in
      let problem = error as? Problem
      return problem?.slug == "plot" && problem?.message == "gnuplot is not installed here"
        && problem?.notes.first
          == "saved fig1.gp and fig1.csv; `gnuplot fig1.gp` on another machine makes the PDF"
    }
    #expect(folder.names == ["fig1.csv", "fig1.gp"])
  }

  @Test func `as a recipe needs no gnuplot`() throws {
    let folder = try Folder()
    let saved = try Sample.row().save(
      to: "fig1.gp", files: folder.files, gnuplot: GnuplotProcess(program: nil))
    #expect(saved.files == ["fig1.gp", "fig1.csv"])
  }

  @Test func `tells what gnuplot said when it failed`() throws {
    let folder = try Folder()
    let broken = try folder.program(
      "echo 'plot x y' >&2; echo '     ^' >&2; echo '\"figure.gp\" line 7: ';\\' expected' >&2; exit 1"
        .replacing("';\\'", with: "semicolon"))
    #expect {
      try Sample.row().save(to: "a.pdf", files: folder.files, gnuplot: broken)
    } throws: { error in
      (error as? Problem)?.message == "gnuplot could not draw this: semicolon expected"
    }
    #expect(folder.names == ["a.csv", "a.gp", "program"])
  }

  @Test func `takes no incomplete picture and leaves the old one`() throws {
    let folder = try Folder()
    try "old".write(to: folder.file("a.pdf"), atomically: true, encoding: .utf8)
    let short = try folder.program("printf '%%PDF-1.5 half' > a.pdf")
    #expect {
      try Sample.row().save(to: "a.pdf", files: folder.files, gnuplot: short)
    } throws: { ($0 as? Problem)?.message == "gnuplot made an incomplete picture" }
    let silent = try folder.program("exit 0")
    #expect {
      try Sample.row().save(to: "a.pdf", files: folder.files, gnuplot: silent)
    } throws: { ($0 as? Problem)?.message == "gnuplot ended without making the picture" }
    #expect(try String(contentsOf: folder.file("a.pdf"), encoding: .utf8) == "old")
  }

  @Test func `stops a gnuplot that hangs, with its children`() throws {
    let folder = try Folder()
    var slow = try folder.program("sleep 60 & sleep 60")
    slow.seconds = 0.3
    let start = Date()
    #expect {
      try Sample.row().save(to: "a.pdf", files: folder.files, gnuplot: slow)
    } throws: { ($0 as? Problem)?.message.hasPrefix("gnuplot was stopped after") == true }
    #expect(Date().timeIntervalSince(start) < 10)
  }

  @Test func `stops when asked to`() throws {
    let folder = try Folder()
    let slow = try folder.program("sleep 60")
    let interruption = Interruption()
    interruption.request()
    #expect(throws: Interrupted.self) {
      try Sample.row().save(
        to: "a.pdf", files: folder.files, gnuplot: slow, interruption: interruption)
    }
  }

  @Test func `refuses kinds of file it does not know`() throws {
    let folder = try Folder()
    #expect {
      try Sample.row().save(to: "a.jpg", files: folder.files)
    } throws: { ($0 as? Problem)?.suggestions == ["a.pdf"] }
  }

  @Test func `gives gnuplot nothing of the environment that could change the picture`() throws {
    let folder = try Folder()
    let spy = try folder.program("env > \(folder.file("env").path); exit 3")
    #expect(throws: Problem.self) {
      try Sample.row().save(to: "a.pdf", files: folder.files, gnuplot: spy)
    }
    let text = try String(contentsOf: folder.file("env"), encoding: .utf8)
    #expect(text.contains("LC_ALL=C.UTF-8"))
    #expect(!text.contains("GNUTERM") && !text.contains("GNUPLOT"))
  }
}

@Suite(.enabled(if: GnuplotProcess.installed != nil, "gnuplot is not installed"))
struct `with gnuplot` {
  @Test func `a PDF has exactly the page asked for and the same bytes again`() throws {
    let folder = try Folder()
    let figure = try Sample.row()
    let first = try figure.save(to: "a.pdf", files: folder.files)
    let bytes = try Data(contentsOf: folder.file("a.pdf"))
    #expect(bytes.range(of: Data("MediaBox [ 0 0 396 122 ]".utf8)) != nil)
    #expect(bytes.range(of: Data("(D:20000101000000".utf8)) != nil)
    #expect(folder.names == ["a.csv", "a.gp", "a.pdf"])
    // A second later every date would differ.
    Thread.sleep(forTimeInterval: 1.1)
    let again = try figure.save(to: "a.pdf", files: folder.files)
    #expect(again.hash == first.hash)
  }

  @Test func `every other format is whole and the same again`() throws {
    let figure = try Sample.row()
    for format in [FigureFormat.svg, .eps, .png(dpi: 100)] {
      let first = try figure.bytes(format)
      Thread.sleep(forTimeInterval: 1.05)
      #expect(try figure.bytes(format) == first)
    }
    let svg = String(decoding: try figure.bytes(.svg), as: UTF8.self)
    #expect(svg.contains("width=\"396pt\" height=\"122pt\""))
  }

  @Test func `a preview has the pixels of its resolution`() throws {
    let image = try Sample.row().preview(dpi: 144)
    #expect(image.width == 792 && image.height == 244)
  }

  @Test func `the saved recipe draws the saved picture`() throws {
    let folder = try Folder()
    _ = try Sample.row().save(to: "a.pdf", files: folder.files)
    let before = try Data(contentsOf: folder.file("a.pdf"))
    try FileManager.default.removeItem(at: folder.file("a.pdf"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(GnuplotProcess.installed))
    process.arguments = ["-d", "a.gp"]
    process.currentDirectoryURL = folder.url
    try process.run()
    process.waitUntilExit()
    #expect(try Data(contentsOf: folder.file("a.pdf")).count == before.count)
  }

  @Test func `every mark draws`() throws {
    let grid = Matrix(rows: 4, columns: 5, values: (0..<20).map { sin(Double($0)) })
    let arguments: [String: [(name: String, value: FigureArgument)]] = [
      "line": [("x", .numbers([0, 1, .nan, 3])), ("y", .numbers([0, .infinity, 1, 2]))],
      "scatter": [("x", .numbers([0, 1])), ("y", .numbers([0, 1]))],
      "ribbon": [("x", .numbers([0, 1])), ("lo", .numbers([0, 1])), ("hi", .numbers([1, 2]))],
      "errorbars": [
        ("x", .numbers([0, 1])), ("lo", .numbers([0, 1])), ("hi", .numbers([1, 2])),
      ],
      "bars": [("names", .texts(["a", "b"])), ("y", .numbers([1, -2]))],
      "histogram": [("values", .numbers([1, 2, 2, 3, 3, 3]))],
      "box": [("values", .matrix(grid))],
      "heat": [("matrix", .matrix(grid))],
      "contourplot": [("z", .matrix(grid))],
      "surface": [("z", .matrix(grid))],
      "vectors": [
        ("x", .numbers([0])), ("y", .numbers([0])), ("dx", .numbers([1])), ("dy", .numbers([1])),
      ],
      "text": [("x", .numbers([0])), ("y", .numbers([0])), ("texts", .texts(["$x^2$"]))],
      "rule": [("y", .numbers([1]))],
      "image": [("picture", .pictures([Sample.picture]))],
      "montage": [("pictures", .pictures([Sample.picture, Sample.picture]))],
    ]
    for mark in Marks.all {
      let given = try #require(arguments[mark.name], "no example data for \(mark.name)")
      let bytes = try Figure(.mark(mark.name, given)).bytes(.pdf)
      #expect(bytes.count > 1000)
    }
  }

  @Test func `attacks in labels and file names stay text`() throws {
    let folder = try Folder()
    var plot =
      try Plot.line(x: [0, 1], y: [0, 1], label: Sample.attack)
      + .mark(
        "text",
        [("x", .numbers([0.5])), ("y", .numbers([0.5])), ("texts", .texts([Sample.attack]))])
    for name in ["x", "y", "title"] {
      plot = try plot + .axes([(name, .setting(.text("$" + Sample.attack)))])
    }
    let figure = try Figure([plot], column: "neurips", height: 400)
    for name in [
      "|touch owned.pdf", "`touch owned`.svg", "<a \"b\" 'c' $d\n.png", "!x.pdf", "-e.pdf",
    ] {
      _ = try figure.save(to: name, files: folder.files, dpi: 72)
      #expect(FileManager.default.fileExists(atPath: folder.file(name).path))
    }
    #expect(!folder.names.contains { $0.hasPrefix("owned") })
    #expect(!FileManager.default.fileExists(atPath: "owned"))
  }

  @Test func `text is as wide as the layout believes`() throws {
    // The advance in the PDF is the font's; the table must not be narrower.
    let words = "Accuracy of 0123456789 labels"
    #expect(abs(FontMetrics.width(words, size: 10) - 152.7) < 8)
  }
}
