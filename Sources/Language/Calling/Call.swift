import Basics

/// A call of a builtin while it runs: the way to random streams, files, output and back into the
/// program.
package struct Call {
  package let machine: Machine
  package let site: CallSite?

  package init(machine: Machine, site: CallSite?) {
    self.machine = machine
    self.site = site
  }

  package var runtime: Runtime { machine.runtime }

  /// The stream of this draw, or the one of an explicit `seed =`.
  package func random(seed: Int? = nil) -> RandomSource {
    guard let seed else { return runtime.nextRandom() }
    return RandomSource(seed: UInt64(bitPattern: Int64(seed)))
  }

  package var interruption: Interruption { runtime.interruption }

  /// Where the rows of a table stand that is written as an argument, or above under its name.
  package func rows(_ argument: Int) -> [Place] { site?.tables[argument] ?? [] }

  /// Calls a function of the program.
  package func apply(_ function: FunctionValue, _ arguments: [Value]) throws -> Value {
    try machine.apply(function, arguments, site: nil)
  }

  /// Reads a file that the program may read.
  package func read(_ path: String) throws -> [UInt8] {
    runtime.filesRead.append(path)
    return try runtime.files.read(path)
  }

  /// Writes a file that the program may write.
  package func write(_ bytes: some Collection<UInt8>, to path: String) throws {
    try runtime.files.write(bytes, to: path)
    runtime.filesWritten.append(path)
  }

  /// Converts an argument or says what is wrong with it.
  func convert<Wanted: ValueConvertible>(
    _ value: Value, to type: Wanted.Type, _ name: String, _ index: Int
  ) throws -> Wanted {
    if let converted = try Wanted.converted(from: value) { return converted }
    throw Problem(
      "type",
      "`\(name)` takes \(Spelling.article(Wanted.typeName)), not \(Operators.described(value))",
      argument: argumentIndex(of: name, index))
  }

  /// Where in the call as written a parameter's argument stands.
  package func argumentIndex(of name: String, _ index: Int) -> Int? {
    guard let site else { return nil }
    if let named = site.names.firstIndex(of: name) { return named }
    return index < site.names.count && site.names[index] == nil ? index : nil
  }
}
