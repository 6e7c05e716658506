import Basics
import CKernels
import Images

/// FractalDB: a category is an iterated function system of affine maps, an instance a variation of
/// its coefficients (Kataoka et al., "Pre-training without natural images", ACCV 2020).
///
/// With `isPublished` everything is drawn as the released program draws it, from its generators in
/// its order. Otherwise each candidate and each picture has a stream of its own.
package struct FractalDB: Family {
  package static let name = "fractaldb"

  /// Everything that decides the pictures.
  package struct Settings: Sendable, Equatable {
    package var categories = 1000
    package var seed: UInt64 = 1
    package var isPublished = false
    package var rule = CategoryRule()
    /// The step between weight factors: how much an instance's coefficients differ.
    package var vary = 0.4
    /// What a point leaves behind; `nil` takes `patch` when published, else `density`.
    package var mark: Drawing.Mark?
    package var isColoured = false
    /// One random mask for all points of a picture, an older variant of the published program.
    package var hasMaskPerImage = false
    /// Points of an orbit; `nil` takes 200,000 when published, else four to a pixel.
    package var points: Int?
    /// Different patch patterns of one geometry (published layout).
    package var patterns = 10
    /// Pictures of a category in the default layout.
    package var instances = 1000
    /// Draws nearly empty pictures again with half the variation; `nil` does unless published.
    package var skipsDegenerate: Bool?
    /// Seeds Python's generator with this before each published picture, as the reference values
    /// do; `nil` gives each picture a seed of its own.
    package var patchSeed: UInt64?

    package init() {}
  }

  package let settings: Settings
  package let weights: WeightTable
  private let search: CategorySearch

  package init(_ settings: Settings) throws {
    guard settings.categories > 0 else {
      throw Problem(
        "range", "`categories` is \(settings.categories)",
        notes: ["a database has at least 1 category"])
    }
    guard settings.patterns > 0, settings.instances > 0 else {
      throw Problem("range", "a category needs at least one picture")
    }
    let rule = settings.rule
    guard rule.maps.lowerBound >= 2, rule.maps.upperBound <= 64 else {
      throw Problem(
        "range", "categories of \(rule.maps.lowerBound) to \(rule.maps.upperBound) maps",
        notes: ["an IFS of a database has 2 to 64 maps"])
    }
    guard rule.range > 0, rule.range <= 10 else {
      throw Problem(
        "range", "coefficients in ±\(NumberText.short(rule.range))", suggestions: ["range = 1"])
    }
    guard rule.threshold >= 0, rule.threshold <= 0.35 else {
      throw Problem(
        "range", "a filling threshold of \(NumberText.short(rule.threshold))",
        notes: ["100000 points cannot visit more than about 0.35 of the cells"],
        suggestions: ["threshold = 0.2"])
    }
    if settings.isPublished {
      guard settings.seed <= UInt64(UInt32.max) else {
        throw Problem("range", "the published generator takes seeds below 2^32")
      }
      if settings.mark == .density {
        throw Problem(
          "choice", "the published program draws points or patches, not densities",
          suggestions: ["draw = \"patch\"", "draw = \"point\""])
      }
    }
    if let points = settings.points, points < 100 || points > 100_000_000 {
      throw Problem("range", "\(points) points a picture", suggestions: ["points = 200_000"])
    }
    self.settings = settings
    weights = try WeightTable(step: settings.vary)
    search = CategorySearch(
      rule: settings.rule, seed: settings.seed, isPublished: settings.isPublished)
  }

  private init(_ settings: Settings, search: CategorySearch) throws {
    self.settings = settings
    weights = try WeightTable(step: settings.vary)
    self.search = search
  }

  /// The mark in effect.
  package var mark: Drawing.Mark { settings.mark ?? (settings.isPublished ? .patch : .density) }

  /// Pictures of one geometry in the published layout: point pictures have one.
  var patterns: Int { mark == .patch ? settings.patterns : 1 }

  package var categories: Int { settings.categories }
  package var instances: Int {
    settings.isPublished ? weights.rows.count * patterns * 4 : settings.instances
  }
  package var isColoured: Bool { settings.isColoured }
  package var storesColour: Bool { settings.isColoured || settings.isPublished }

  /// Category `c`: its maps and how it was found.
  package func found(_ c: Int) throws -> FoundCategory {
    try check(c)
    return try search.category(c)
  }

  /// Category `c` as an IFS with the chances of its table.
  package func ifs(_ c: Int) throws -> IFS {
    let found = try found(c)
    return try IFS(.plane(found.maps), weights: found.chances)
  }

  /// The numbers that choose the maps of every published picture.
  func choices(_ count: Int) -> [Double] { search.publishedChoices(count) }

  package func parameters(_ c: Int) throws -> [[Double]] { try found(c).rows }

  package func prepare(_ count: Int, interruption: Interruption?, progress: (Int, Int) -> Void)
    throws
  {
    try search.prepare(min(count, categories), interruption: interruption, progress: progress)
  }

  /// The same categories with another step between the weights.
  package func varied(_ strength: Double) throws -> any Family {
    var changed = settings
    changed.vary = strength
    return try FractalDB(changed, search: search)
  }

  package var recipe: String {
    let plain = Settings()
    let s = settings
    var parts = ["categories = \(s.categories)", "seed = \(s.seed)"]
    if s.instances != plain.instances { parts.append("instances = \(s.instances)") }
    if s.isPublished { parts.append("published = true") }
    if s.rule.maps != plain.rule.maps {
      parts.append("least = \(s.rule.maps.lowerBound), most = \(s.rule.maps.upperBound)")
    }
    if s.rule.range != plain.rule.range { parts.append("range = \(s.rule.range)") }
    if s.rule.threshold != plain.rule.threshold { parts.append("threshold = \(s.rule.threshold)") }
    if s.rule.points != plain.rule.points { parts.append("search_points = \(s.rule.points)") }
    if s.rule.gridSize != plain.rule.gridSize { parts.append("search_size = \(s.rule.gridSize)") }
    parts.append("vary = \(s.vary)")
    parts.append("draw = \"\(mark.rawValue)\"")
    if s.isColoured { parts.append("color = true") }
    if s.hasMaskPerImage { parts.append("mask_per_image = true") }
    if let points = s.points { parts.append("points = \(points)") }
    if s.isPublished, s.patterns != plain.patterns { parts.append("patterns = \(s.patterns)") }
    if let skips = s.skipsDegenerate { parts.append("skip_degenerate = \(skips)") }
    if let seed = s.patchSeed { parts.append("patch_seed = \(seed)") }
    return "fractaldb(\(parts.joined(separator: ", ")))"
  }
}
