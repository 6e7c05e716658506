import Basics
import Datasets
import Images
import Language
import Rendering
import Tensors

/// Data sets and augmentation.
enum Data: BuiltinLibrary {
  static let title = "Data"

  private static let data = Parameter<DataValue>("data", "labelled samples")
  private static let seed = Parameter<Int?>.optional(
    "seed", "a stream of one's own", namedOnly: true)

  static let builtins: [Builtin] = formats + augmentations + making + choosing

  private static let formats: [Builtin] = Formats.all.map { type in
    KindBuiltins.any(type) { member, call in
      guard let format = member as? any DatasetFormat else { return .none }
      return .host(
        DataValue(
          RecipeDataset(
            try format.open(call.runtime.files), expression: PartValue.source(of: format))))
    }
  }

  /// `flip` also turns tensors and pictures, see `Rearrangement`.
  private static let augmentations: [Builtin] = Augmentations.all.filter {
    $0.name != Flip.name
  }.map { type in
    KindBuiltins.any(type) { member, _ in
      guard let stage = member as? any Augmentation else { return .none }
      return .host(AugmentationValue(Pipeline([stage])))
    }
  }

  private static let making: [Builtin] = [
    Builtin(
      "dataset",
      """
      Labelled pictures of a family, or of a function of the category; drawn when asked for. The
      function gets the category, or the category and the instance. Also samples and labels given
      as tensors.

          dataset(fractaldb(categories = 2), per = 3, size = 16)
          dataset([0, 1; 1, 0], labels = [0, 1]).classes         #> 2
      """, Parameter("source", "family, list of categories, function, or tensor of samples"),
      Parameter("per", "pictures of each category", default: 100),
      Parameter("size", "pixels of a side", default: 32),
      Parameter<Double?>.optional("vary", "strength of the variation within a category"),
      Parameter("fresh", "other pictures in every epoch", default: false, namedOnly: true),
      Parameter<Int?>.optional("categories", "number of categories of a function", namedOnly: true),
      Parameter<[Int]?>.optional("labels", "labels of a tensor of samples", namedOnly: true)
    ) {
      (
        call: Call, source: Value, per: Int, size: Int, vary: Double?, fresh: Bool,
        categories: Int?, labels: [Int]?
      ) in
      if let tensor = source.tensor, let labels {
        return DataValue(try ArrayDataset(tensor.converted(to: .f32), labels: labels))
      }
      guard per > 0 else {
        throw Problem(
          "range", "`per` is \(per)", notes: ["every category gets at least 1 picture"],
          argument: call.argumentIndex(of: "per", 1))
      }
      let family = try Families.family(source, categories: categories, instances: per, call)
      let side = try Sizes.pair(Integers([size])).width
      let pictures = try Datasets.Pictures(
        family, per: per, size: side, vary: vary, isFresh: fresh, interruption: call.interruption)
      guard family.isRepeatable else { return DataValue(pictures) }
      let strength = vary.map { ", vary = \($0)" } ?? ""
      return DataValue(
        RecipeDataset(
          pictures,
          expression: "dataset(\(family.recipe), \(per), \(side)\(strength), fresh = \(fresh))"))
    }
  ]

  private static let choosing: [Builtin] = [
    Builtin(
      "take",
      """
      The first samples, or so many of each class with `each = true`.

          len(take(points(), 10))                #> 10
          take(points(), 5, each = true).counts  #> [5, 5]
      """, data, Parameter("n", "how many"),
      Parameter("each", "so many of each class, chosen at random", default: false, namedOnly: true),
      seed
    ) { (call: Call, data: DataValue, count: Int, each: Bool, seed: Int?) in
      guard each else { return DataValue(try data.data.take(count)) }
      var random = call.random(seed: seed)
      return DataValue(try data.data.balanced(count, seed: random.next()))
    },
    Builtin(
      "balance",
      """
      So many samples of each class, chosen at random.

          balance(points(), 5).counts            #> [5, 5]
          len(balance(points(), 3, seed = 1))    #> 6
      """, data, Parameter("n", "samples of each class"), seed
    ) { (call: Call, data: DataValue, count: Int, seed: Int?) in
      var random = call.random(seed: seed)
      return DataValue(try data.data.balanced(count, seed: random.next()))
    },
    Builtin(
      "split",
      """
      Two parts without common samples; the first has a share of every class.

          a, b = split(points(), 0.75);
          (len(a), len(b))                       #> (150, 50)
          len(split(points())[1])                #> 20
      """, data, Parameter("share", "share of the first part", default: 0.9), seed
    ) { (call: Call, data: DataValue, share: Double, seed: Int?) in
      var random = call.random(seed: seed)
      let (first, second) = try data.data.split(share, seed: random.next())
      return Value([.host(DataValue(first)), .host(DataValue(second))])
    },
    Builtin(
      "subset",
      """
      The samples with these numbers, in this order.

          len(subset(points(), (4, 2)))          #> 2
          len(subset(points(), 0..10))           #> 10
      """, data, Parameter("indices", "numbers of samples")
    ) { (data: DataValue, indices: Integers) in
      DataValue(try data.data.subset(indices.values))
    },
    Builtin(
      "shuffle",
      """
      All samples, or all elements of a tensor's first axis, in random order.

          sum(shuffle([1, 2, 3]))                #> 6
          len(shuffle(points(), seed = 3)) > 10  #> true
      """, Parameter("items", "data or tensor"), seed
    ) { (call: Call, items: Value, seed: Int?) in
      var random = call.random(seed: seed)
      if let data = try DataValue.converted(from: items) {
        return Value.host(DataValue(try data.data.shuffled(seed: random.next())))
      }
      guard let tensor = AnyTensor.converted(from: items), let count = tensor.shape.first else {
        throw Problem(
          "type", "`shuffle` takes data or a tensor, not \(Spelling.article(items.typeName))",
          argument: 0)
      }
      let order = random.permutation(count)
      return try tensor.mapped { try $0.indexed([.list(order)]) }.value
    },
  ]
}

/// What can be the source of rendered data.
enum Families {
  static func family(
    _ source: Value, categories: Int?, instances: Int, _ call: Call
  ) throws -> any Family {
    if let family = try FamilyValue.converted(from: source) { return family.family }
    if case .function(let function) = source {
      guard let categories, categories > 0 else {
        throw Problem(
          "arguments", "data from a function needs the number of categories",
          suggestions: ["dataset(f, categories = 20)"])
      }
      let machine = SharedMachine(call)
      let takesInstance = function.arity.upperBound >= 2 && function.arity.upperBound != Int.max
      return FunctionFamily(
        categories: categories, instances: instances, recipe: "family(\(function.text))"
      ) { c, k, size in
        let value = try machine.apply(function, takesInstance ? [.int(c), .int(k)] : [.int(c)])
        guard let picture = try ImageValue.converted(from: value) else {
          throw Problem(
            "type", "the function gave \(Spelling.article(value.typeName)), not a picture",
            notes: [function.text])
        }
        return try picture.image.resized(width: size, height: size)
      }
    }
    if case .tuple(let tuple) = source {
      let systems = try tuple.items.compactMap { try IFSValue.converted(from: $0)?.ifs }
      if systems.count == tuple.items.count, !systems.isEmpty {
        return FunctionFamily(
          categories: systems.count, instances: instances, recipe: "family of \(systems.count) IFS"
        ) { c, k, size in
          try systems[c].rendered(Drawing(size: size), key: UInt64(k))
        }
      }
    }
    throw Problem(
      "type", "data is made of a family, a list of IFS, or a function",
      suggestions: [
        "dataset(fractaldb(categories = 20))", "dataset(k -> gaussian(seed = k), categories = 20)",
      ],
      argument: 0)
  }
}
