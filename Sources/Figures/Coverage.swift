import Foundation

/// Which parts of a panel's box show something, on a raster of two points.
struct Coverage {
  private let box: Rectangle
  private let columns: Int
  private let rows: Int
  private var cells: [Bool]
  private static let step = 2.0

  init(_ panel: Layout.Panel, sketch: [Sketch]) {
    box = panel.box
    columns = max(1, Int((box.width / Self.step).rounded(.up)))
    rows = max(1, Int((box.height / Self.step).rounded(.up)))
    cells = [Bool](repeating: false, count: columns * rows)
    for part in sketch {
      for (_, item) in part.items { add(item, x: panel.x, y: panel.y) }
      for text in part.texts { add(text, panel) }
    }
  }

  /// Whether anything is shown in `area` or within three points of it.
  func touches(_ area: Rectangle) -> Bool {
    let left = Int((area.left - 3 - box.left) / Self.step)
    let right = Int((area.right + 3 - box.left) / Self.step)
    let bottom = Int((area.bottom - 3 - box.bottom) / Self.step)
    let top = Int((area.top + 3 - box.bottom) / Self.step)
    for row in max(0, bottom)...max(0, min(rows - 1, top)) where row < rows {
      for column in max(0, left)...max(0, min(columns - 1, right)) where column < columns {
        if cells[row * columns + column] { return true }
      }
    }
    return false
  }

  private mutating func mark(_ x: Double, _ y: Double) {
    let column = Int((x / Self.step).rounded(.down))
    let row = Int((y / Self.step).rounded(.down))
    if (0..<columns).contains(column), (0..<rows).contains(row) {
      cells[row * columns + column] = true
    }
  }

  /// Points from the box's lower left corner; nil for what is far outside or nowhere.
  private func point(_ x: Double, _ y: Double, _ sx: Scale, _ sy: Scale) -> (Double, Double)? {
    guard let u = sx.place(x), let v = sy.place(y), abs(u) < 20, abs(v) < 20 else { return nil }
    return (u * box.width, v * box.height)
  }

  private mutating func segment(_ a: (Double, Double), _ b: (Double, Double)) {
    let length = hypot(b.0 - a.0, b.1 - a.1)
    let steps = max(1, Int(length / 1.5))
    for index in 0...steps {
      let share = Double(index) / Double(steps)
      mark(a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1))
    }
  }

  private mutating func add(_ item: GnuplotScript.Item, x sx: Scale, y sy: Scale) {
    switch item {
    case .lines(let x, let y, _, _, _):
      let points = zip(x, y).map { point($0, $1, sx, sy) }
      for (a, b) in zip(points, points.dropFirst()) {
        if let a, let b { segment(a, b) }
      }
      for case let p? in points { mark(p.0, p.1) }
    case .points(let x, let y, _, _, _):
      for (x, y) in zip(x, y) {
        if let p = point(x, y, sx, sy) { mark(p.0, p.1) }
      }
    case .band(let x, let lower, let upper, _, _):
      // Upright strokes, also between the given positions.
      let edges = zip(x, zip(lower, upper)).map { x, ends in
        (point(x, ends.0, sx, sy), point(x, ends.1, sx, sy))
      }
      for (a, b) in zip(edges, edges.dropFirst()) {
        guard let al = a.0, let au = a.1, let bl = b.0, let bu = b.1 else { continue }
        let steps = max(1, Int(abs(bl.0 - al.0) / 1.5))
        for index in 0...steps {
          let share = Double(index) / Double(steps)
          let x = al.0 + share * (bl.0 - al.0)
          segment(
            (x, al.1 + share * (bl.1 - al.1)), (x, au.1 + share * (bu.1 - au.1)))
        }
      }
    case .boxes(let left, let right, let bottom, let top, _, _):
      for index in left.indices {
        guard let a = point(left[index], bottom[index], sx, sy),
          let b = point(right[index], top[index], sx, sy)
        else { continue }
        for x in stride(from: min(a.0, b.0), through: max(a.0, b.0), by: 1.5) {
          segment((x, a.1), (x, b.1))
        }
      }
    case .arrows(let x, let y, let dx, let dy, _, _):
      for index in x.indices {
        if let a = point(x[index], y[index], sx, sy),
          let b = point(x[index] + dx[index], y[index] + dy[index], sx, sy)
        {
          segment(a, b)
        }
      }
    case .pixels, .values, .polygons:
      for index in cells.indices { cells[index] = true }
    }
  }

  private mutating func add(_ text: GnuplotScript.Text, _ panel: Layout.Panel) {
    guard case .data(let x) = text.x, case .data(let y) = text.y,
      let p = point(x, y, panel.x, panel.y)
    else { return }
    let width = text.text.width(size: text.size)
    let start =
      switch text.justification {
      case .left: p.0
      case .center: p.0 - width / 2
      case .right: p.0 - width
      }
    for dy in [-text.size / 2, 0, text.size / 2] {
      segment((start, p.1 + dy), (start + width, p.1 + dy))
    }
  }
}
