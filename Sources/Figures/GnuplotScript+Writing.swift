import Basics
import Foundation

extension GnuplotScript {
  /// `text` as a gnuplot string that means exactly its bytes and can do nothing.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "."),
        UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "/"), UInt8(ascii: "="):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let octal = String(byte, radix: 8)
        result += "\\" + String(repeating: "0", count: 3 - octal.count) + octal
      }
    }
    return result + "\""
  }

  /// A file name that gnuplot can only take for a file in the working directory.
  package static func quotedFile(_ name: String) throws -> String {
    if name.isEmpty || name.utf8.contains(0) || name.contains("/") || name == "." || name == ".." {
      throw Problem("file", "\"\(name)\" is no name for a file")
    }
    return quoted("./" + name)
  }

  /// A label as string plus the word that says how to read it.
  private static func label(_ text: RichText) -> String {
    if text.isPlain { return quoted(text.letters) + " noenhanced" }
    var markup = ""
    for run in text.runs {
      let letters = run.text.map { "_^{}@&~\\".contains($0) ? "\\\($0)" : String($0) }.joined()
      let styled = run.isItalic ? "{/:Italic \(letters)}" : letters
      switch run.level {
      case 1: markup += "^{\(styled)}"
      case -1: markup += "_{\(styled)}"
      default: markup += styled
      }
    }
    return quoted(markup) + " enhanced"
  }

  /// A number that reads back as the same double.
  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return "NaN" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return "\(value)"
  }

  /// A coordinate on the page with more digits than any device has.
  private static func short(_ value: Double) -> String {
    var text = Substring(String(format: "%.5f", value))
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text == "-0" ? "0" : String(text)
  }
}

extension GnuplotScript {
  private mutating func write(_ line: String) {
    if case .text(let before) = pieces.last {
      pieces[pieces.count - 1] = .text(before + line + "\n")
    } else {
      pieces.append(.text(line + "\n"))
    }
  }

  /// A remark for readers; only letters, digits and mild punctuation survive.
  package mutating func remark(_ text: String) {
    let safe = text.unicodeScalars.map { scalar -> Character in
      let isMild =
        scalar.isASCII
        && (scalar.properties.isAlphabetic
          || " .,:;()=+-/0123456789".unicodeScalars.contains(scalar))
      return isMild ? Character(scalar) : " "
    }
    write("# " + String(safe))
  }

  /// The head of the file: encoding, terminal, output, and a page for several panels.
  package mutating func begin(output: String) throws {
    let font = "font \(Self.quoted("\(terminal.font),\(Self.short(terminal.typeSize))"))"
    let unit = terminal.format.unit
    // A hair more than asked: gnuplot cuts the page to whole points.
    let inches = [terminal.width, terminal.height].map { Self.short(Double($0) / 72 + 0.0002) }
    write("set encoding utf8")
    write("set decimalsign \".\"")
    switch terminal.format {
    case .pdf, .eps:
      let name = terminal.format == .pdf ? "pdfcairo" : "epscairo"
      write(
        "set terminal \(name) size \(inches[0])in,\(inches[1])in \(font) fontscale 0.75"
          + " linewidth \(Self.short(unit.line)) dashlength \(Self.short(unit.dash)) rounded")
    case .svg:
      write(
        "set terminal svg size \(terminal.width),\(terminal.height) fixed \(font) fontscale 1"
          + " linewidth \(Self.short(unit.line)) dashlength \(Self.short(unit.dash)) rounded")
    case .png(let dpi):
      let pixels = terminal.format.pixels(width: terminal.width, height: terminal.height)
      write(
        "set terminal pngcairo size \(pixels.width),\(pixels.height) \(font)"
          + " fontscale \(Self.short(Double(dpi) / 96)) linewidth \(Self.short(unit.line))"
          + " dashlength \(Self.short(unit.dash)) pointscale \(Self.short(unit.line)) rounded")
    }
    write("set output \(try Self.quotedFile(output))")
    write("set multiplot")
    write("unset key")
    write("unset colorbox")
  }

  /// The end of the file.
  package mutating func end() {
    write("unset multiplot")
    write("unset output")
  }

  /// Starts a panel whose axes stand around `box`; forgets what the one before put on the page.
  package mutating func panel(_ box: Rectangle) {
    write("unset label; unset arrow; unset object; unset grid; unset xtics; unset ytics")
    write("unset border; unset logscale")
    write("set lmargin at screen \(pageX(box.left))")
    write("set rmargin at screen \(pageX(box.right))")
    write("set bmargin at screen \(pageY(box.bottom))")
    write("set tmargin at screen \(pageY(box.top))")
  }

  /// The ranges of both axes; nothing of them is drawn yet.
  package mutating func scales(x: Scale, y: Scale) {
    let names = (x.isLogarithmic ? "x" : "") + (y.isLogarithmic ? "y" : "")
    if !names.isEmpty { write("set logscale \(names) 10") }
    write("set xrange [\(Self.number(x.lower)):\(Self.number(x.upper))] noextend")
    write("set yrange [\(Self.number(y.lower)):\(Self.number(y.upper))] noextend")
  }

  /// Draws axes with their ticks outside, but no numbers: those are texts.
  package mutating func axes(
    x: Scale, y: Scale, isFramed: Bool, width: Double, color: Colour, tickLength: Double,
    gridX: Bool, gridY: Bool
  ) {
    write("set border \(isFramed ? 15 : 3) lw \(Self.short(width)) lc rgb \"\(color.hex)\"")
    for (name, scale, hasGrid) in [("x", x, gridX), ("y", y, gridY)] where !scale.ticks.isEmpty {
      let marks =
        scale.ticks.map { "\"\" \(Self.number($0.value))" }
        + scale.minorTicks.map { "\"\" \(Self.number($0)) 1" }
      let length = Self.short(tickLength / terminal.format.unit.tick)
      let minor = Self.short(0.6 * tickLength / terminal.format.unit.tick)
      write(
        "set \(name)tics out nomirror scale \(length),\(minor) (\(marks.joined(separator: ", ")))")
      if hasGrid {
        write(
          "set grid \(name)tics back lt 1 lw \(Self.short(0.8 * width)) lc rgb \"\(Colour.hairline.hex)\""
        )
      }
    }
  }

  /// Colours for numbers, as an explicit table: 5.4 has no names for the perceptual maps.
  package mutating func palette(_ key: ColourKey) {
    let last = Double(max(key.map.stops.count - 1, 1))
    let stops = key.map.stops.enumerated().map { index, stop in
      let color = Colour(UInt8(stop.x), UInt8(stop.y), UInt8(stop.z))
      return "\(Self.short(Double(index) / last)) \"\(color.hex)\""
    }
    write("set palette defined (\(stops.joined(separator: ", ")))")
    write("set cbrange [\(Self.number(key.range.lowerBound)):\(Self.number(key.range.upperBound))]")
  }

  /// Writes words on the page, over what the panels show.
  package mutating func add(_ text: Text) {
    var line = "set label \(Self.label(text.text)) at \(place(text.x, text.y))"
    line += " \(text.justification.rawValue)"
    if text.rotation != 0 { line += " rotate by \(Self.short(text.rotation))" }
    let font = (text.isBold ? terminal.font + ":Bold" : "") + "," + Self.short(text.size)
    line += " font \(Self.quoted(font))"
    write(line + " textcolor rgb \"\(text.color.hex)\" front")
  }

  /// Draws a line, an area or a point on the page, as legends need them.
  package mutating func add(_ shape: Shape) {
    switch shape {
    case .line(let from, let to, let width, let dash, let color):
      write(
        "set arrow from \(place(from.0, from.1)) to \(place(to.0, to.1)) nohead"
          + stroke(width: width, dash: dash, color: color) + " front")
    case .rectangle(let area, let fill, let opacity):
      write(
        "set object rectangle from \(place(.page(area.left), .page(area.bottom)))"
          + " to \(place(.page(area.right), .page(area.top)))" + filling(fill, opacity) + " front")
    case .marker(let x, let y, let marker, let size, let color):
      write(
        "set label \"\" at \(place(.page(x), .page(y))) point"
          + pointing(marker, size: size, color: color) + " front")
    }
  }

  /// Draws the panel: `items` from back to front, and everything added since `panel`.
  package mutating func plot(_ items: [Item]) {
    if items.isEmpty {
      // An empty panel still has its axes and texts.
      write("plot NaN notitle")
      return
    }
    let parts = items.map { part($0) }
    write("plot " + parts.joined(separator: ", \\\n     "))
    for item in items {
      switch item {
      case .pixels(let bytes, _): pieces.append(.bytes(bytes))
      case .values(let floats, _): pieces.append(.floats(floats))
      case .lines, .points, .band, .boxes, .arrows, .polygons: continue
      }
    }
  }
}

extension GnuplotScript {
  private func pageX(_ points: Double) -> String { Self.short(points / Double(terminal.width)) }
  private func pageY(_ points: Double) -> String { Self.short(points / Double(terminal.height)) }

  private func place(_ x: Place, _ y: Place) -> String {
    func text(_ place: Place, _ page: (Double) -> String) -> String {
      switch place {
      case .page(let points): "screen \(page(points))"
      case .data(let value): "first \(Self.number(value))"
      case .box(let share): "graph \(Self.short(share))"
      }
    }
    return "\(text(x, pageX)),\(text(y, pageY))"
  }

  private func stroke(width: Double, dash: Dash, color: Colour) -> String {
    let pattern = dash.pattern.map(Self.short).joined(separator: ",")
    return " lw \(Self.short(width)) dt \(pattern.isEmpty ? "solid" : "(\(pattern))")"
      + " lc rgb \"\(color.hex)\""
  }

  private func filling(_ color: Colour, _ opacity: Double) -> String {
    // PostScript has no transparency; there the colour itself becomes lighter.
    if opacity >= 1 || terminal.format == .eps {
      return " fc rgb \"\(color.covering(opacity).hex)\" fs solid 1 noborder"
    }
    return " fc rgb \"\(color.hex)\" fs transparent solid \(Self.short(opacity)) noborder"
  }

  private func pointing(_ marker: Marker, size: Double, color: Colour) -> String {
    let kind =
      switch marker {
      case .automatic, .circle, .dot: 7
      case .square: 5
      case .triangle: 9
      case .diamond: 13
      case .down: 11
      case .ring: 6
      case .box: 4
      case .cross: 2
      case .plus: 1
      }
    // The outline adds its width to the diameter.
    let isOutline = [.ring, .box, .cross, .plus].contains(marker)
    let outline = isOutline ? 0.8 : 0.3
    let scale = max(0, size * marker.weight - outline) / terminal.format.unit.point
    return " pt \(kind) ps \(Self.short(scale)) lw \(Self.short(outline)) lc rgb \"\(color.hex)\""
  }

  /// Writes columns as a named block of data and returns its name.
  private mutating func block(_ columns: [[Double]]) -> String {
    blocks += 1
    let name = "$data\(blocks)"
    let count = columns.map(\.count).min() ?? 0
    let rows = (0..<count).map { row in
      columns.map { Self.number($0[row]) }.joined(separator: " ")
    }
    write("\(name) << EOD\n\(rows.joined(separator: "\n"))\nEOD")
    return name
  }

  private mutating func part(_ item: Item) -> String {
    switch item {
    case .lines(let x, let y, let width, let dash, let color):
      return "\(block([x, y])) using 1:2 with lines"
        + stroke(width: width, dash: dash, color: color)
    case .points(let x, let y, let marker, let size, let color):
      return "\(block([x, y])) using 1:2 with points"
        + pointing(marker, size: size, color: color)
    case .band(let x, let lower, let upper, let color, let opacity):
      return "\(block([x, lower, upper])) using 1:2:3 with filledcurves"
        + filling(color, opacity)
    case .boxes(let left, let right, let bottom, let top, let color, let opacity):
      return "\(block([left, right, bottom, top])) using 1:3:1:2:3:4 with boxxyerror"
        + filling(color, opacity)
    case .arrows(let x, let y, let dx, let dy, let width, let color):
      return "\(block([x, y, dx, dy])) using 1:2:3:4 with vectors head filled size graph 0.02,20"
        + stroke(width: width, dash: .solid, color: color)
    case .polygons(let polygons):
      blocks += 1
      let name = "$data\(blocks)"
      func nine(_ value: Double) -> String { String(format: "%.9g", value) }
      let shapes = polygons.map { polygon in
        let color = polygon.color
        let packed = Int(color.red) << 16 | Int(color.green) << 8 | Int(color.blue)
        return zip(polygon.x, polygon.y).map { "\(nine($0)) \(nine($1)) \(packed)" }
          .joined(separator: "\n")
      }
      write("\(name) << EOD\n\(shapes.joined(separator: "\n\n"))\nEOD")
      return "\(name) using 1:2:3 with filledcurves closed lc rgb variable fs solid 1 noborder"
    case .pixels(_, let grid): return "\(grid.text(format: "%uchar")) with rgbimage"
    case .values(_, let grid): return "\(grid.text(format: "%float32")) with image"
    }
  }
}

extension GnuplotScript.Grid {
  fileprivate func text(format: String) -> String {
    func nine(_ value: Double) -> String { String(format: "%.9g", value) }
    return "\"-\" binary array=(\(columns),\(rows)) origin=(\(nine(x)),\(nine(y)))"
      + " dx=\(nine(dx)) dy=\(nine(dy)) format=\"\(format)\""
  }
}
