import Basics
import Foundation
import Images

/// What saving a figure wrote.
package struct SavedFigure: Sendable {
  /// Paths of everything written, the file asked for first.
  package var files: [String]
  /// SHA-256 of the file.
  package var hash: ContentHash
}

extension Figure {
  /// The endings that `save` understands.
  package static let fileExtensions = ["pdf", "svg", "png", "eps", "gp"]

  /// The format that a file name asks for; nil for `.gp`, the recipe alone.
  package static func format(for path: String, dpi: Int) throws -> FigureFormat? {
    switch PathName.ending(path) {
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
        suggestions: [
          PathName.withoutEnding(PathName.last(path)) + ".pdf"
        ])
    }
  }

  /// Writes the figure to `path`, in one step, and beside a PDF its recipe (`.gp`) and the numbers
  /// in it (`.csv`).
  ///
  /// Without a working gnuplot the recipe and numbers are written all the same, and a
  /// `Problem("plot")` says so.
  package func save(
    to path: String, files: FileAccess, dpi: Int = 300, gnuplot: GnuplotProcess = GnuplotProcess(),
    interruption: Interruption = Interruption()
  ) throws -> SavedFigure {
    let format = try Self.format(for: path, dpi: dpi)
    let base = PathName.withoutEnding(path)
    let recipe = format == nil ? path : base + ".gp"
    let table = base + ".csv"
    func name(_ path: String) -> String { PathName.last(path) }
    let picture = name(base) + "." + (format ?? .pdf).fileExtension
    let program = try script(format ?? .pdf, output: picture)

    func writeRecipe() throws {
      try files.write(program.bytes, to: recipe)
      try files.write(csv.utf8, to: table)
    }
    guard let format else {
      try writeRecipe()
      return SavedFigure(files: [recipe, table], hash: ContentHash(program.bytes))
    }
    let bytes: [UInt8]
    do {
      bytes = try gnuplot.render(program, output: picture, interruption: interruption)
    } catch var problem as Problem {
      try writeRecipe()
      let names = "\(name(recipe)) and \(name(table))"
      let kind = format.fileExtension.uppercased()
      problem.notes.insert(
        "saved \(names); `gnuplot \(name(recipe))` on another machine makes the \(kind)",
        at: 0)
      throw problem
    }
    try files.write(bytes, to: path)
    guard format == .pdf else { return SavedFigure(files: [path], hash: ContentHash(bytes)) }
    try writeRecipe()
    return SavedFigure(files: [path, recipe, table], hash: ContentHash(bytes))
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
