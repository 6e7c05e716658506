import Basics
import Datasets
import Language
import Networks
import Training

/// A training in the folder of a checkpoint, and the way back to it.
struct SavedTraining {
  private let folder: String
  private let recipe: Checkpoint.Recipe
  private let call: Call

  init(_ folder: String, _ call: Call) throws {
    self.folder = folder
    self.call = call
    recipe = try Checkpoint.recipe(in: folder, files: call.runtime.files)
  }

  /// The training, gone on with. What is none is made from the checkpoint's own words.
  func resumed(epochs: Int?, data: Value, test: Value, net: Value) throws -> Run {
    guard let network = try NetworkBuilding.network(from: net, call) ?? recipe.network else {
      throw missing("network", "net", "one of its layers is a function of a program")
    }
    let train = try dataset(data, "data", recipe.data)
    let proof = recipe.hasTest || !test.isNone ? try dataset(test, "test", recipe.test) : nil
    return try Job.trainer(call).resume(
      from: folder, network, on: train, test: proof, plan: recipe.plan, epochs: epochs)
  }

  private func dataset(
    _ given: Value, _ name: String, _ recipe: DatasetRecipe?
  ) throws -> any Dataset {
    if let given = try DataValue.converted(from: given) { return given.data }
    guard given.isNone else {
      throw Problem(
        "type", "`\(name)` takes data, not \(Spelling.article(given.typeName))",
        argument: call.argumentIndex(of: name, 1))
    }
    let what = name == "test" ? "test data" : "data"
    guard let recipe else {
      throw missing(what, name, "it came from numbers, files or functions of a program")
    }
    return try remade(recipe)
  }

  private func missing(_ what: String, _ name: String, _ reason: String) -> Problem {
    var arguments = [name]
    if recipe.network == nil, name != "net" { arguments.append("net") }
    if recipe.data == nil, name != "data" { arguments.append("data") }
    if recipe.hasTest, recipe.test == nil, name != "test" { arguments.append("test") }
    let given = arguments.sorted().map { "\($0) = \($0)" }.joined(separator: ", ")
    return Problem(
      "checkpoint", "the \(what) of the training in \"\(folder)\" cannot be made anew",
      notes: [reason], suggestions: ["resume(\"\(folder)\", \(given))"], argument: 0)
  }

  /// Data from its expression, evaluated by itself: it names nothing of the program. Whoever wrote
  /// the checkpoint wrote the expression, so it reads what the program may read and writes nothing.
  private func remade(_ recipe: DatasetRecipe) throws -> any Dataset {
    var options = SessionOptions(files: call.runtime.files.readOnly)
    options.limits = call.runtime.limits
    let session = Session(
      library: call.runtime.library, options: options, interruption: call.interruption)
    var found: DataValue?
    let outcome = try session.run(
      SourceText(name: folder, text: recipe.expression), cell: "recipe",
      onStatement: { found = try DataValue.converted(from: $0.value) })
    switch outcome {
    case .finished: break
    case .interrupted: throw Interrupted()
    case .failed(let diagnostic):
      throw Problem(
        diagnostic.slug, diagnostic.message,
        notes: diagnostic.notes + ["the data of \"\(folder)\" is  \(recipe.expression)"],
        suggestions: diagnostic.suggestions)
    }
    guard let found else {
      throw Problem("checkpoint", "\"\(recipe.expression)\" of \"\(folder)\" makes no data")
    }
    return try recipe.indices.map { try found.data.subset($0) } ?? found.data
  }
}
