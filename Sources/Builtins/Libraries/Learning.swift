import Basics
import Datasets
import Language
import Networks
import Tensors
import Training

/// Training and measuring networks.
enum Learning: BuiltinLibrary {
  static let title = "Training"

  private static let net = Parameter<NetValue>("net", "network")
  private static let data = Parameter<DataValue>("data", "labelled samples")

  static let builtins: [Builtin] =
    (Optimisers.all as [any Configurable.Type] + Schedules.all + Losses.all + Methods.all)
    .map { type in KindBuiltins.any(type) { part, _ in .host(PartValue(part)) } }
    + [
      trainer(
        "train",
        """
        Trains a network on labelled data and returns the run: `.net`, `.loss` and `.lr` of every
        `.step`, `.accuracy` after every `.epoch`, `.confusion`. Ctrl-C returns what there is;
        `resume(run)` goes on. With `checkpoint = "dir"` the state is written after every epoch:
        `resume("dir")` goes on from it in another session, and so does the same call with
        `resume = true`.

            run = train(mlp(2, 16, 2), points(), epochs = 2, seed = 1);
            (len(run.step) > 0, run.epochs)                        #> (true, 2)
        """
      ) { call, values in
        let job = try Job(call, values)
        return .host(RunValue(try job.trained()))
      },
      trainer(
        "finetune",
        """
        Trains a network that has learnt something else on new data: a new head with an output for
        each class on the old body. `frozen = true` trains the head alone; `body_rate` is the
        learning rate of the body as a share of the head's.

            old = train(mlp(2, 16, 2), points(), epochs = 1, seed = 1);
            new = finetune(old.net, points("spirals"), epochs = 1, seed = 1);
            new.epochs                                             #> 1
        """
      ) { call, values in
        let job = try Job(call, values)
        return .host(
          RunValue(
            try job.trainer.finetune(
              job.net, on: job.data, test: job.test, frozen: job.isFrozen, plan: job.plan)))
      },
      resume,
      Builtin(
        "evaluate",
        """
        How a network does on labelled data: accuracy, mean loss, confusion matrix.

            found = evaluate(mlp(2, 4, 2, seed = 1), points());
            0 <= found.accuracy <= 1                               #> true
            found.confusion.shape                                  #> (2, 2)
        """, net, data,
        Parameter<AugmentationValue?>.optional(
          "prepare", "augmentation that prepares samples", namedOnly: true)
      ) { (call: Call, net: NetValue, data: DataValue, prepare: AugmentationValue?) in
        let found = try net.net.evaluated(
          on: data.data, prepared: prepare?.pipeline ?? Pipeline(), interruption: call.interruption)
        return TupleValue(
          [.real(found.accuracy), .real(found.loss), Value(found.confusion)],
          names: ["accuracy", "loss", "confusion"])
      },
      Builtin(
        "predict",
        """
        The class that a network finds likeliest, for a batch or for all samples of data.

            predict(mlp(2, 4, 2, seed = 1), points()).size == len(points())        #> true
            predict(mlp(2, 2), [0, 0; 1, 1]).shape                                 #> (2,)
        """, net, Parameter("x", "tensor or data")
      ) { (call: Call, net: NetValue, x: Value) in
        let outputs: Tensor
        if let data = try DataValue.converted(from: x) {
          outputs = try net.net.predictions(for: data.data, interruption: call.interruption)
        } else if let tensor = x.tensor {
          outputs = try net.net.predict(tensor)
        } else {
          throw Problem("type", "`predict` takes a tensor or data", argument: 1)
        }
        let classes = Metrics.largest(outputs)
        return Tensor(classes.map(Double.init), shape: [classes.count])
      },
      Builtin(
        "confusion",
        """
        How often samples of a class (row) were found to be of a class (column): of a run's last
        test, or of a network on data.

            run = train(mlp(2, 8, 2), points(), epochs = 1, test = points(seed = 1), seed = 1);
            sum(confusion(run)) == len(points())                   #> true
            confusion(run.net, points()).shape                     #> (2, 2)
        """, Parameter("result", "run that was tested, or network"),
        Parameter<DataValue?>.optional("data", "labelled samples for a network")
      ) { (call: Call, result: Value, data: DataValue?) in
        if let run = try RunValue.converted(from: result), data == nil {
          return try run.field("confusion", call) ?? .none
        }
        let run = try RunValue.converted(from: result)
        guard let net = try run?.run.net ?? NetworkBuilding.network(from: result, call) else {
          throw Problem(
            "type",
            "`confusion` takes a run, or a network and data, not "
              + Spelling.article(result.typeName), argument: 0)
        }
        guard let data else {
          throw Problem(
            "arguments", "`confusion` of a network needs data",
            suggestions: ["confusion(left, data)", "confusion(run)"])
        }
        return Value(try net.evaluated(on: data.data, interruption: call.interruption).confusion)
      },
      probe, landscape,
    ]

  private static let resume = Builtin(
    "resume",
    """
    Goes on with a training: to the end of its plan when it was interrupted, or `epochs` further.
    A run may also be the folder that `train(…, checkpoint = "dir")` writes, in any session: it
    goes on as if it had never stopped. The folder tells network, plan and data; what a program
    made of its own numbers or functions is given again as `data`, `test` or `net`. The data stand
    there as an expression, which is evaluated: it can read what the program may read, and write
    nothing.

        run = train(mlp(2, 8, 2), points(), epochs = 1, seed = 1, checkpoint = "run");
        resume(run, epochs = 2).epochs                             #> 3
        resume("run").epochs                                       #> 3
    """,
    parameters: [
      .init(name: "run", text: "run, or folder of a checkpoint", typeName: "Run", fallback: nil),
      .init(
        name: "epochs", text: "epochs beyond the plan", typeName: "integer", fallback: .some(.none)),
      .init(
        name: "data", text: "data of a checkpoint that cannot make it anew", typeName: "Data",
        fallback: .some(.none), isNamedOnly: true),
      .init(
        name: "test", text: "test data of such a checkpoint", typeName: "Data",
        fallback: .some(.none), isNamedOnly: true),
      .init(
        name: "net", text: "network of such a checkpoint", typeName: "Net",
        fallback: .some(.none), isNamedOnly: true),
    ]
  ) { call, values in
    if let data = try DataValue.converted(from: values[1]) {
      throw Problem(
        "type", "`epochs` takes an integer, not \(Spelling.article(type(of: data).typeName))",
        suggestions: ["resume(left, data = right)"], argument: 1)
    }
    let epochs = values[1].integer
    guard epochs != nil || values[1].isNone else {
      throw Problem(
        "type", "`epochs` takes an integer, not \(Spelling.article(values[1].typeName))",
        argument: call.argumentIndex(of: "epochs", 1))
    }
    if case .string(let folder) = values[0] {
      return .host(
        RunValue(
          try SavedTraining(folder, call).resumed(
            epochs: epochs, data: values[2], test: values[3], net: values[4])))
    }
    guard let run = try RunValue.converted(from: values[0]) else {
      throw Problem(
        "type",
        "`resume` takes a run or the folder of a checkpoint, not "
          + Spelling.article(values[0].typeName), argument: 0)
    }
    guard values[2...].allSatisfy(\.isNone) else {
      throw Problem(
        "arguments", "a run has its data and its network already",
        notes: ["`data`, `test` and `net` are for the folder of a checkpoint"])
    }
    return .host(RunValue(try Job.trainer(call).resume(run.run, epochs: epochs)))
  }

  private static let probe = Builtin(
    "probe",
    """
    A linear classifier of a network's frozen features (or, without a network, of the samples'
    own numbers), fitted on `data`. The strength of its penalty is chosen on `validation`; the
    answer is its accuracy on `test`, on the validation data and the strength.

        found = probe(mlp(2, 16, 2, seed = 1), points(), validation = points(seed = 1),
                      test = points(seed = 2));
        found.accuracy > 0.5                                       #> true
    """, Parameter<NetValue?>.optional("net", "network; none for the samples as they are"), data,
    Parameter<DataValue>("validation", "samples for the choice", namedOnly: true),
    Parameter<DataValue>("test", "samples for the answer", namedOnly: true),
    Parameter(
      "strengths", "penalties to choose from", default: LinearProbe.usualStrengths, namedOnly: true),
    Parameter<AugmentationValue?>.optional(
      "prepare", "augmentation that prepares samples", namedOnly: true)
  ) {
    (
      call: Call, net: NetValue?, data: DataValue, validation: DataValue, test: DataValue,
      strengths: [Double], prepare: AugmentationValue?
    ) in
    let pipeline = prepare?.pipeline ?? Pipeline()
    func features(_ data: any Dataset) throws -> Tensor {
      guard let net else { return try data.flattened(prepared: pipeline) }
      return try net.net.features(of: data, prepared: pipeline, interruption: call.interruption)
    }
    let found = try LinearProbe(
      features(data.data), labels: data.data.labels, classes: data.data.classes,
      strengths: strengths, validation: (features(validation.data), validation.data.labels),
      interruption: call.interruption)
    let accuracy = try found.classifier.accuracy(features(test.data), labels: test.data.labels)
    let chosen = found.validation.first { $0.strength == found.strength }?.accuracy ?? .nan
    return TupleValue(
      [.real(accuracy), .real(chosen), .real(found.strength)],
      names: ["accuracy", "validation", "strength"])
  }

  private static let landscape = Builtin(
    "landscape",
    """
    The loss of a network on a square of weights around its own: record of distances `.a` and `.b`
    along two random directions, and `.loss` with a row for each b. Each filter of a direction is as
    long as the network's own (filter normalisation: Li et al. 2018, arXiv 1712.09913); biases and
    normalisations stay. Measures steps × steps networks on all of `data`: `take` fewer for a first
    look.

        run = train(mlp(2, 8, 2), points(), epochs = 2, seed = 1);
        g = landscape(run.net, points(), span = -1..1, steps = 5, seed = 1);
        g.loss.shape                                           #> (5, 5)
        surface(g.a, g.b, g.loss)
    """, net, data,
    Parameter(
      "span", "least and largest distance",
      default: RangeValue(start: .int(-1), end: .int(1), isClosed: false), namedOnly: true),
    Parameter("steps", "networks along each direction", default: 41, namedOnly: true),
    Parameter<Int?>.optional("seed", "of the directions", namedOnly: true),
    Parameter<AugmentationValue?>.optional(
      "prepare", "augmentation that prepares samples", namedOnly: true)
  ) {
    (
      call: Call, net: NetValue, data: DataValue, span: RangeValue, steps: Int, seed: Int?,
      prepare: AugmentationValue?
    ) in
    let (low, high) = span.bounds
    guard low < high, low.isFinite, high.isFinite else {
      throw Problem(
        "range", "the span goes from \(NumberText.short(low)) to \(NumberText.short(high))",
        suggestions: ["span = -1..1"], argument: call.argumentIndex(of: "span", 2))
    }
    let reporter = ProgressReporter(call, "landscape")
    let found = try LossLandscape(
      of: net.net, on: data.data, prepared: prepare?.pipeline ?? Pipeline(), span: low...high,
      steps: steps, random: call.random(seed: seed), interruption: call.interruption,
      progress: reporter.report)
    func places(_ values: [Double]) -> Value { Value(Tensor(values, shape: [values.count])) }
    return TupleValue(
      [places(found.a), places(found.b), Value(found.loss)], names: ["a", "b", "loss"])
  }

  /// A builtin with the arguments of a training.
  private static func trainer(
    _ name: String, _ text: String,
    _ body: @escaping @Sendable (Call, [Value]) throws -> Value
  ) -> Builtin {
    Builtin(name, text, parameters: Job.parameters, body: body)
  }
}

/// The arguments of a training.
struct Job {
  let net: Network
  let data: any Dataset
  let test: (any Dataset)?
  let plan: TrainingPlan
  let isFrozen: Bool
  let trainer: Trainer

  static let parameters: [ParameterDescription] = {
    let plan = TrainingPlan()
    func optional(_ name: String, _ text: String, _ type: String) -> ParameterDescription {
      .init(name: name, text: text, typeName: type, fallback: .some(.none), isNamedOnly: true)
    }
    return [
      .init(name: "net", text: "network", typeName: "Net", fallback: nil),
      .init(name: "data", text: "labelled samples", typeName: "Data", fallback: nil),
      .init(
        name: "epochs", text: "passes over the data", typeName: "integer",
        fallback: .int(plan.epochs)),
      .init(
        name: "batch", text: "samples in one step", typeName: "integer", fallback: .int(plan.batch)),
      optional("loss", "such as crossentropy(smoothing = 0.1)", "loss"),
      optional("optimizer", "such as adamw(lr = 1e-3) or sgd(lr = 0.1)", "optimiser"),
      optional("schedule", "of the learning rate, such as cosine(warmup = 0.05)", "schedule"),
      optional("method", "of training", "method"),
      optional("augment", "augmentations composed with >>", "Augmentation"),
      optional("test", "data for the accuracy after every epoch", "Data"),
      optional("steps", "steps in all, instead of epochs", "integer"),
      optional("clip", "longest gradient that is not shortened", "number"),
      .init(
        name: "body_rate", text: "learning rate of all layers but the head, as a share",
        typeName: "number", fallback: .real(plan.bodyRate), isNamedOnly: true),
      .init(
        name: "frozen", text: "whether all layers but the head stay as they are",
        typeName: "true or false", fallback: .bool(false), isNamedOnly: true),
      optional("checkpoint", "folder for the state after every epoch", "text"),
      .init(
        name: "resume", text: "go on from the checkpoint if there is one",
        typeName: "true or false", fallback: .bool(false), isNamedOnly: true),
      .init(
        name: "every", text: "epochs from one test and checkpoint to the next",
        typeName: "integer", fallback: .int(1), isNamedOnly: true),
      optional("seed", "of order, augmentation and dropout", "integer"),
    ]
  }()

  init(_ call: Call, _ values: [Value]) throws {
    let named = Dictionary(uniqueKeysWithValues: zip(Self.parameters.map(\.name), values))
    func value(_ name: String) -> Value { named[name] ?? .none }
    func wrong(_ name: String, _ wanted: String) -> Problem {
      Problem(
        "type", "`\(name)` takes \(wanted), not \(Spelling.article(value(name).typeName))",
        argument: call.argumentIndex(of: name, Self.parameters.firstIndex { $0.name == name } ?? 0))
    }
    func part<Part>(_ name: String, _ wanted: String, _ type: Part.Type) throws -> Part? {
      if value(name).isNone { return nil }
      if case .host(let host) = value(name), let part = (host as? PartValue)?.part as? Part {
        return part
      }
      // The name of a part stands for the part with its defaults: `optimizer = adamw`.
      if case .function(let function) = value(name), case .builtin(let builtin) = function.kind,
        case .host(let host) = try builtin(call, builtin.arranged([], nil)),
        let part = (host as? PartValue)?.part as? Part
      {
        return part
      }
      var problem = wrong(name, wanted)
      // The name as text: `optimizer = "adam"`.
      if case .string(let word) = value(name), call.runtime.library.builtin(named: word) != nil {
        problem.suggestions = ["\(name) = \(word)()"]
      }
      throw problem
    }
    func integer(_ name: String) throws -> Int? {
      if value(name).isNone { return nil }
      guard let number = value(name).integer else { throw wrong(name, "an integer") }
      return number
    }
    func number(_ name: String) throws -> Double? {
      if value(name).isNone { return nil }
      guard let number = value(name).number else { throw wrong(name, "a number") }
      return number
    }
    func dataset(_ name: String) throws -> (any Dataset)? {
      if value(name).isNone { return nil }
      guard let data = try DataValue.converted(from: value(name)) else { throw wrong(name, "data") }
      return data.data
    }
    guard let net = try NetworkBuilding.network(from: value("net"), call) else {
      throw wrong("net", "a network")
    }
    guard let data = try dataset("data") else { throw wrong("data", "data") }
    self.data = data
    test = try dataset("test")
    var plan = TrainingPlan()
    plan.epochs = try integer("epochs") ?? plan.epochs
    plan.batch = try integer("batch") ?? plan.batch
    plan.steps = try integer("steps")
    plan.loss = try part("loss", "a loss such as crossentropy()", (any Loss).self) ?? plan.loss
    plan.optimiser =
      try part("optimizer", "an optimiser such as adamw(lr = 1e-3)", (any Optimiser).self)
      ?? plan.optimiser
    plan.schedule =
      try part("schedule", "a schedule such as cosine()", (any Schedule).self) ?? plan.schedule
    plan.method =
      try part("method", "a method such as backprop()", (any TrainingMethod).self) ?? plan.method
    if !value("augment").isNone {
      guard let augmentation = try AugmentationValue.converted(from: value("augment")) else {
        throw wrong("augment", "an augmentation such as random_crop(28, pad = 2)")
      }
      plan.augmentation = augmentation.pipeline
    }
    plan.clip = try number("clip")
    plan.bodyRate = try number("body_rate") ?? plan.bodyRate
    plan.testEvery = try integer("every") ?? 1
    plan.checkpointEvery = plan.testEvery
    if case .string(let folder) = value("checkpoint") { plan.checkpoint = folder }
    var random = call.random(seed: try integer("seed"))
    plan.seed = random.next()
    self.plan = plan
    self.net = net
    if case .bool(true) = value("frozen") { isFrozen = true } else { isFrozen = false }
    if case .bool(true) = value("resume") { resumes = true } else { resumes = false }
    trainer = Self.trainer(call)
    files = call.runtime.files
  }

  private let resumes: Bool
  private let files: FileAccess

  /// The training, from its checkpoint if that is wanted and there is one.
  func trained() throws -> Run {
    if resumes, let folder = plan.checkpoint, Checkpoint.exists(in: folder, files: files) {
      return try trainer.resume(from: folder, net, on: data, test: test, plan: plan)
    }
    return try trainer.train(net, on: data, test: test, plan: plan)
  }

  static func trainer(_ call: Call) -> Trainer {
    Trainer(interruption: call.interruption, files: call.runtime.files) { progress in
      call.runtime.progress(
        .init(
          "train", fraction: Double(progress.step) / Double(max(1, progress.totalSteps)),
          detail: progress.text))
    }
  }
}
