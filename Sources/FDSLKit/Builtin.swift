import Basics
import Language

/// A parameter of a builtin of your own.
public struct Parameter<Wanted: ProgramConvertible>: Sendable {
  let name: String
  let text: String
  let fallback: Wanted?

  /// - Parameters:
  ///   - text: a few words, for help and for messages.
  ///   - fallback: what stands for an argument that is left out.
  public init(_ name: String, _ text: String, default fallback: Wanted? = nil) {
    self.name = name
    self.text = text
    self.fallback = fallback
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
/// Help, completion and the messages about wrong arguments are read off the declaration:
///
///     Builtin("reading", "The sensor's last value.", Parameter("id", "which sensor")) {
///       (id: Int) in sensors[id].last
///     }
public struct Builtin: Sendable {
  let inner: Language.Builtin

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
}
