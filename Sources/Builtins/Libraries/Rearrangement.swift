import Basics
import Datasets
import Language
import Tensors

/// Shapes: the same numbers in other places.
enum Rearrangement: BuiltinLibrary {
  static let title = "Shapes"

  private static let tensor = Parameter<AnyTensor>("x", "tensor")

  static let builtins: [Builtin] = shapes + joining + moving + [flip]

  private static let shapes: [Builtin] = [
    Builtin(
      "reshape",
      """
      The same numbers, row by row, under another shape; one size may be -1 and is worked out.

          reshape(0..6, 2, 3)            #> [0, 1, 2; 3, 4, 5]
          reshape(linspace(0, 1, 12), 3, -1).shape   #> (3, 4)
      """, tensor, Parameter<[Int]>.rest("shape", "sizes of the axes")
    ) { (x: AnyTensor, sizes: [Int]) in
      let count = x.shape.reduce(1, *)
      var shape = sizes
      let known = shape.filter { $0 != -1 }.reduce(1.0) { $0 * Double($1) }
      if let open = shape.firstIndex(of: -1), known > 0, known <= Double(count) {
        shape[open] = count / Int(known)
      }
      guard !shape.contains(where: { $0 < 0 }),
        shape.reduce(1.0, { $0 * Double($1) }) == Double(count)
      else {
        let wanted = sizes.map(String.init).joined(separator: ", ")
        throw Problem(
          "shape",
          "\(x.shape) holds \(count == 1 ? "1 number" : "\(count) numbers"), [\(wanted)] does not",
          argument: 1)
      }
      return try x.mapped { try $0.reshaped(shape) }
    }.shaped(.reshaped),
    Builtin(
      "flatten",
      """
      All numbers in one row.

          flatten([1, 2; 3, 4])          #> [1, 2, 3, 4]
          flatten(zeros(2, 3)).shape     #> (6,)
      """,
      Parameter<AnyTensor?>.optional("x", "tensor; without it, the layer that flattens samples")
    ) { (call: Call, x: AnyTensor?) in
      guard let x else { return try NetworkBuilding.layer("flatten", call) }
      return try x.mapped { try $0.flattened() }.value
    },
    Builtin(
      "transpose",
      """
      The tensor with its axes in reverse order, as `x.T`, or the axes in the order given.

          transpose([1, 2; 3, 4])                #> [1, 3; 2, 4]
          transpose(zeros(2, 3, 4), 2, 0, 1).shape       #> (4, 2, 3)
      """, tensor, Parameter<[Int]>.rest("axes", "new order of the axes")
    ) { (x: AnyTensor, axes: [Int]) in
      try x.mapped { try $0.permuted(axes.isEmpty ? $0.shape.indices.reversed() : axes) }
    },
    Builtin(
      "permute",
      """
      The axes in another order: axis i of the result is axis `axes[i]` of the tensor.

      Every axis is named once; negative ones count from the right.

          permute(zeros(2, 3, 4), 2, 0, 1).shape         #> (4, 2, 3)
          permute([1, 2; 3, 4], -1, 0)           #> [1, 3; 2, 4]
      """, tensor, Parameter<[Int]>.rest("axes", "new order of the axes")
    ) { (x: AnyTensor, axes: [Int]) in try x.mapped { try $0.permuted(axes) } },
  ]

  private static let joining: [Builtin] = [
    Builtin(
      "concat",
      """
      Tensors one after the other along an axis.

          concat([1, 2], [3])                    #> [1, 2, 3]
          concat([1, 2; 3, 4], [5; 6], axis = 1) #> [1, 2, 5; 3, 4, 6]
      """, Parameter<[Value]>.rest("tensors", "tensors"),
      Parameter("axis", "axis along which they follow", default: 0, namedOnly: true)
    ) { (values: [Value], axis: Int) in
      try AnyTensor.joined(tensors(values, "concat")) { try Tensor.concatenated($0, axis: axis) }
    },
    Builtin(
      "stack",
      """
      Tensors of one shape along a new axis.

          stack([1, 2], [3, 4])          #> [1, 2; 3, 4]
          stack([1, 2], [3, 4], axis = 1)        #> [1, 3; 2, 4]
          stack(zeros(2), ones(2)).shape #> (2, 2)
      """, Parameter<[Value]>.rest("tensors", "tensors of one shape"),
      Parameter("axis", "place of the new axis", default: 0, namedOnly: true)
    ) { (values: [Value], axis: Int) in
      try AnyTensor.joined(tensors(values, "stack")) { try Tensor.stacked($0, axis: axis) }
    },
    Builtin(
      "split_at",
      """
      The parts of a tensor that begin at each of the places, and the one before the first.

      Places rise; negative ones count from the end. A part may be empty.

          split_at([1, 2, 3, 4, 5], 2)           #> ([1, 2], [3, 4, 5])
          split_at([1, 2, 3, 4], (1, 3))         #> ([1], [2, 3], [4])
          split_at([1, 2; 3, 4], 1, axis = 1)[0] #> [1; 3]
      """, tensor, Parameter<Integers>("places", "where parts begin"),
      Parameter("axis", "axis that is cut", default: 0)
    ) { (x: AnyTensor, places: Integers, axis: Int) in
      switch x {
      case .real(let tensor):
        return Value(try tensor.parted(at: places.values, axis: axis).map { Value($0) })
      case .complex(let tensor):
        let parts = try zip(
          tensor.real.parted(at: places.values, axis: axis),
          tensor.imaginary.parted(at: places.values, axis: axis))
        return Value(parts.map { Value(ComplexTensor($0, $1)) })
      }
    },
    Builtin(
      "tile",
      """
      The whole tensor so many times along each axis.

      Numbers belong to the last axes; further ones in front make new axes.

          tile([1, 2], 3)                #> [1, 2, 1, 2, 1, 2]
          tile([1, 2], 2, 1)             #> [1, 2; 1, 2]
          tile(eye(2), 2, 3).shape       #> (4, 6)
      """, tensor, Parameter<[Int]>.rest("times", "how often, for each axis")
    ) { (x: AnyTensor, times: [Int]) in
      guard !times.isEmpty else {
        throw Problem("arguments", "`tile` needs to know how often", suggestions: ["tile(x, 2)"])
      }
      return try x.mapped { try $0.tiled(times) }
    },
  ]

  private static let moving: [Builtin] = [
    Builtin(
      "pad",
      """
      The tensor with a border around it.

      One width goes around every side, (before, after) around every axis, and a pair for each
      axis says all. Borders repeat one number ("constant"), the outermost number ("edge"), the
      mirror image without the outermost number ("reflect"), or the other end ("wrap").

          pad([1, 2], 1)                         #> [0, 1, 2, 0]
          pad([1, 2, 3], (0, 2), mode = "edge")  #> [1, 2, 3, 3, 3]
          pad([1, 2, 3], 2, mode = "reflect")    #> [3, 2, 1, 2, 3, 2, 1]
          pad([1; 2], ((0, 0), (1, 0)), value = 9)       #> [9, 1; 9, 2]
      """, tensor, Parameter<Value>("width", "places at each end"),
      Parameter("value", "number of the border", default: 0.0),
      Parameter("mode", "\"constant\", \"edge\", \"reflect\" or \"wrap\"", default: "constant")
    ) { (x: AnyTensor, width: Value, value: Double, mode: String) in
      guard let border = Tensor.Border(rawValue: mode) else {
        let known = Tensor.Border.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        throw Problem(
          "choice", "\"\(mode)\" is no way to fill a border", notes: ["there are \(known)"],
          argument: 3)
      }
      let (before, after) = try widths(width, x.shape)
      guard case .complex(let z) = x, border == .constant else {
        return try x.mapped {
          try $0.padded(before: before, after: after, border: border, value: value)
        }
      }
      return .complex(
        ComplexTensor(
          try z.real.padded(before: before, after: after, border: border, value: value),
          try z.imaginary.padded(before: before, after: after, border: border)))
    },
    Builtin(
      "roll",
      """
      The numbers moved on by some places; what leaves at one end comes in at the other.

      Without an axis the numbers move as if they stood in one row.

          roll([1, 2, 3, 4], 1)          #> [4, 1, 2, 3]
          roll([1, 2; 3, 4], 1)          #> [4, 1; 2, 3]
          roll([1, 2; 3, 4], 1, axis = 0)        #> [3, 4; 1, 2]
      """, tensor, Parameter("shift", "places; negative ones go back"),
      Parameter<Int?>.optional("axis", "axis along which they move")
    ) { (x: AnyTensor, shift: Int, axis: Int?) in
      try x.mapped { tensor in
        if let axis { return try tensor.rolled(shift, axis: axis) }
        return try tensor.flattened().rolled(shift, axis: 0).reshaped(tensor.shape)
      }
    },
  ]

  /// Of a tensor or a picture; without one, the augmentation of that name.
  private static let flip: Builtin = {
    let augmentation = KindBuiltins.builtin(Flip.self) { member, _ in
      .host(AugmentationValue(Pipeline([member])))
    }
    return Builtin(
      "flip",
      """
      A tensor with its numbers in reverse order along an axis, or along all; a picture mirrored
      left to right. With a probability, or nothing, the augmentation that mirrors some samples.

          flip([1, 2, 3])                        #> [3, 2, 1]
          flip([1, 2; 3, 4], axis = 0)           #> [3, 4; 1, 2]
          random_crop(28, pad = 2) >> flip();
      """,
      Parameter(
        "x", "tensor, picture, or probability of an augmentation", default: Value.real(0.5)),
      Parameter<Integers?>.optional("axis", "axis or axes that are reversed; all when left out")
    ) { (call: Call, x: Value, axis: Integers?) in
      if case .host(let host) = x, let drawable = host as? any Drawable {
        return Value.host(ImageValue(try drawable.drawn().flippedLeftRight()))
      }
      if x.number != nil { return try augmentation(call, [x]) }
      guard let tensor = AnyTensor.converted(from: x) else {
        throw Problem(
          "type", "`flip` takes a tensor or a picture, not \(Spelling.article(x.typeName))",
          argument: 0)
      }
      return try tensor.mapped { tensor in
        try (axis?.values ?? Array(tensor.shape.indices)).reduce(tensor) {
          try $0.flipped(axis: $1)
        }
      }.value
    }
  }()

  /// Places before and after each axis.
  private static func widths(_ value: Value, _ shape: [Int]) throws -> ([Int], [Int]) {
    func pair(_ value: Value) throws -> (Int, Int)? {
      guard let numbers = try Integers.converted(from: value)?.values else { return nil }
      switch numbers.count {
      case 1: return (numbers[0], numbers[0])
      case 2: return (numbers[0], numbers[1])
      default: return nil
      }
    }
    if let (before, after) = try pair(value) {
      return (shape.map { _ in before }, shape.map { _ in after })
    }
    let pairs = try Items.converted(from: value)?.values.map(pair) ?? []
    guard pairs.count == shape.count, !pairs.contains(where: { $0 == nil }) else {
      throw Problem(
        "shape", "the width of a border around \(shape) has other parts",
        notes: ["it is an integer, a pair, or one pair for each of \(shape.count) axes"],
        suggestions: ["(1, 2)", "((1, 1), (0, 2))   for two axes"], argument: 1)
    }
    return (pairs.map { $0?.0 ?? 0 }, pairs.map { $0?.1 ?? 0 })
  }

  private static func tensors(_ values: [Value], _ name: String) throws -> [AnyTensor] {
    var parts = values
    if values.count == 1, case .tuple(let tuple) = values[0] { parts = tuple.items }
    return try parts.enumerated().map { index, value in
      guard let tensor = AnyTensor.converted(from: value) else {
        throw Problem(
          "type", "`\(name)` joins tensors, not \(Spelling.article(value.typeName))",
          argument: values.count == 1 ? 0 : index)
      }
      return tensor
    }
  }
}
