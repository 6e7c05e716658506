import Basics
import CKernels
import Foundation
import Images
import Testing

@testable import Rendering

/// Barnsley's fern.
private let fern = try! IFS(rows: [
  [0, 0, 0, 0.16, 0, 0, 0.01], [0.85, 0.04, -0.04, 0.85, 0, 1.60, 0.85],
  [0.20, -0.26, 0.23, 0.22, 0, 1.60, 0.07], [-0.15, 0.28, 0.26, 0.24, 0, 0.44, 0.07],
])
private let triangle = try! IFS(rows: [
  [0.5, 0, 0, 0.5, 0, 0], [0.5, 0, 0, 0.5, 0.5, 0], [0.5, 0, 0, 0.5, 0, 0.5],
])

/// z / 2 + shift, as a map that is not a table.
private func half(_ dx: Double, _ dy: Double) -> PlaneMap {
  PlaneMap("z/2 + \(dx) + \(dy)im") { x, y in
    for i in x.indices {
      x[i] = x[i] / 2 + dx
      y[i] = y[i] / 2 + dy
    }
  }
}

@Suite("Iterated function systems")
struct IFSTests {
  @Test("take their sort and chances from the table")
  func tables() throws {
    #expect(fern.count == 4 && fern.dimensions == 2)
    #expect(fern.chances == [0.01, 0.85, 0.07, 0.07])
    #expect(triangle.chances.allSatisfy { abs($0 - 1.0 / 3) < 1e-15 })
    let flat = try IFS(rows: [[0, 0, 0, 0.16, 0, 0], [0.5, 0, 0, 0.5, 0, 0]])
    #expect(abs(flat.chances[0] - 0.01 / 1.01) < 1e-15)
    let cube = try IFS(rows: [[Double]](repeating: [Double](repeating: 0.1, count: 13), count: 2))
    #expect(cube.dimensions == 3 && cube.chances == [0.5, 0.5])
    #expect(fern.rows?[1] == [0.85, 0.04, -0.04, 0.85, 0, 1.6, 0.85])
  }

  @Test(
    "refuse tables that make no sense, with the reason",
    arguments: [
      ([[1.0, 2]], "shape"), ([], "empty"),
      ([[0, 0, 0, 0, 0, 0], [1, 2, 3, 4, 5, 6, 7]], "shape"),
      ([[0.5, 0, 0, .nan, 0, 0]], "nan"), ([[0.5, 0, 0, 0.5, 0, 0, -1]], "range"),
      ([[0.5, 0, 0, 0.5, 0, 0, 0]], "range"),
    ])
  func refusals(_ rows: [[Double]], _ slug: String) {
    #expect { try IFS(rows: rows) } throws: { ($0 as? Problem)?.slug == slug }
  }

  @Test("stretch by their larger singular value")
  func stretches() {
    #expect(abs(AffineMap2D(0.85, 0.74, -0.74, 0.85, 0, 1.6).stretch - 1.1270) < 1e-4)
    #expect(AffineMap2D(3, 0, 0, -2, 0, 0).stretch == 3)
    let turn = AffineMap3D([0, -2, 0, 2, 0, 0, 0, 0, 1, 5, 5, 5])
    #expect(abs(turn.stretch - 2) < 1e-12)
    let shear = AffineMap3D([1, 1, 0, 0, 1, 0, 0, 0, 0.1, 0, 0, 0])
    #expect(abs(shear.stretch - (1 + 5.0.squareRoot()) / 2) < 1e-12)
  }

  @Test("have the box, contraction and dimension that geometry gives")
  func measures() throws {
    let box = try triangle.box()
    #expect(abs(box.low[0]) < 1e-3 && abs(box.high[0] - 1) < 1e-3)
    #expect(abs(try triangle.contraction() - 0.5) < 1e-9)
    #expect(abs(try triangle.dimension(points: 400_000) - 1.585) < 0.04)
    let square = try IFS(
      rows: [[0.0, 0], [0.5, 0], [0, 0.5], [0.5, 0.5]].map { [0.5, 0, 0, 0.5] + $0 })
    #expect(try square.filling(size: 32) > 0.9)
    #expect(abs(try square.dimension(points: 400_000) - 2) < 0.05)
    #expect(try fern.contraction() < 0.9)
    #expect(try (0.2...0.6).contains(fern.filling()))
  }

  @Test("that run away are named with the map to blame and a way out")
  func escapes() throws {
    let wild = try IFS(rows: [
      [0, 0, 0, 0.16, 0, 0, 0.05], [0.85, 0.74, -0.74, 0.85, 0, 1.6, 0.95],
    ])
    #expect { try wild.rendered() } throws: { error in
      let problem = error as? Problem
      return problem?.slug == "escapes" && problem?.notes.first?.contains("1.127") == true
        && problem?.notes.first?.contains("95 %") == true
    }
    #expect(try wild.filling() == 0)
    let spiral = try IFS(rows: [[0.85, 0.74, -0.74, 0.85, 0, 1.6]])
    #expect(abs(try spiral.contraction() - 1.127) < 1e-3)
    let free = try IFS(
      .free([
        PlaneMap("2z + 1") { x, y in
          for i in x.indices {
            x[i] = 2 * x[i] + 1
            y[i] *= 2
          }
        }
      ]))
    #expect { try free.rendered() } throws: { ($0 as? Problem)?.slug == "escapes" }
  }

  @Test("draw the same set from a table and from maps")
  func freeMaps() throws {
    let free = try IFS(.free([half(0, 0), half(0.5, 0), half(0, 0.5)]))
    var drawing = Drawing(size: 64)
    drawing.mark = .point
    drawing.points = 100_000
    let left = try triangle.rendered(drawing)
    let right = try free.rendered(drawing)
    let apart = try #require(Comparison(left, right))
    #expect(Double(apart.differing) < 0.02 * Double(apart.count))
    #expect(abs(try free.contraction() - 0.5) < 1e-6)
  }

  @Test("choose maps as often as their chances say")
  func chances() {
    let alias = AliasTable([1, 2, 0, 5])
    var counts = [0, 0, 0, 0]
    for i in 0..<80_000 { counts[alias.choice(UInt32(ck_splitmix(1, UInt64(i)) >> 32))] += 1 }
    #expect(counts[2] == 0)
    for (count, wanted) in zip(counts, [10_000, 20_000, 0, 50_000]) {
      #expect(abs(count - wanted) < 600)
    }
    let one = AliasTable([0.3])
    #expect(one.choice(0) == 0 && one.choice(.max) == 0)
  }

  @Test("have the same bytes for the same key, also when drawn in pieces")
  func determinism() throws {
    var drawing = Drawing(size: 48)
    for mark in Drawing.Mark.allCases {
      drawing.mark = mark
      for isColoured in [false, true] {
        drawing.isColoured = isColoured
        #expect(try fern.rendered(drawing) == fern.rendered(drawing))
        #expect(try fern.rendered(drawing, key: 1) != fern.rendered(drawing, key: 2))
      }
    }
    drawing = Drawing(size: 64)
    drawing.points = 600_000
    let whole = try fern.rendered(drawing)
    #expect(try fern.rendered(drawing) == whole)
    #expect(whole.bytes.contains(255))
    #expect(
      ContentHash(whole.bytes).hex
        == "331eb5e5b1369137e759045785e9f5025f0af6abd4aed8f0ae54e77aa1db4379")
  }

  @Test("stand upright, keep their proportions and stay inside")
  func orientation() throws {
    // A short horizontal line low down and a point high up.
    let ifs = try IFS(rows: [
      [0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 1, 0, 1], [0, 0, 0, 0, 0, 4, 1],
    ])
    var drawing = Drawing(size: 50)
    drawing.mark = .point
    drawing.points = 1000
    drawing.margin = 0
    let image = try ifs.rendered(drawing)
    let lit = (0..<2500).filter { image.bytes[$0] > 0 }
    #expect(lit.count == 3)
    let rows = lit.map { $0 / 50 }
    let columns = lit.map { $0 % 50 }
    #expect(rows == [0, 49, 49])
    #expect(columns[0] == columns[1] && abs(columns[2] - columns[1] - 12) <= 1)
    drawing.keepsAspect = false
    let wide = try ifs.rendered(drawing)
    #expect(wide.bytes[49 * 50] > 0 && wide.bytes[49 * 50 + 49] > 0)
    let dot = try IFS(rows: [[0, 0, 0, 0, 3, 3]]).rendered(drawing)
    #expect(dot.bytes.filter { $0 > 0 }.count == 1)
    #expect(throws: Problem.self) { try fern.rendered(Drawing(size: 0)) }
  }

  @Test("of space are drawn from a direction")
  func space() throws {
    let corners = [[0.0, 0, 0], [0.5, 0, 0], [0, 0.5, 0], [0, 0, 0.5]]
    let ifs = try IFS(rows: corners.map { [0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5] + $0 })
    var drawing = Drawing(size: 64)
    let image = try ifs.rendered(drawing)
    drawing.azimuth = 120
    #expect(try ifs.rendered(drawing) != image)
    #expect(image.bytes.filter { $0 > 0 }.count > 400)
    #expect(abs(try ifs.contraction() - 0.5) < 1e-9)
  }
}
