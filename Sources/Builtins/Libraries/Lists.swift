import Basics
import Language
import Tensors

/// Tuples, records, and functions over lists of values.
enum Lists: BuiltinLibrary {
  static let title = "Lists and functions"
  static let isEveryday = true

  static let builtins: [Builtin] = [
    Builtin(
      "map",
      """
      The function applied to every element: a tensor when the results are numbers or tensors of
      one shape, else a tuple. The two arguments may come in either order, so that it reads well
      after a pipe.

          map(x -> x^2, 1..=4)                   #> [1, 4, 9, 16]
          (1, 2) |> map(x -> "no. \\(x)")         #> ("no. 1", "no. 2")
      """, Parameter("f", "function of one element"), Parameter("items", "tuple, range or tensor")
    ) { (call: Call, first: Value, second: Value) in
      let (function, items) = try functionAndItems(first, second, "map")
      let results = ListBuilder()
      try call.machine.each(function, items) { results.append($1) }
      return results.listed()
    },
    Builtin(
      "filter",
      """
      The elements for which the function is true.

          filter(x -> x > 2, [1, 2, 3, 4])       #> [3, 4]
          0..10 |> filter(k -> k % 3 == 0)       #> [0, 3, 6, 9]
      """, Parameter("f", "function that gives true or false"),
      Parameter("items", "tuple, range or tensor")
    ) { (call: Call, first: Value, second: Value) in
      let (function, items) = try functionAndItems(first, second, "filter")
      let kept = ListBuilder()
      try call.machine.each(function, items) { element, holds in
        if try Operators.condition(holds) { kept.append(element) }
      }
      return kept.listed()
    },
    Builtin(
      "fold",
      """
      Combines the elements from left to right: f(f(f(start, a), b), c).

          fold((a, b) -> a + b, 1..=4, 0)        #> 10
          fold((a, b) -> a*b, [2, 3, 4], 1)      #> 24
      """, Parameter("f", "function of the result so far and one element"),
      Parameter("items", "tuple, range or tensor"),
      Parameter("start", "the result before the first")
    ) { (call: Call, function: FunctionValue, items: Items, start: Value) in
      try items.values.reduce(start) { try call.apply(function, [$0, $1]) }
    },
    Builtin(
      "zip",
      """
      Tuples of the elements that stand at the same place; as many as the shortest list has.

          zip((1, 2), ("a", "b"))                #> ((1, "a"), (2, "b"))
          len(zip(0..3, 0..5))                   #> 3
      """, Parameter<[Items]>.rest("lists", "two or more lists")
    ) { (lists: [Items]) in
      let count = lists.map(\.values.count).min() ?? 0
      return Value((0..<count).map { index in Value(lists.map { $0.values[index] }) })
    },
    Builtin(
      "collect",
      """
      Calls `make` until `n` values were kept; `keep` decides which. Draws inside `make` are
      numbered, so the result depends on the seed alone.

          collect(3, () -> 7)                    #> [7, 7, 7]
          collect(2, () -> randint(0, 10), keep = k -> k > 4).size      #> 2
      """, Parameter("n", "how many to keep"), Parameter("make", "function without arguments"),
      Parameter<FunctionValue?>.optional("keep", "function that says whether to keep a value")
    ) { (call: Call, count: Int, make: FunctionValue, keep: FunctionValue?) in
      var kept: [Value] = []
      var tried = 0
      while kept.count < count {
        try call.runtime.poll()
        let value = try call.apply(make, [])
        tried += 1
        if try keep.map({ try Operators.condition(call.apply($0, [value])) }) ?? true {
          kept.append(value)
        } else if tried > 1_000_000, kept.isEmpty {
          throw Problem(
            "collect", "none of \(tried) values was kept", notes: ["is `keep` ever true?"])
        }
        call.runtime.progress(
          .init(
            "collect", fraction: Double(kept.count) / Double(max(1, count)),
            detail: "\(kept.count) of \(count), \(tried) tried"))
      }
      return listed(kept)
    },
    Builtin(
      "merge",
      """
      A record with fields replaced or added.

          merge((lr = 3e-4, depth = 6), lr = 1e-3)       #> (lr = 0.001, depth = 6)
          merge((a = 1), (b = 2))                        #> (a = 1, b = 2)
      """,
      parameters: [
        ParameterDescription(
          name: "records", text: "records, later ones win; named arguments win over all",
          typeName: "record", fallback: Value([]), isRest: true)
      ], takesAnyName: true
    ) { call, values in
      guard case .tuple(let arguments) = values[0] else { return .none }
      var names: [String] = []
      var items: [Value] = []
      func set(_ name: String, _ value: Value) {
        if let index = names.firstIndex(of: name) {
          items[index] = value
        } else {
          names.append(name)
          items.append(value)
        }
      }
      for (index, argument) in arguments.items.enumerated() {
        if !arguments.names.isEmpty, !arguments.names[index].isEmpty {
          set(arguments.names[index], argument)
        } else if case .tuple(let record) = argument, record.isRecord || record.items.isEmpty {
          for (name, value) in zip(record.names, record.items) { set(name, value) }
        } else {
          throw Problem(
            "type", "`merge` joins records, not \(Spelling.article(argument.typeName))",
            argument: index)
        }
      }
      return .tuple(TupleValue(items, names: names))
    },
    Builtin(
      "keys",
      """
      The names of a record's fields.

          keys((lr = 1, depth = 6))              #> ("lr", "depth")
          len(keys((a = 1)))                     #> 1
      """, Parameter("record", "record")
    ) { (record: TupleValue) in record.names },
    Builtin(
      "len",
      """
      How many elements a tuple, tensor (along its first axis), range, text or family has.

          len([4, 5, 6])         #> 3
          len("abc")             #> 3
      """, Parameter("items", "tuple, tensor, range, text or other collection")
    ) { (items: Value) in try Elements.count(items) },
  ]

  /// The function and the collection of a call that may give them in either order.
  private static func functionAndItems(
    _ first: Value, _ second: Value, _ name: String
  ) throws -> (FunctionValue, Value) {
    if case .function(let function) = first { return (function, second) }
    if case .function(let function) = second { return (function, first) }
    throw Problem("type", "`\(name)` takes a function and a list", argument: 0)
  }

  /// A tensor when the values are numbers or tensors of one shape, else a tuple.
  private static func listed(_ values: [Value]) -> Value { Elements.listed(values) }
}
