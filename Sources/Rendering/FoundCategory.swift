import Basics
import CKernels
import Foundation

/// The maps that a search accepted as a category.
package struct FoundCategory: Sendable, Equatable {
  /// Which candidate it was, counted from 0.
  package let candidate: Int
  package let maps: [AffineMap2D]
  /// The chance of each map, its share of the sum of |determinants|.
  package let chances: [Double]
  /// Pixels that the orbit marked.
  package let marked: Int

  /// Rows a b c d e f p.
  package var rows: [[Double]] { zip(maps, chances).map { $0.coefficients + [$1] } }

  /// The published file: one row a map, `%.18e`, no header.
  package var csv: String {
    rows.map { row in row.map { String(format: "%.18e", $0) }.joined(separator: ",") + "\n" }
      .joined()
  }
}

/// When random maps are good enough to be a category.
///
/// An orbit, its box stretched to a square grid less a margin, must visit at least a given share
/// of the cells (Kataoka et al., "Pre-training without natural images", 2021).
package struct CategoryRule: Sendable, Equatable {
  package var maps: ClosedRange<Int> = 2...7
  /// Coefficients lie in -range..<range.
  package var range = 1.0
  /// The share of cells.
  package var threshold = 0.2
  package var gridSize = 512
  package var points = 100_000

  /// Free cells on each side.
  var pad: Int { gridSize * 6 / 512 }

  /// Candidate `index` of a stream, if it is accepted. A function of its arguments alone.
  ///
  /// The first eighth of the orbit must visit nine tenths of an eighth of the cells: new cells
  /// become rarer along an orbit, so what fails this early fails in the end, at an eighth the cost.
  func candidate(_ index: Int, of random: RandomSource, scratch: inout SearchScratch)
    -> FoundCategory?
  {
    var draws = random.stream("candidate", index)
    let count = maps.lowerBound + draws.below(maps.count)
    let list = (0..<count).map { _ in
      AffineMap2D((0..<6).map { _ in draws.uniform(-range, range) })
    }
    let areas = list.map { abs($0.determinant) }
    let total = areas.reduce(0, +)
    guard total > 0 else { return nil }
    let alias = AliasTable(areas)
    let kernels = list.map(\.kernel)
    var chains = ck_chains()
    ck_chains_start2(
      &chains, draws.next(), kernels, alias.entries, Int32(count), Int32(IFS.warmUp))
    let lanes = Int(CK_CHAINS)
    let pilot = points / 8 / lanes * lanes
    let needed = threshold * Double(gridSize * gridSize)
    var done = 0
    for (end, share) in [(pilot, 0.9 * Double(pilot) / Double(points)), (points, 1)] {
      let part = (end - done + lanes - 1) / lanes * lanes
      scratch.x.withUnsafeMutableBufferPointer { x in
        scratch.y.withUnsafeMutableBufferPointer { y in
          guard let x = x.baseAddress, let y = y.baseAddress else { return }
          ck_chains_run2(
            &chains, kernels, alias.entries, Int32(count), part, x + done, y + done)
        }
      }
      done = end
      guard let marked = scratch.marked(done, gridSize, pad, keepsPoints: done < points) else {
        return nil
      }
      guard Double(marked) >= share * needed else { return nil }
      if done == points {
        return FoundCategory(
          candidate: index, maps: list, chances: areas.map { $0 / total }, marked: marked)
      }
    }
    return nil
  }

  /// The first accepted candidate of a stream.
  func first(_ random: RandomSource) throws -> FoundCategory {
    var scratch = SearchScratch(self)
    for index in 0..<200_000 {
      if let found = candidate(index, of: random, scratch: &scratch) { return found }
    }
    throw CategoryRule.hopeless(200_000)
  }

  static func hopeless(_ candidates: Int) -> Problem {
    Problem(
      "search", "none of the last \(candidates) candidates fills enough of its box",
      notes: ["about 1 of 43 is accepted at threshold = 0.2 and range = 1"],
      suggestions: ["lower the threshold"])
  }
}

/// Buffers that candidates are tried in, one set a thread.
struct SearchScratch {
  var x: [Double]
  var y: [Double]
  private var copyX: [Double] = []
  private var copyY: [Double] = []
  private var column: [UInt16]
  private var row: [UInt16]
  private var bitmap: [UInt8]

  init(_ rule: CategoryRule) {
    let count = rule.points + Int(CK_CHAINS)
    x = [Double](repeating: 0, count: count)
    y = x
    column = [UInt16](repeating: 0, count: count)
    row = column
    bitmap = [UInt8](repeating: 0, count: rule.gridSize * rule.gridSize)
  }

  /// Cells that the first `count` points mark in a grid, as the published renderer scales them;
  /// `nil` when a point is not finite. Moves the points unless they are kept.
  mutating func marked(_ count: Int, _ size: Int, _ pad: Int, keepsPoints: Bool = false) -> Int? {
    for values in [x, y] {
      let last = values[count - 1]
      guard last.isFinite else { return nil }
    }
    if keepsPoints {
      copyX = Array(x[..<count])
      copyY = Array(y[..<count])
      let (low, high) = Orbit.range(copyX)
      let (low2, high2) = Orbit.range(copyY)
      guard (high - low).isFinite, (high2 - low2).isFinite else { return nil }
      ck_published_pixels(&copyX, count, Int32(size), Int32(pad), &column)
      ck_published_pixels(&copyY, count, Int32(size), Int32(pad), &row)
    } else {
      ck_published_pixels(&x, count, Int32(size), Int32(pad), &column)
      ck_published_pixels(&y, count, Int32(size), Int32(pad), &row)
    }
    _ = bitmap.withUnsafeMutableBytes { $0.initializeMemory(as: UInt8.self, repeating: 0) }
    return ck_mark(column, row, count, Int32(size), Int32(size), &bitmap)
  }
}
