import Basics
import Images
import Language
import Rendering
import Tensors

/// An iterated function system in the language.
final class IFSValue: HostValue, Drawable {
  static let typeName = "IFS"
  let ifs: IFS

  init(_ ifs: IFS) { self.ifs = ifs }

  func show(_ style: DisplayStyle) -> Shown {
    let ifs = self.ifs
    return Shown(
      ifs.description,
      picture: Picture(caption: "256×256") {
        try ImageValue(ifs.rendered(Drawing(size: 256))).picture.pixels()
      } data: {
        try PNGFile.encode(ifs.rendered(Drawing(size: 256)).asBytes())
      })
  }

  func drawn() throws -> Image { try ifs.rendered(Drawing(size: 256)) }

  var elementCount: Int? { ifs.count }
  let fieldNames = ["table", "weights", "dimensions"]

  func field(_ name: String, _ call: Call) throws -> Value? {
    switch name {
    case "table":
      guard let rows = ifs.rows else {
        throw Problem("field", "an IFS of maps that are not affine has no table")
      }
      return Value(Tensor(rows.flatMap { $0 }, shape: [rows.count, rows.first?.count ?? 0]))
    case "weights": return Value(Tensor(ifs.chances, shape: [ifs.count]))
    case "dimensions": return .int(ifs.dimensions)
    default: return nil
    }
  }
}

extension IFSValue: ValueConvertible {
  /// A category of a family counts as its fractal.
  static func converted(from value: Value) throws -> IFSValue? {
    guard case .host(let host) = value else { return nil }
    if let category = host as? CategoryValue {
      return IFSValue(try IFS(rows: category.category.parameters()))
    }
    return host as? IFSValue
  }
}

/// A formula-driven database in the language.
final class FamilyValue: HostValue {
  static let typeName = "Family"
  let family: any Family

  init(_ family: any Family) { self.family = family }

  func show(_ style: DisplayStyle) -> Shown {
    Shown("\(family.recipe): \(family.categories) categories × \(family.instances) instances")
  }

  var elementCount: Int? { family.categories }
  let fieldNames = ["categories", "instances", "params", "recipe"]

  func field(_ name: String, _ call: Call) throws -> Value? {
    let family = self.family
    switch name {
    case "categories": return .int(family.categories)
    case "instances": return .int(family.instances)
    case "recipe": return .string(family.recipe)
    case "params":
      return .function(
        FunctionValue(
          .native { arguments, _ in
            guard arguments.count == 1, let c = arguments[0].integer else {
              throw Problem("arguments", "`params` takes the number of a category")
            }
            try family.check(c)
            let rows = try family.parameters(c)
            return Value(
              Tensor(rows.flatMap { $0 }, shape: [rows.count, rows.first?.count ?? 0]))
          }, name: "params", text: "params(category)"))
    default: return nil
    }
  }

  func element(_ indices: [SubscriptItem], _ call: Call) throws -> Value {
    let count = family.categories
    func position(_ index: Int) throws -> Int {
      let position = index < 0 ? index + count : index
      try family.check(position)
      return position
    }
    switch indices.count {
    case 1:
      switch indices[0] {
      case .at(let index): return .host(CategoryValue(try family.category(try position(index))))
      case .slice(let from, let to, let step):
        let positions = try Indexing.slice(from, to, step, count)
        return Value(try positions.map { .host(CategoryValue(try family.category($0))) })
      case .value(let value):
        guard let list = try Integers.converted(from: value) else { break }
        return Value(
          try list.values.map { .host(CategoryValue(try family.category(try position($0)))) })
      case .new: break
      }
    case 2:
      guard case .at(let c) = indices[0], case .at(let k) = indices[1] else { break }
      return .host(ImageValue(try family.image(try position(c), k, size: 256)))
    default: break
    }
    throw Problem(
      "index", "a family is indexed by a category, or by a category and an instance",
      suggestions: ["db[0]", "db[:16]", "db[0, 3]"])
  }
}

extension FamilyValue: ValueConvertible {}

/// One category of a family in the language.
final class CategoryValue: HostValue, Drawable {
  static let typeName = "Category"
  let category: Rendering.Category

  init(_ category: Rendering.Category) { self.category = category }

  func show(_ style: DisplayStyle) -> Shown {
    let category = self.category
    return Shown(
      "Category \(category.index) of \(category.family.recipe)",
      picture: Picture(caption: "256×256") {
        try ImageValue(category.image(size: 256)).picture.pixels()
      } data: {
        try PNGFile.encode(category.image(size: 256).asBytes())
      })
  }

  func drawn() throws -> Image { try category.image(size: 256) }

  let fieldNames = ["index", "table"]

  func field(_ name: String, _ call: Call) throws -> Value? {
    switch name {
    case "index": return .int(category.index)
    case "table":
      let rows = try category.parameters()
      return Value(Tensor(rows.flatMap { $0 }, shape: [rows.count, rows.first?.count ?? 0]))
    default: return nil
    }
  }
}
