import Basics
import Images

/// A formula-driven database: categories of pictures, each picture a pure function of its numbers.
///
/// Nothing is drawn until asked for; any picture can be made alone, in any order, on any thread.
package protocol Family: Sendable {
  /// The name a user types for it.
  static var name: String { get }
  /// How many categories (labels) there are.
  var categories: Int { get }
  /// How many pictures a category has.
  var instances: Int { get }
  /// The expression that makes the family, with every setting that matters. Of a family that is
  /// drawn by a program's function it is only a description.
  var recipe: String { get }
  /// Whether `recipe` makes the family in any session.
  var isRepeatable: Bool { get }
  /// Whether pictures have three channels.
  var isColoured: Bool { get }
  /// Whether exported files have three channels, coloured or not.
  var storesColour: Bool { get }
  /// The numbers that define category `c`, one row a map (or one row in all).
  func parameters(_ c: Int) throws -> [[Double]]
  /// The picture number `k` of category `c`: one channel of numbers, or three when coloured.
  func image(_ c: Int, _ k: Int, size: Int) throws -> Image
  /// The picture that stands for the category: its parameters, unchanged.
  func prototype(_ c: Int, size: Int) throws -> Image
  /// The family with another strength of the variation within a category, where that means
  /// something.
  func varied(_ strength: Double) throws -> any Family
  /// Makes what the first `count` categories need ahead of time.
  func prepare(_ count: Int, interruption: Interruption?, progress: (Int, Int) -> Void) throws
  /// Pictures that share most of their work when they are made together.
  var groupSize: Int { get }
  /// The pictures `group * groupSize ..< (group + 1) * groupSize` of category `c`.
  func images(_ c: Int, group: Int, size: Int) throws -> [Image]
  /// The path of a picture below the folder of an export.
  func path(_ c: Int, _ k: Int) -> String
  /// Further files of an export: path and content.
  func sideFiles() throws -> [(path: String, text: String)]
}

extension Family {
  package var isRepeatable: Bool { true }
  package var isColoured: Bool { false }
  package var storesColour: Bool { isColoured }
  package func parameters(_ c: Int) throws -> [[Double]] { [] }
  package func prototype(_ c: Int, size: Int) throws -> Image { try image(c, 0, size: size) }
  package func varied(_ strength: Double) throws -> any Family {
    throw Problem(
      "setting", "the pictures of \(Self.name) have no strength of variation",
      notes: ["leave `vary` out"])
  }
  package func prepare(_ count: Int, interruption: Interruption?, progress: (Int, Int) -> Void)
    throws
  {
    progress(count, count)
  }
  package var groupSize: Int { 1 }
  package func images(_ c: Int, group: Int, size: Int) throws -> [Image] {
    let first = group * groupSize
    return try (first..<min(instances, first + groupSize)).map { try image(c, $0, size: size) }
  }
  package func path(_ c: Int, _ k: Int) -> String {
    let folder = padded(c, 5)
    return "\(folder)/\(folder)_\(padded(k, 5)).png"
  }
  package func sideFiles() throws -> [(path: String, text: String)] { [] }

  /// Refuses numbers that name no category or picture.
  package func check(_ c: Int, _ k: Int = 0) throws {
    guard (0..<categories).contains(c) else {
      throw Problem(
        "range", "there is no category \(c)", notes: ["\(Self.name) has 0 to \(categories - 1)"])
    }
    guard (0..<instances).contains(k) else {
      throw Problem(
        "range", "there is no picture \(k) of category \(c)",
        notes: ["each category has 0 to \(instances - 1)"])
    }
  }

  /// Category `c` as a value of its own.
  package func category(_ c: Int) throws -> Category {
    try check(c)
    return Category(family: self, index: c)
  }
}

/// One category of a family: something that can be rendered.
package struct Category: Sendable {
  package let family: any Family
  /// The label.
  package let index: Int

  /// The picture that stands for the category.
  package func image(size: Int) throws -> Image { try family.prototype(index, size: size) }
  /// Picture number `k`.
  package func image(_ k: Int, size: Int) throws -> Image {
    try family.image(index, k, size: size)
  }
  /// The numbers that define it.
  package func parameters() throws -> [[Double]] { try family.parameters(index) }
}

/// A family from a function: one's own pictures, numbered by category and instance.
package struct FunctionFamily: Family {
  package static let name = "family"
  package let categories: Int
  package let instances: Int
  package let recipe: String
  package var isRepeatable: Bool { false }
  package let isColoured: Bool
  private let draw: @Sendable (Int, Int, Int) throws -> Image

  /// - Parameter draw: the picture of a category, an instance and a size, a pure function.
  package init(
    categories: Int, instances: Int, recipe: String, isColoured: Bool = false,
    draw: @escaping @Sendable (_ category: Int, _ instance: Int, _ size: Int) throws -> Image
  ) {
    self.categories = categories
    self.instances = instances
    self.recipe = recipe
    self.isColoured = isColoured
    self.draw = draw
  }

  package func image(_ c: Int, _ k: Int, size: Int) throws -> Image {
    try check(c, k)
    return try draw(c, k, size)
  }
}

/// A family whose categories and instances are streams of random numbers given to a renderer.
package struct RenderedFamily<Drawer: Renderer>: Family {
  package static var name: String { Drawer.name }
  package let renderer: Drawer
  package let categories: Int
  package let instances: Int
  package let seed: UInt64

  package init(_ renderer: Drawer, categories: Int, instances: Int, seed: UInt64) {
    self.renderer = renderer
    self.categories = categories
    self.instances = instances
    self.seed = seed
  }

  package var recipe: String {
    let settings = Drawer.settings.map { "\($0.name) = \($0.value(in: renderer).text)" }
    let all = ["categories = \(categories)", "seed = \(seed)"] + settings
    return "\(Self.name)(\(all.joined(separator: ", ")))"
  }

  package func image(_ c: Int, _ k: Int, size: Int) throws -> Image {
    try check(c, k)
    let category = RandomSource(seed: seed).stream("category", c)
    return try renderer.image(
      category: category, instance: category.stream("instance", k), width: size, height: size)
  }
}

/// A number in at least so many digits.
func padded(_ number: Int, _ digits: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
