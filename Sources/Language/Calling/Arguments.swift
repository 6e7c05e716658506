import Basics

extension Builtin {
  /// Orders the arguments of a call by parameter, fills in defaults, and refuses what does not fit.
  package func arranged(_ arguments: [Value], _ site: CallSite?) throws -> [Value] {
    if takesAnyName {
      let names = site?.names.map { $0 ?? "" } ?? []
      return [.tuple(TupleValue(arguments, names: names))]
    }
    var slots = [Value?](repeating: nil, count: parameters.count)
    var rest: [Value] = []
    let restIndex = parameters.firstIndex(where: \.isRest)
    var position = 0
    for (index, value) in arguments.enumerated() {
      if let name = site?.names[index] {
        guard let slot = parameters.firstIndex(where: { $0.name == name }) else {
          throw unknown(name, index)
        }
        if slots[slot] != nil {
          throw Problem("twice", "`\(name)` is given twice", argument: index)
        }
        slots[slot] = value
        continue
      }
      if position == restIndex {
        rest.append(value)
      } else if position < parameters.count, !parameters[position].isNamedOnly {
        slots[position] = value
        position += 1
      } else {
        throw Problem(
          "arguments",
          "`\(self.name)` takes \(countText), here are \(positionalCount(site, arguments))",
          notes: [signature], argument: index)
      }
    }
    if let restIndex, slots[restIndex] == nil { slots[restIndex] = Value(rest) }
    return try zip(slots, parameters).map { value, parameter in
      if let value { return value }
      if let fallback = parameter.fallback { return fallback }
      throw Problem(
        "arguments", "`\(name)` needs `\(parameter.name)`: \(parameter.text)", notes: [signature])
    }
  }

  /// Complaints about a call that can be made before anything runs.
  package func complaint(names: [String?]) -> Problem? {
    if takesAnyName { return nil }
    for (index, name) in names.enumerated() {
      if let name, !parameters.contains(where: { $0.name == name }) { return unknown(name, index) }
    }
    let positional = names.count { $0 == nil }
    if positional > arity.upperBound {
      return Problem(
        "arguments", "`\(name)` takes \(countText), here are \(positional)", notes: [signature],
        argument: arity.upperBound)
    }
    let open = parameters.enumerated().first { index, parameter in
      parameter.fallback == nil && index >= positional && !names.contains(parameter.name)
    }
    if let open {
      return Problem(
        "arguments", "`\(name)` needs `\(open.element.name)`: \(open.element.text)",
        notes: [signature])
    }
    return nil
  }

  private var countText: String {
    let (low, high) = (arity.lowerBound, arity.upperBound)
    let noun = high == 1 ? "argument" : "arguments"
    if high == 0 { return "no positional arguments" }
    return low == high || low == 0 && high == 1 ? "\(high) \(noun)" : "\(low) to \(high) \(noun)"
  }

  private func positionalCount(_ site: CallSite?, _ arguments: [Value]) -> Int {
    site?.names.count { $0 == nil } ?? arguments.count
  }

  private func unknown(_ name: String, _ index: Int) -> Problem {
    let known = parameters.filter { !$0.isRest }.map(\.name)
    var problem = Problem(
      "name", "no name `\(name)` in `\(self.name)(…)`",
      notes: known.isEmpty
        ? ["it takes no named arguments"] : ["it takes: " + known.joined(separator: ", ")],
      argument: index)
    if let nearest = Spelling.nearest(to: name, in: known) {
      problem.suggestions = ["\(nearest) = …"]
    } else if let own = Self.usual[name], known.contains(own) {
      problem.suggestions = ["\(own) = …"]
    } else if known.contains("optimizer"), let part = Self.ofTraining(name) {
      problem.notes.append("\(part.name) belongs to the \(part.owner)")
      problem.suggestions = ["\(part.owner) = \(part.example)"]
    }
    return problem
  }

  /// What arguments of other libraries are called here.
  private static let usual = [
    "learning_rate": "lr", "weight_decay": "decay", "batch_size": "batch", "num_epochs": "epochs",
    "n_epochs": "epochs", "num": "n", "dim": "axis", "keepdims": "keep", "keepdim": "keep",
    "cmap": "map", "colour": "color", "colors": "color", "n_classes": "classes",
    "num_classes": "classes", "num_heads": "heads", "num_categories": "categories",
    "linewidth": "width", "criterion": "loss", "opt": "optimizer", "optimiser": "optimizer",
    "scheduler": "schedule", "ncols": "columns", "padding": "pad", "kernel_size": "kernel",
  ]

  /// An argument that people look for in `train(…)` and that belongs to a part of it.
  private struct Part {
    let name: String
    let owner: String
    let example: String
  }

  private static func ofTraining(_ name: String) -> Part? {
    let parts = [
      "lr": Part(name: "lr", owner: "optimizer", example: "adamw(lr = 1e-3)"),
      "learning_rate": Part(name: "lr", owner: "optimizer", example: "adamw(lr = 1e-3)"),
      "weight_decay": Part(
        name: "decay", owner: "optimizer", example: "adamw(lr = 1e-3, decay = 0.05)"),
      "momentum": Part(
        name: "momentum", owner: "optimizer", example: "sgd(lr = 0.1, momentum = 0.9)"),
      "warmup": Part(name: "warmup", owner: "schedule", example: "cosine(warmup = 0.05)"),
    ]
    return parts[name] ?? Spelling.nearest(to: name, in: parts.keys.sorted()).flatMap { parts[$0] }
  }
}
