import Basics
import ComplexModule
import Images
import Language
import Rendering
import Tensors

/// Fractals and formula-driven databases.
enum Fractals: BuiltinLibrary {
  static let title = "Fractals and families"

  static let builtins: [Builtin] = systems + drawing + families

  private static let systems: [Builtin] = [
    Builtin(
      "ifs",
      """
      An iterated function system: from a table with a map a row, a b c d e f and perhaps its
      weight p (x' = a x + b y + e, y' = c x + d y + f), 12 or 13 numbers a row for maps of
      space, or from functions of a complex number.

          ifs([0.5, 0, 0, 0.5, 0, 0; 0.5, 0, 0, 0.5, 0.5, 0.5]).dimensions       #> 2
          len(ifs(z -> z/2, z -> (z + 1)/2, z -> (z + im)/2))                    #> 3
      """, Parameter<[Value]>.rest("maps", "a table, or functions of a complex number"),
      Parameter<[Double]?>.optional("weight", "how often each map is chosen", namedOnly: true)
    ) { (call: Call, maps: [Value], weight: [Double]?) in
      var parts = maps
      if maps.count == 1, case .tuple(let tuple) = maps[0] { parts = tuple.items }
      let functions = parts.compactMap { value -> FunctionValue? in
        if case .function(let function) = value { function } else { nil }
      }
      if !functions.isEmpty {
        guard functions.count == parts.count else {
          throw Problem("type", "an IFS is a table or functions, not both")
        }
        let moves = functions.map { PlaneMaps.map($0, call) }
        return IFSValue(try IFS(.free(moves), weights: weight))
      }
      guard parts.count == 1, let table = parts[0].tensor, table.rank == 2 else {
        throw Problem(
          "shape", "an IFS is a table with a row a map, or functions",
          suggestions: [
            "ifs([a, b, c, d, e, f; …])", "ifs(z -> z/2, z -> (z + 1)/2)",
          ], argument: 0)
      }
      let width = table.shape[1]
      let numbers = table.doubles
      let rows = (0..<table.shape[0]).map { Array(numbers[$0 * width..<($0 + 1) * width]) }
      if let weight {
        guard weight.count == rows.count, width == 6 || width == 12 else {
          throw Problem("shape", "`weight` has \(weight.count) numbers for \(rows.count) maps")
        }
        return IFSValue(try IFS(rows: zip(rows, weight).map { $0 + [$1] }, places: call.rows(0)))
      }
      return IFSValue(try IFS(rows: rows, places: call.rows(0)))
    },
    Builtin(
      "affine",
      """
      The row of an affine map for `ifs`: six numbers a b c d e f, given one by one or as a
      tensor.

          affine([0.5, 0, 0, 0.5, 0, 0])         #> [0.5, 0, 0, 0.5, 0, 0]
          affine(0.5, 0, 0, 0.5, 1, 0).size      #> 6
      """, Parameter<[Value]>.rest("coefficients", "six or twelve numbers")
    ) { (values: [Value]) in
      let numbers = values.count == 1 ? values[0].tensor?.doubles : values.compactMap(\.number)
      guard let numbers, numbers.count == 6 || numbers.count == 12 else {
        throw Problem("arguments", "`affine` takes six numbers for the plane or twelve for space")
      }
      return Tensor(numbers, shape: [numbers.count])
    },
    measure(
      "contraction",
      "The factor by which the maps shrink distances, on average along an orbit; below 1 there is an attractor.",
      "contraction(ifs([0.5, 0, 0, 0.5, 0, 0; 0.5, 0, 0, 0.5, 1, 0]))", "0.5"
    ) { try $0.contraction() },
    measure(
      "dimension", "The box-counting dimension of the attractor.",
      "dimension(ifs([0.5, 0, 0, 0.5, 0, 0; 0.5, 0, 0, 0.5, 1, 0])) > 0.8", "true"
    ) { try $0.dimension() },
    Builtin(
      "filling",
      """
      The share of pixels that the attractor visits in a picture of the given size.

          0 < filling(ifs([0.5, 0, 0, 0.5, 0, 0; 0.5, 0, 0, 0.5, 1, 0])) < 1     #> true
          filling(fractaldb(categories = 1)[0]) > 0.1                            #> true
      """, Parameter("f", "IFS or category"), Parameter("size", "pixels of a side", default: 64)
    ) { (ifs: IFSValue, size: Int) in
      try ifs.ifs.filling(size: Sizes.pair(Integers([size])).width)
    },
  ]

  private static let drawing: [Builtin] = [
    Builtin(
      "render",
      """
      The picture of a fractal, of a category (of a family, its first), or of a formula f(x, y)
      over a rectangle. The same arguments give the same bytes on every machine.

          sierpinski = ifs(z -> z/2, z -> (z + 1)/2, z -> (z + im)/2);
          render(sierpinski, size = 64, points = 5000).size              #> (64, 64)
          render((x, y) -> x, over = (0..1, 0..1), size = (4, 1)).size   #> (4, 1)
      """, Parameter("thing", "IFS, category, picture or function of position"),
      Parameter("size", "pixels, or (width, height)", default: Integers([256])),
      Parameter<Int?>.optional("points", "points of the orbit", namedOnly: true),
      Parameter<String?>.optional("draw", "\"density\", \"point\" or \"patch\"", namedOnly: true),
      Parameter("color", "colour by time along the orbit", default: false, namedOnly: true),
      Parameter<Value?>.optional("over", "(x range, y range) of a formula", namedOnly: true),
      Parameter("fit", "keep a square a square", default: true, namedOnly: true),
      Parameter("seed", "of the orbit", default: 0, namedOnly: true)
    ) {
      (
        call: Call, thing: Value, size: Integers, points: Int?, draw: String?, color: Bool,
        over: Value?, fit: Bool, seed: Int
      ) in
      let (width, height) = try Sizes.pair(size)
      if case .function(let function) = thing {
        return ImageValue(
          try FormulaPictures.image(of: function, over, width: width, height: height, call))
      }
      guard case .host(let host) = thing else {
        throw Problem(
          "type",
          "`render` draws fractals, categories and formulas, not \(Spelling.article(thing.typeName))",
          suggestions: thing.tensor.map { $0.rank > 1 } == true
            ? ["image(x)   for a picture of a tensor's numbers"] : [], argument: 0)
      }
      if let family = host as? FamilyValue {
        guard width == height else { throw Problem("range", "pictures of a family are square") }
        return ImageValue(try family.family.category(0).image(size: width))
      }
      if let category = host as? CategoryValue, points == nil, draw == nil, width == height {
        return ImageValue(try category.category.image(size: width))
      }
      if let ifs = try IFSValue.converted(from: thing) {
        var drawing = Drawing()
        drawing.width = width
        drawing.height = height
        drawing.points = points
        drawing.isColoured = color
        drawing.keepsAspect = fit
        if let draw {
          drawing.mark = try mark(draw)
        } else if color {
          drawing.mark = .point
        }
        return ImageValue(try ifs.ifs.rendered(drawing, key: UInt64(bitPattern: Int64(seed))))
      }
      if let image = try ImageValue.converted(from: thing) {
        return ImageValue(try image.image.resized(width: width, height: height))
      }
      throw Problem("type", "`render` cannot draw \(Spelling.article(thing.typeName))", argument: 0)
    }
  ]

  private static let families: [Builtin] =
    Renderers.all.map(family) + [
      Builtin(
        "family",
        """
        A database of one's own: `f(c, k)` is the picture of instance k of category c, a picture
        or a tensor. Draws inside need an explicit seed made from c and k.

            stripes = family(2, 3, (c, k) -> [sin((c + 1)*x + k) for y < 8, x < 8]);
            (stripes.categories, len(stripes))             #> (2, 2)
            stripes[1, 0].size                             #> (256, 256)
        """, Parameter("categories", "number of categories"),
        Parameter("instances", "pictures of each category"), Parameter("f", "function of (c, k)")
      ) { (call: Call, categories: Int, instances: Int, function: FunctionValue) in
        guard categories > 0, instances > 0 else {
          throw Problem("range", "a family has at least one category and one instance")
        }
        let machine = SharedMachine(call)
        return FamilyValue(
          FunctionFamily(
            categories: categories, instances: instances,
            recipe: "family(\(categories), \(instances), \(function.text))"
          ) {
            c, k, size in
            let value = try machine.apply(function, [.int(c), .int(k)])
            guard let picture = try ImageValue.converted(from: value) else {
              throw Problem(
                "type",
                "the family's function gave \(Spelling.article(value.typeName)), not a picture")
            }
            return try picture.image.resized(width: size, height: size)
          })
      },
      Builtin(
        "fractaldb",
        """
        FractalDB: categories are iterated function systems found by a random search, instances
        vary their coefficients (Kataoka et al., ACCV 2020). With `published = true` everything is
        drawn as the released program draws it, byte for byte; otherwise every candidate and every
        picture has a stream of its own, so that any picture can be made alone.

            db = fractaldb(categories = 2, seed = 1);
            (len(db), db.instances)                        #> (2, 1000)
            db.params(0).shape[1]                          #> 7
            db[:2].size                                    #> 2
        """, Parameter("categories", "number of categories", default: 1000),
        Parameter("seed", "of the search", default: 1),
        Parameter("instances", "pictures of each category", default: 1000),
        Parameter("published", "as the released program", default: false, namedOnly: true),
        Parameter(
          "vary", "step between the factors of the coefficients", default: 0.4, namedOnly: true),
        Parameter<String?>.optional(
          "draw", "\"density\", \"point\" or \"patch\"; patch when published", namedOnly: true),
        Parameter("color", "colour by time along the orbit", default: false, namedOnly: true),
        Parameter<Int?>.optional("points", "points of an orbit", namedOnly: true),
        Parameter("least", "least number of maps", default: 2, namedOnly: true),
        Parameter("most", "greatest number of maps", default: 7, namedOnly: true),
        Parameter("range", "coefficients lie in -range to range", default: 1.0, namedOnly: true),
        Parameter("threshold", "least share of filled pixels", default: 0.2, namedOnly: true),
        Parameter<Bool?>.optional(
          "skip_degenerate", "draw nearly empty pictures again; not when published", namedOnly: true
        ),
        Parameter(
          "mask_per_image", "one patch mask for all points", default: false, namedOnly: true),
        Parameter<Int?>.optional(
          "patch_seed", "seed of the patches before each published picture", namedOnly: true)
      ) {
        (
          categories: Int, seed: Int, instances: Int, published: Bool, vary: Double, draw: String?,
          color: Bool, points: Int?, least: Int, most: Int, range: Double, threshold: Double,
          skipDegenerate: Bool?, maskPerImage: Bool, patchSeed: Int?
        ) in
        var settings = FractalDB.Settings()
        settings.categories = categories
        settings.seed = UInt64(bitPattern: Int64(seed))
        settings.instances = instances
        settings.isPublished = published
        settings.vary = vary
        settings.mark = try draw.map(mark)
        settings.isColoured = color
        settings.points = points
        guard least <= most else {
          throw Problem("range", "`least` is \(least) and `most` is \(most)")
        }
        settings.rule.maps = least...most
        settings.rule.range = range
        settings.rule.threshold = threshold
        settings.skipsDegenerate = skipDegenerate
        settings.hasMaskPerImage = maskPerImage
        settings.patchSeed = patchSeed.map { UInt64(bitPattern: Int64($0)) }
        return FamilyValue(try FractalDB(settings))
      },
      Builtin(
        "export",
        """
        Writes a family's pictures as PNG files in class folders, `dir/<category>/<picture>.png`,
        with its parameter files. What is there already stays, so an interrupted export goes on;
        the answer says how many were written.

            export(fractaldb(categories = 1, instances = 2), "db", size = 16)      #> (written = 2, kept = 0)
            verify(fractaldb(categories = 1, instances = 2), "db", size = 16)      #> true
        """, Parameter("family", "what to write"), Parameter("dir", "folder"),
        Parameter("size", "pixels of a side", default: 256),
        Parameter<Int?>.optional(
          "per", "pictures of each category; all when left out", namedOnly: true)
      ) { (call: Call, family: FamilyValue, dir: String, size: Int, per: Int?) in
        let side = try Sizes.pair(Integers([size])).width
        let reporter = ProgressReporter(call, "export")
        let report = try Export(
          family.family, to: dir, files: call.runtime.files, size: side, per: per
        ).run(interruption: call.interruption) { done, count in reporter.report(done, count) }
        return TupleValue(
          [.int(report.written), .int(report.kept)], names: ["written", "kept"])
      },
      Builtin(
        "verify",
        """
        Whether a folder of pictures equals the recipe of a family, sample by sample; what differs
        is named.

            db = fractaldb(categories = 1, instances = 2);
            export(db, "db", size = 16);
            verify(db, "db", size = 16)                    #> true
            verify(fractaldb(categories = 1, instances = 2, seed = 1), "db", size = 16)
        """, Parameter("family", "the recipe"), Parameter("dir", "folder"),
        Parameter("size", "pixels of a side", default: 256),
        Parameter<Int?>.optional(
          "per", "pictures of each category; all when left out", namedOnly: true)
      ) { (call: Call, family: FamilyValue, dir: String, size: Int, per: Int?) in
        let side = try Sizes.pair(Integers([size])).width
        let found = try Export(
          family.family, to: dir, files: call.runtime.files, size: side, per: per
        ).verify(interruption: call.interruption)
        if found.isRight { return true }
        let examples =
          (found.missing.map { "missing: \($0)" } + found.different.map { "different: \($0)" })
        throw Problem(
          "verify",
          "the folder differs from the recipe: \(found.missing.count) missing, \(found.different.count) different, \(found.equal) equal",
          notes: Array(examples.prefix(5)), suggestions: ["export(…) again draws what is missing"])
      },
    ]

  private static func mark(_ name: String) throws -> Drawing.Mark {
    if let mark = Drawing.Mark(rawValue: name) { return mark }
    let names = Drawing.Mark.allCases.map(\.rawValue)
    throw Problem(
      "choice", "`draw` cannot be \"\(name)\"",
      notes: ["it is one of " + names.joined(separator: ", ")],
      suggestions: Spelling.nearest(to: name, in: names).map { ["draw = \"\($0)\""] } ?? [])
  }

  /// The family of a renderer: its settings, the number of categories, a seed.
  private static func family(_ type: any Renderer.Type) -> Builtin {
    func made<Drawer: Renderer>(_ type: Drawer.Type) -> Builtin {
      let builtin = KindBuiltins.builtin(type) { _, _ in .none }
      let own: [ParameterDescription] = [
        .init(
          name: "categories", text: "number of categories", typeName: "integer", fallback: .int(10)),
        .init(
          name: "instances", text: "pictures of each category", typeName: "integer",
          fallback: .int(1000)),
        .init(name: "seed", text: "decides everything", typeName: "integer", fallback: .int(0)),
      ]
      return Builtin(Drawer.name, builtin.text, parameters: own + builtin.parameters) {
        call, values in
        var drawer = Drawer()
        for (setting, value) in zip(Drawer.settings, values.dropFirst(3)) {
          try setting.set(try KindBuiltins.settingValue(value, setting.name), in: &drawer)
        }
        guard let categories = values[0].integer, categories > 0, let instances = values[1].integer,
          instances > 0, let seed = values[2].integer
        else {
          throw Problem(
            "type", "`categories`, `instances` and `seed` are integers, at least 1, 1 and 0")
        }
        return .host(
          FamilyValue(
            RenderedFamily(
              drawer, categories: categories, instances: instances,
              seed: UInt64(bitPattern: Int64(seed)))))
      }
    }
    return made(type)
  }

  private static func measure(
    _ name: String, _ text: String, _ example: String, _ answer: String,
    _ body: @escaping @Sendable (IFS) throws -> Double
  ) -> Builtin {
    Builtin(
      name,
      """
      \(text)

          \(example)       #> \(answer)
          \(name)(fractaldb(categories = 1)[0]) > 0      #> true
      """, Parameter("f", "IFS or category")
    ) { (ifs: IFSValue) in try body(ifs.ifs) }
  }
}
