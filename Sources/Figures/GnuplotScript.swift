import Basics
import Images

/// A program for gnuplot, built from typed parts: the only place that writes gnuplot text.
///
/// Positions on the page are in points from the lower left corner. One rule keeps user text from
/// becoming program: every string is double-quoted, and every byte outside a small safe set is
/// written as a three-digit octal escape. Nothing else that a user gives reaches the text; file
/// names start with `./`, because gnuplot takes a leading `|` for a command even when escaped.
package struct GnuplotScript: Equatable, Sendable {
  /// A stretch of the file.
  package enum Piece: Equatable, Sendable {
    case text(String)
    case bytes([UInt8])
    case floats([Float])
  }

  /// The kind of picture that gnuplot makes, with its page and type.
  package struct Terminal: Equatable, Sendable {
    package var format: FigureFormat
    /// Whole points.
    package var width: Int
    package var height: Int
    package var font: String
    package var typeSize: Double
  }

  /// A place on the page or in the panel's data.
  package enum Place: Equatable, Sendable {
    case page(Double)
    case data(Double)
    /// 0 at the lower or left end of the panel's box, 1 at the other.
    case box(Double)
  }

  /// The side of a text that is at its place.
  package enum Justification: String, Sendable { case left, center, right }

  /// Text, its capitals centred vertically on its place.
  package struct Text: Equatable, Sendable {
    package var text: RichText
    package var x: Place
    package var y: Place
    package var justification = Justification.left
    /// Degrees against the clock.
    package var rotation = 0.0
    package var size: Double
    package var color = Colour.ink
    package var isBold = false
  }

  /// A line, rectangle or marker that belongs to the page.
  package enum Shape: Equatable, Sendable {
    case line(from: (Place, Place), to: (Place, Place), width: Double, dash: Dash, color: Colour)
    case rectangle(Rectangle, fill: Colour, opacity: Double)
    case marker(x: Double, y: Double, Marker, size: Double, color: Colour)

    package static func == (left: Shape, right: Shape) -> Bool {
      String(describing: left) == String(describing: right)
    }
  }

  /// A grid of pixels, the row of lowest y first; `x`, `y` is the centre of the first pixel, `dx`,
  /// `dy` the step, which gnuplot wants positive.
  package struct Grid: Equatable, Sendable {
    package var columns: Int
    package var rows: Int
    package var x: Double
    package var y: Double
    package var dx: Double
    package var dy: Double
  }

  /// A filled shape.
  package struct Polygon: Equatable, Sendable {
    package var x: [Double]
    package var y: [Double]
    package var color: Colour
  }

  /// Something that shows data. Columns are all of one length.
  package enum Item: Equatable, Sendable {
    case lines(x: [Double], y: [Double], width: Double, dash: Dash, color: Colour)
    case points(x: [Double], y: [Double], Marker, size: Double, color: Colour)
    case band(x: [Double], lower: [Double], upper: [Double], color: Colour, opacity: Double)
    /// Rectangles from left to right and bottom to top.
    case boxes(
      left: [Double], right: [Double], bottom: [Double], top: [Double], color: Colour,
      opacity: Double)
    case arrows(
      x: [Double], y: [Double], dx: [Double], dy: [Double], width: Double, color: Colour)
    case pixels([UInt8], Grid)
    case values([Float], Grid)
    /// Filled shapes, each a closed line of corners, drawn in order.
    case polygons([Polygon])
  }

  package internal(set) var pieces: [Piece] = []
  package let terminal: Terminal
  var blocks = 0

  package init(_ terminal: Terminal) {
    self.terminal = terminal
  }

  /// The whole file.
  package var bytes: [UInt8] {
    pieces.flatMap { piece -> [UInt8] in
      switch piece {
      case .text(let text): Array(text.utf8)
      case .bytes(let bytes): bytes
      case .floats(let floats): floats.withUnsafeBytes { Array($0) }
      }
    }
  }

  /// The file with a note in place of binary data, for readers and tests.
  package var text: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .bytes(let bytes): "<\(bytes.count) bytes \(ContentHash(bytes).short)>"
      case .floats(let floats):
        "<\(floats.count) floats \(ContentHash(floats.withUnsafeBytes { Array($0) }).short)>"
      }
    }.joined()
  }
}
