import Basics
import Language

/// A parameter of a builtin of your own.
///
///     Parameter<Int>("id", "which sensor")
///     Parameter("by", "factor", default: 2.0)
///     Parameter<Double?>.optional("limit", "largest value; none when left out")
public struct Parameter<Wanted: ProgramConvertible>: Sendable {
  let name: String
  let text: String
  let fallback: Wanted?

  /// A parameter that must be given, or has a default.
  ///
  /// - Parameters:
  ///   - text: a few words, for help and for messages.
  ///   - fallback: what stands for an argument that is left out.
  public init(_ name: String, _ text: String, default fallback: Wanted? = nil) {
    self.name = name
    self.text = text
    self.fallback = fallback
  }

  /// A parameter that may be left out and then is `nil`.
  public static func optional<Inner>(_ name: String, _ text: String) -> Parameter
  where Wanted == Inner? {
    Parameter(name, text, default: .some(nil))
  }

  var description: ParameterDescription {
    ParameterDescription(
      name: name, text: text, typeName: Wanted.typeName,
      fallback: fallback.flatMap(\.programValue.value))
  }

  func converted(_ value: Value, _ index: Int) throws -> Wanted {
    if let converted = Wanted(programValue: ProgramValue(value)) { return converted }
    throw Problem(
      "type",
      "`\(name)` takes \(Spelling.article(Wanted.typeName)), not "
        + Spelling.article(value.typeName), argument: index)
  }
}

/// A function of your own that programs can call.
///
/// Help, completion and the messages about wrong arguments are read off the declaration; the
/// types are those of the closure:
///
///     Builtin("reading", "The sensor's last value.", Parameter("id", "which sensor")) {
///       (id: Int) in sensors[id].last
///     }
public struct Builtin: Sendable {
  let inner: Language.Builtin

  /// A function with a result.
  ///
  /// - Parameters:
  ///   - text: first a complete sentence; further paragraphs say what happens at the edges.
  ///   - body: what it throws stops the program with its description as the message.
  public init<each Argument: ProgramConvertible, Result: ProgramConvertible>(
    _ name: String, _ text: String, _ parameter: repeat Parameter<each Argument>,
    body: @escaping @Sendable (repeat each Argument) throws -> Result
  ) {
    var descriptions: [ParameterDescription] = []
    repeat descriptions.append((each parameter).description)
    inner = Language.Builtin(name, text, parameters: descriptions) { _, values in
      var index = 0
      func next<Wanted>(_ parameter: Parameter<Wanted>) throws -> Wanted {
        defer { index += 1 }
        return try parameter.converted(values[index], index)
      }
      let arguments = (repeat try next(each parameter))
      let result: Result
      do { result = try body(repeat each arguments) } catch {
        throw error as? Problem ?? Problem("host", "`\(name)` failed: \(error)")
      }
      guard let value = result.programValue.value else {
        throw Problem("host", "`\(name)` gave a value that only programs can make")
      }
      return value
    }
  }

  /// A function that does something and has no result.
  ///
  ///     Builtin("light", "Switches the lamp.", Parameter("on", "whether it burns")) {
  ///       (on: Bool) in lamp.set(on)
  ///     }
  public init<each Argument: ProgramConvertible>(
    _ name: String, _ text: String, _ parameter: repeat Parameter<each Argument>,
    body: @escaping @Sendable (repeat each Argument) throws -> Void
  ) {
    self.init(name, text, repeat each parameter) {
      (arguments: repeat each Argument) -> ProgramValue in
      try body(repeat each arguments)
      return .nothing
    }
  }
}
