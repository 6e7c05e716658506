import Basics

/// The kind of file that a figure becomes.
package enum FigureFormat: Equatable, Sendable {
  case pdf, svg, eps
  case png(dpi: Int)

  /// What one gnuplot unit is in each terminal, so that sizes can be given in points. Measured in
  /// the files that gnuplot 5.4 writes.
  struct Unit: Equatable {
    /// Factor on line widths after which they are points.
    var line: Double
    /// Factor on dash lengths after which they are line widths.
    var dash: Double
    /// Length in points of a tick of scale 1.
    var tick: Double
    /// Diameter in points of a circle of size 1.
    var point: Double
  }

  var unit: Unit {
    switch self {
    case .pdf: Unit(line: 2, dash: 3.6364, tick: 4.1875, point: 6)
    case .eps: Unit(line: 4, dash: 3.6364, tick: 4.1875, point: 6)
    case .svg: Unit(line: 1, dash: 2, tick: 6.75, point: 6.76)
    case .png(let dpi):
      Unit(line: Double(dpi) / 72, dash: 4, tick: 4.1875, point: 6)
    }
  }

  /// The size in pixels of a page in points.
  func pixels(width: Int, height: Int) -> (width: Int, height: Int) {
    guard case .png(let dpi) = self else { return (width, height) }
    func scaled(_ points: Int) -> Int { Int((Double(points * dpi) / 72).rounded()) }
    return (scaled(width), scaled(height))
  }

  /// The ending of the file's name.
  package var fileExtension: String {
    switch self {
    case .pdf: "pdf"
    case .svg: "svg"
    case .eps: "eps"
    case .png: "png"
    }
  }
}
