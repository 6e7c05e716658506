import Basics
import Foundation
import Images

/// What saving a figure wrote.
package struct SavedFigure: Sendable {
  /// The file asked for.
  package var file: URL
  /// Everything written, the file first.
  package var files: [URL]
  /// SHA-256 of the file.
  package var hash: ContentHash
}

extension Figure {
  /// The endings that `save` understands.
  package static let fileExtensions = ["pdf", "svg", "png", "eps", "gp"]

  /// The format that a file name asks for; nil for `.gp`, the recipe alone.
  package static func format(for url: URL, dpi: Int) throws -> FigureFormat? {
    switch url.pathExtension.lowercased() {
    case "pdf": return .pdf
    case "svg": return .svg
    case "eps": return .eps
    case "png": return .png(dpi: dpi)
    case "gp", "gnuplot", "plt": return nil
    case let other:
      throw Problem(
        "file",
        other.isEmpty ? "a figure needs a kind of file" : "a figure cannot be a .\(other) file",
        notes: ["it can be " + fileExtensions.map { "." + $0 }.joined(separator: ", ")],
        suggestions: [url.deletingPathExtension().lastPathComponent + ".pdf"])
    }
  }

  /// Writes the figure to `url`, in one step, and beside a PDF its recipe (`.gp`) and the numbers
  /// in it (`.csv`).
  ///
  /// Without a working gnuplot the recipe and numbers are written all the same, and a
  /// `Problem("plot")` says so.
  package func save(
    to url: URL, dpi: Int = 300, gnuplot: GnuplotProcess = GnuplotProcess(),
    interruption: Interruption = Interruption()
  ) throws -> SavedFigure {
    let format = try Self.format(for: url, dpi: dpi)
    let base = url.deletingPathExtension()
    let recipe = format == nil ? url : base.appendingPathExtension("gp")
    let table = base.appendingPathExtension("csv")
    let picture = base.lastPathComponent + "." + (format ?? .pdf).fileExtension
    let program = try script(format ?? .pdf, output: picture)

    func writeRecipe() throws {
      try FileAccess.replace(recipe, with: Data(program.bytes))
      try FileAccess.replace(table, with: Data(csv.utf8))
    }
    guard let format else {
      try writeRecipe()
      return SavedFigure(file: url, files: [recipe, table], hash: ContentHash(program.bytes))
    }
    let bytes: [UInt8]
    do {
      bytes = try gnuplot.render(program, output: picture, interruption: interruption)
    } catch var problem as Problem {
      try writeRecipe()
      let names = "\(recipe.lastPathComponent) and \(table.lastPathComponent)"
      let kind = format.fileExtension.uppercased()
      problem.notes.insert(
        "saved \(names); `gnuplot \(recipe.lastPathComponent)` on another machine makes the \(kind)",
        at: 0)
      throw problem
    }
    try FileAccess.replace(url, with: Data(bytes))
    var files = [url]
    if format == .pdf {
      try writeRecipe()
      files += [recipe, table]
    }
    return SavedFigure(file: url, files: files, hash: ContentHash(bytes))
  }

  /// The figure as a file's bytes, without writing it.
  package func bytes(
    _ format: FigureFormat, gnuplot: GnuplotProcess = GnuplotProcess(),
    interruption: Interruption = Interruption()
  ) throws -> [UInt8] {
    let output = "figure." + format.fileExtension
    return try gnuplot.render(
      try script(format, output: output), output: output, interruption: interruption)
  }

  /// The figure as pixels, for a terminal or a notebook.
  package func preview(
    dpi: Int = 144, gnuplot: GnuplotProcess = GnuplotProcess(),
    interruption: Interruption = Interruption()
  ) throws -> Image {
    let bytes = try bytes(.png(dpi: dpi), gnuplot: gnuplot, interruption: interruption)
    return try PNGFile.decode(bytes)
  }
}
