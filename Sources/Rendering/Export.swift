import Basics
import Images
import Synchronization

/// A family as a folder of class folders of PNG files.
package struct Export: Sendable {
  package let family: any Family
  private let folder: String
  private let files: FileAccess
  package let size: Int
  /// Pictures of each category; the first of its instances.
  package let per: Int
  package let effort: PNGFile.Effort

  /// What a run did.
  package struct Report: Sendable, Equatable {
    /// Pictures drawn and written.
    package var written = 0
    /// Pictures that were there already, right and whole.
    package var kept = 0
  }

  /// What a comparison with the recipe found.
  package struct Verification: Sendable, Equatable {
    /// Pictures equal to the recipe, sample by sample.
    package var equal = 0
    /// Paths that are missing.
    package var missing: [String] = []
    /// Paths that differ, or are no pictures.
    package var different: [String] = []
    /// Whether the folder is what the recipe says.
    package var isRight: Bool { missing.isEmpty && different.isEmpty }
  }

  /// - Parameter per: `nil` takes every instance.
  package init(
    _ family: any Family, to folder: String, files: FileAccess, size: Int, per: Int? = nil,
    effort: PNGFile.Effort = .fast
  ) throws {
    if let per, !(1...family.instances).contains(per) {
      throw Problem(
        "range", "\(per) pictures of each category", notes: ["there are \(family.instances)"])
    }
    self.family = family
    self.folder = folder
    self.files = files
    self.size = size
    self.per = per ?? family.instances
    self.effort = effort
  }

  /// Pictures in all.
  package var count: Int { family.categories * per }

  /// The recipe stored in picture `k` of category `c`.
  package func recipe(_ c: Int, _ k: Int) -> String {
    "\(family.recipe)[\(c), \(k)] size = \(size)"
  }

  /// Draws what is missing and writes it, each file in one step, so that an interrupted run goes
  /// on where it stopped.
  ///
  /// - Parameter progress: told how many pictures are done, of how many; from any thread.
  package func run(
    interruption: Interruption? = nil,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws -> Report {
    try family.prepare(family.categories, interruption: interruption) { _, _ in }
    for (path, text) in try family.sideFiles() { try write(Array(text.utf8), to: path) }
    let report = Mutex(Report())
    try forEachGroup { c, group, members in
      try interruption?.check()
      let missing = try members.filter { try !isWhole($0, of: c) }
      if !missing.isEmpty {
        let images = try family.images(c, group: group, size: size)
        for k in missing {
          let file = try PNGFile.encode(
            stored(images[k - members.lowerBound]), recipe: recipe(c, k), effort: effort)
          try write(file, to: family.path(c, k))
        }
      }
      let done = report.withLock { report in
        report.written += missing.count
        report.kept += members.count - missing.count
        return report.written + report.kept
      }
      progress(done, count)
    }
    return report.withLock { $0 }
  }

  /// Draws every picture again and compares it with the folder.
  package func verify(
    interruption: Interruption? = nil,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws -> Verification {
    try family.prepare(family.categories, interruption: interruption) { _, _ in }
    let result = Mutex(Verification())
    for (path, text) in try family.sideFiles() {
      guard let bytes = try content(path) else {
        result.withLock { $0.missing.append(path) }
        continue
      }
      if bytes != Array(text.utf8) { result.withLock { $0.different.append(path) } }
    }
    let seen = Mutex(0)
    try forEachGroup { c, group, members in
      try interruption?.check()
      let images = try family.images(c, group: group, size: size)
      for k in members {
        let path = family.path(c, k)
        guard let bytes = try content(path) else {
          result.withLock { $0.missing.append(path) }
          continue
        }
        let expected = stored(images[k - members.lowerBound]).asBytes()
        let isEqual = (try? PNGFile.decode(bytes)) == expected
        result.withLock { result in
          if isEqual { result.equal += 1 } else { result.different.append(path) }
        }
      }
      let done = seen.withLock { seen in
        seen += members.count
        return seen
      }
      progress(done, count)
    }
    return result.withLock { result in
      result.missing.sort()
      result.different.sort()
      return result
    }
  }

  private func forEachGroup(_ body: @Sendable (Int, Int, Range<Int>) throws -> Void) throws {
    let groups = (per + family.groupSize - 1) / family.groupSize
    try Parallel.forEach(family.categories * groups) { index in
      let group = index % groups
      let start = group * family.groupSize
      try body(index / groups, group, start..<min(per, start + family.groupSize))
    }
  }

  /// Published databases store gray pictures with three channels.
  private func stored(_ image: Image) -> Image { family.storesColour ? image.rgb() : image }

  /// Whether the file is there, of the right size, from this recipe, and complete.
  private func isWhole(_ k: Int, of c: Int) throws -> Bool {
    guard let bytes = try content(family.path(c, k)) else { return false }
    // A PNG file ends with an empty chunk of fixed bytes.
    guard bytes.suffix(8) == [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82],
      let found = try? PNGFile.size(of: bytes), found.width == size, found.height == size,
      let texts = try? PNGFile.texts(of: bytes)
    else { return false }
    return texts[PNGFile.recipeKey] == recipe(c, k)
  }

  /// A file's bytes; `nil` when it is not there. Denied access is trouble.
  private func content(_ path: String) throws -> [UInt8]? {
    let path = folder + "/" + path
    return try files.kind(path) == .file ? try files.read(path) : nil
  }

  /// Writes in one step. No flush: a picture lost with the power is drawn again.
  private func write(_ bytes: [UInt8], to path: String) throws {
    try files.write(bytes, to: folder + "/" + path, isFlushed: false)
  }
}
