import Basics
import CKernels
import Images

extension FractalDB {
  package func image(_ c: Int, _ k: Int, size: Int) throws -> Image {
    try check(c, k)
    try FractalDB.check(size: size, isPublished: settings.isPublished)
    if settings.isPublished {
      let geometry = try publishedGeometry(c, row: k / (4 * patterns), size: size)
      return publishedImage(
        geometry, c, row: k / (4 * patterns), pattern: k / 4 % patterns, size: size
      )
      .published(flip: k % 4)
    }
    return try keyedImage(c, k, size: size)
  }

  package func prototype(_ c: Int, size: Int) throws -> Image {
    if settings.isPublished { return try image(c, 2 * patterns * 4, size: size) }
    try check(c)
    try FractalDB.check(size: size, isPublished: false)
    let found = try found(c)
    let random = pictures(c).stream("prototype")
    // A picture that stands for a category is looked at: many points make it smooth.
    let points = settings.points ?? max(20_000, 32 * size * size)
    guard
      let picture = drawn(
        found.maps, found.chances, random, size: size, points: points, floor: 0.12)
    else { throw try ifs(c).escape }
    return picture.image
  }

  package var groupSize: Int { settings.isPublished ? 4 * patterns : 1 }

  /// All patch patterns and flips of one weight row: the geometry is traced once.
  package func images(_ c: Int, group: Int, size: Int) throws -> [Image] {
    guard settings.isPublished else { return [try image(c, group, size: size)] }
    try check(c, group * groupSize)
    try FractalDB.check(size: size, isPublished: true)
    let geometry = try publishedGeometry(c, row: group, size: size)
    return (0..<patterns).flatMap { pattern in
      let picture = publishedImage(geometry, c, row: group, pattern: pattern, size: size)
      return (0..<4).map { picture.published(flip: $0) }
    }
  }

  private static func check(size: Int, isPublished: Bool) throws {
    let least = isPublished ? 16 : 1
    guard (least...1 << 14).contains(size) else {
      throw Problem(
        "range", "pictures of \(size)×\(size) pixels",
        notes: ["a side has \(least) to 16384 pixels"])
    }
  }

  // MARK: as published

  /// The pixels that the points of an orbit fall on, in order.
  struct Geometry {
    var column: [UInt16]
    var row: [UInt16]
  }

  /// The orbit of category `c` with weight row `row`.
  func publishedGeometry(_ c: Int, row: Int, size: Int) throws -> Geometry {
    let found = try found(c)
    let wanted = settings.points ?? 200_000
    let maps = found.maps.map { $0.scaled(by: weights.rows[row]) }
    var x = [Double](repeating: 0, count: wanted)
    var y = x
    let count = PublishedOrbit.trace(
      maps, found.chances, choices(wanted), count: wanted, x: &x, y: &y)
    var geometry = Geometry(
      column: [UInt16](repeating: 0, count: count), row: [UInt16](repeating: 0, count: count))
    ck_published_pixels(&x, count, Int32(size), 6, &geometry.column)
    ck_published_pixels(&y, count, Int32(size), 6, &geometry.row)
    return geometry
  }

  /// The picture before it is mirrored: one channel when gray.
  func publishedImage(_ geometry: Geometry, _ c: Int, row: Int, pattern: Int, size: Int) -> Image {
    let colours: [UInt8] = settings.isColoured ? HueTable.published : [127, 127, 127]
    let count = geometry.column.count
    var rgb = [UInt8](repeating: 0, count: size * size * 3)
    switch mark {
    case .density, .point:
      ck_draw_points(
        geometry.column, geometry.row, count, colours, Int32(colours.count / 3), Int32(size),
        Int32(size), &rgb)
    case .patch:
      var twister = MersenneTwister(python: settings.patchSeed ?? patchSeed(c, row, pattern))
      let number = settings.hasMaskPerImage ? 1 : count
      var masks = [UInt16](repeating: 0, count: max(1, number))
      ck_published_masks(&twister.state, number, &masks)
      ck_draw_patches(
        geometry.column, geometry.row, count, masks, settings.hasMaskPerImage ? 0 : 1, colours,
        Int32(colours.count / 3), Int32(size), Int32(size), &rgb)
    }
    let image = Image(width: size, height: size, channels: 3, bytes: rgb)
    return settings.isColoured ? image : image.firstChannel()
  }

  /// The released program seeds nothing here; a picture's own seed makes it repeatable.
  private func patchSeed(_ c: Int, _ row: Int, _ pattern: Int) -> UInt64 {
    var source = RandomSource(seed: settings.seed).stream("patches", c).stream("row", row)
      .stream("pattern", pattern)
    return source.next() & 0xffff_ffff
  }

  // MARK: by keyed streams

  /// The streams of category `c`'s pictures.
  private func pictures(_ c: Int) -> RandomSource {
    RandomSource(seed: settings.seed).stream("fractaldb pictures", c)
  }

  /// Picture `k`: weight row k mod 25 and a small change of every coefficient on top, flipped by
  /// k / 25 mod 4, with an orbit of its own.
  private func keyedImage(_ c: Int, _ k: Int, size: Int) throws -> Image {
    let found = try found(c)
    let random = pictures(c).stream("instance", k)
    let row = weights.rows[k % weights.rows.count]
    var jitter = random.stream("jitter")
    let amplitude = settings.vary / 8
    let changes = found.maps.map { _ in
      row.map { $0 * (1 + jitter.uniform(-amplitude, amplitude)) - 1 }
    }
    let flip = k / weights.rows.count % 4
    let skips = settings.skipsDegenerate ?? true
    for attempt in 0..<7 {
      // Half the change at each attempt: what ran away or collapsed comes nearer to the category.
      let share = 1 / Double(1 << attempt)
      let maps = zip(found.maps, changes).map { map, change in
        map.scaled(by: change.map { 1 + share * $0 })
      }
      guard let picture = drawn(maps, found.chances, random, size: size) else {
        if skips { continue }
        return Image(
          width: size, height: size, channels: isColoured ? 3 : 1,
          floats: [Float](repeating: 0, count: size * size * (isColoured ? 3 : 1)))
      }
      if !skips || picture.lit * 25 >= size * size { return picture.image.flipped(flip) }
    }
    guard let picture = drawn(found.maps, found.chances, random, size: size) else {
      throw try ifs(c).escape
    }
    return picture.image.flipped(flip)
  }

  /// The attractor stretched to the whole picture but a margin, and how many pixels it visits;
  /// `nil` when the orbit runs away.
  private func drawn(
    _ maps: [AffineMap2D], _ chances: [Double], _ random: RandomSource, size: Int,
    points: Int? = nil, floor: Double = 0.3
  ) -> (image: Image, lit: Int)? {
    let lanes = Int(CK_CHAINS)
    let points = points ?? settings.points ?? max(2000, 4 * size * size)
    let count = (points + lanes - 1) / lanes * lanes
    let kernels = maps.map(\.kernel)
    let alias = AliasTable(chances).entries
    var orbit = Orbit()
    orbit.y = [Double](repeating: 0, count: count)
    orbit.x = [Double](unsafeUninitializedCapacity: count) { x, filled in
      guard let x = x.baseAddress else { return }
      var chains = ck_chains()
      let number = Int32(maps.count)
      ck_chains_start2(&chains, random.first("orbit"), kernels, alias, number, Int32(IFS.warmUp))
      ck_chains_run2(&chains, kernels, alias, number, count, x, &orbit.y)
      filled = count
    }
    guard let box = orbit.box,
      zip(box.low, box.high).allSatisfy({ -$0 < IFS.horizon && $1 < IFS.horizon })
    else { return nil }
    let margin = max(mark == .patch ? 1 : 0, Double(size) * 6 / 362)
    let view = Viewport(box, width: size, height: size, margin: margin, keepsAspect: false)
    var hits = [UInt32](repeating: 0, count: size * size)
    view.count(orbit, into: &hits)
    let lit = Int(ck_visited(hits, hits.count))
    if mark == .density, !isColoured {
      let image = Image(
        width: size, height: size, channels: 1, floats: Tone.logarithmic(hits, floor: floor))
      return (image, lit)
    }
    let colours = isColoured ? HueTable.bright : [255]
    let channels = isColoured ? 3 : 1
    var bytes = [UInt8](repeating: 0, count: size * size * channels)
    let cells = view.cells(orbit)
    ck_paint(
      cells, count, Int32(size), Int32(size), 0, mark == .patch ? 1 : 0, random.first("patches"),
      colours, Int32(channels), Int32(colours.count / channels), &bytes)
    let image = Image(width: size, height: size, channels: channels, bytes: bytes).asFloats()
    return (image, lit)
  }
}

extension Image {
  /// The published flips: pictures are mirrored once so that y points up, then as numbered.
  fileprivate func published(flip: Int) -> Image { flippedTopBottom().flipped(flip) }

  /// 0 as it is, 1 top to bottom, 2 left to right, 3 both.
  fileprivate func flipped(_ flip: Int) -> Image {
    switch flip {
    case 1: flippedTopBottom()
    case 2: flippedLeftRight()
    case 3: rotated(quarters: 2)
    default: self
    }
  }

  /// The first channel alone: for gray pictures that were drawn with three.
  fileprivate func firstChannel() -> Image {
    let values = bytes
    let count = width * height
    let first = [UInt8](unsafeUninitializedCapacity: count) { out, filled in
      for i in 0..<count { out[i] = values[channels * i] }
      filled = count
    }
    return Image(width: width, height: height, channels: 1, bytes: first)
  }
}
