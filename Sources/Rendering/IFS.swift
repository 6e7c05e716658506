import Basics
import CKernels

/// A map of the plane that is not a table row: it moves many points at once.
package struct PlaneMap: Sendable {
  /// What a user sees for it.
  package let text: String
  /// Replaces each point (x[i], y[i]) by its image.
  package let move: @Sendable (_ x: inout [Double], _ y: inout [Double]) throws -> Void

  package init(
    _ text: String, move: @escaping @Sendable (inout [Double], inout [Double]) throws -> Void
  ) {
    self.text = text
    self.move = move
  }
}

/// An iterated function system: maps and how often each is chosen.
///
/// Its picture is the attractor, the set of points that an orbit under randomly chosen maps visits
/// (Barnsley, "Fractals everywhere", 1988).
package struct IFS: Sendable {
  /// Maps of one sort.
  package enum Maps: Sendable {
    case plane([AffineMap2D])
    case space([AffineMap3D])
    case free([PlaneMap])
  }

  package let maps: Maps
  /// The chance of each map; they sum to one.
  package let chances: [Double]
  let alias: AliasTable
  /// Where each row was written, if the program wrote a table.
  package var places: [Place] = []

  /// - Parameter weights: relative chances; `nil` takes them from the areas (volumes) that the
  ///   maps leave of the unit square (cube), at least a hundredth of the largest so that no map is
  ///   lost, or equal ones for maps that are not affine.
  package init(_ maps: Maps, weights: [Double]? = nil) throws {
    let count = IFS.count(maps)
    guard count > 0 else { throw Problem("empty", "an IFS needs at least one map") }
    guard count <= Int(CK_MOST_MAPS) else {
      throw Problem("range", "an IFS of \(count) maps", notes: ["\(CK_MOST_MAPS) are the most"])
    }
    let coefficients: [[Double]] =
      switch maps {
      case .plane(let list): list.map(\.coefficients)
      case .space(let list): list.map(\.coefficients)
      case .free: []
      }
    for (row, values) in coefficients.enumerated() {
      guard values.allSatisfy(\.isFinite) else {
        throw Problem("nan", "row \(row) of the IFS holds a value that is not finite")
      }
    }
    let weights = weights ?? IFS.naturalWeights(maps)
    guard weights.count == count else {
      throw Problem(
        "shape", "\(count) maps but \(weights.count) weights", notes: ["each map has one weight"])
    }
    if let bad = weights.first(where: { !($0 >= 0) || !$0.isFinite }) {
      throw Problem(
        "range", "a weight of \(NumberText.short(bad))", notes: ["weights are not negative"])
    }
    let total = weights.reduce(0, +)
    guard total > 0 else { throw Problem("range", "every weight of the IFS is zero") }
    self.maps = maps
    chances = weights.map { $0 / total }
    alias = AliasTable(weights)
  }

  /// From a table as in the literature: rows of 6 (a b c d e f) or 7 (and p) numbers are maps of
  /// the plane, rows of 12 (a ... l) or 13 (and p) maps of space.
  package init(rows: [[Double]], places: [Place] = []) throws {
    guard let width = rows.first?.count else {
      throw Problem("empty", "an IFS needs at least one row")
    }
    guard rows.allSatisfy({ $0.count == width }) else {
      throw Problem("shape", "the rows of an IFS have one length")
    }
    switch width {
    case 6: try self.init(.plane(rows.map { AffineMap2D($0) }))
    case 7:
      try self.init(.plane(rows.map { AffineMap2D($0.prefix(6)) }), weights: rows.map { $0[6] })
    case 12: try self.init(.space(rows.map { AffineMap3D($0) }))
    case 13:
      try self.init(.space(rows.map { AffineMap3D($0.prefix(12)) }), weights: rows.map { $0[12] })
    default:
      throw Problem(
        "shape", "rows of \(width) numbers make no IFS",
        notes: [
          "a map of the plane has 6 (a b c d e f) or 7 with its chance,",
          "a map of space 12 (a … l) or 13",
        ])
    }
    self.places = places
  }

  /// How many maps there are.
  package var count: Int { chances.count }

  /// 2 for the plane, 3 for space.
  package var dimensions: Int {
    if case .space = maps { return 3 }
    return 2
  }

  /// The table with its chances, or `nil` for maps that are not affine.
  package var rows: [[Double]]? {
    switch maps {
    case .plane(let list): zip(list, chances).map { $0.coefficients + [$1] }
    case .space(let list): zip(list, chances).map { $0.coefficients + [$1] }
    case .free: nil
    }
  }

  private static func count(_ maps: Maps) -> Int {
    switch maps {
    case .plane(let list): list.count
    case .space(let list): list.count
    case .free(let list): list.count
    }
  }

  private static func naturalWeights(_ maps: Maps) -> [Double] {
    let sizes: [Double] =
      switch maps {
      case .plane(let list): list.map { abs($0.determinant) }
      case .space(let list): list.map { abs($0.determinant) }
      case .free(let list): list.map { _ in 1 }
      }
    guard let largest = sizes.max(), largest > 0 else { return sizes.map { _ in 1 } }
    return sizes.map { max($0, 0.01 * largest) }
  }
}

extension IFS: CustomStringConvertible {
  /// "IFS: 4 maps of the plane".
  package var description: String {
    "IFS: \(count) \(count == 1 ? "map" : "maps") of \(dimensions == 2 ? "the plane" : "space")"
  }
}
