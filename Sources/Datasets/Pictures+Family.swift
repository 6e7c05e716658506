import Basics
import Images
import Rendering

extension Pictures {
  /// Some pictures of every category of a family, drawn when asked for.
  ///
  /// Sample `c * per + k` is picture `k` of category `c`, whose label is `c`.
  ///
  /// - Parameters:
  ///   - per: pictures of each category in one epoch.
  ///   - size: side of a picture in pixels.
  ///   - vary: strength of the variation within a category; nil leaves the family's own.
  ///   - isFresh: whether every epoch shows the next pictures of each category, until the family
  ///     has no more and begins again.
  package init(
    _ family: any Family, per: Int, size: Int, vary: Double? = nil, isFresh: Bool = false,
    isParallel: Bool = true, interruption: Interruption? = nil
  ) throws {
    guard (1...family.instances).contains(per) else {
      throw Problem(
        "range", "cannot draw \(per) pictures of each category",
        notes: ["the family has \(family.instances) of each"])
    }
    guard (1...4096).contains(size) else {
      throw Problem("range", "`size` is \(size)", notes: ["pictures have 1 to 4096 pixels a side"])
    }
    let (count, overflow) = family.categories.multipliedReportingOverflow(by: per)
    guard !overflow, count <= 1 << 32 else {
      throw Problem("range", "\(family.categories) categories of \(per) pictures are too many")
    }
    let family = try vary.map(family.varied) ?? family
    try family.prepare(family.categories, interruption: interruption) { _, _ in }
    let instances = family.instances
    self.init(
      labels: (0..<count).map { $0 / per }, classes: family.categories, classNames: nil,
      sampleShape: [family.isColoured ? 3 : 1, size, size], isFresh: isFresh,
      isParallel: isParallel
    ) { index, epoch in
      try interruption?.check()
      let instance = (epoch % instances * per + index % per) % instances
      return try family.image(index / per, instance, size: size)
    }
  }
}
