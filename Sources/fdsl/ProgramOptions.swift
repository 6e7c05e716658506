import ArgumentParser
import Basics
import Foundation
import Language

/// Options of every command that runs programs.
struct ProgramOptions: ParsableArguments {
  @Option(
    name: .customShort("D", allowingJoined: true),
    help: ArgumentHelp("Set a parameter of the program.", valueName: "name=value"))
  var definitions: [String] = []

  @Option(help: "Seed of all random numbers, in place of the file's.")
  var seed: UInt64?

  @Option(help: "How many threads work at once.")
  var threads: Int?

  @Option(help: ArgumentHelp("Time the program may take, as 10min.", valueName: "amount"))
  var time: TimeAmount?

  @Option(
    help: ArgumentHelp(
      "Memory that its values may hold, as 8G; three quarters of the machine's without.",
      valueName: "amount"))
  var memory: MemoryAmount?

  @Option(
    help: ArgumentHelp("How much it may print, as 100M; 1G without.", valueName: "amount"))
  var output: MemoryAmount?

  @Flag(
    help: """
      No writing, no :sh, at most 1 min, 1 GiB, 16 MiB of output and 1,000 nested calls unless \
      told otherwise: for programs you do not trust.
      """)
  var safe = false

  @Option(help: ArgumentHelp("Folder that may be read besides the file's own.", valueName: "dir"))
  var read: [String] = []

  @Option(help: ArgumentHelp("Folder that may be written as well.", valueName: "dir"))
  var write: [String] = []

  @OptionGroup var display: DisplayOptions

  func validate() throws {
    _ = try parameters
    if let threads, threads < 1 { throw ValidationError("--threads takes 1 or more.") }
  }

  /// The parameters by name.
  var parameters: [String: String] {
    get throws {
      var result: [String: String] = [:]
      for definition in definitions {
        guard let equals = definition.firstIndex(of: "="), equals != definition.startIndex else {
          throw ValidationError("-D takes name=value, as in -D epochs=1; got \"\(definition)\".")
        }
        let name = definition[..<equals].trimmingCharacters(in: .whitespaces)
        result[name] = String(definition[definition.index(after: equals)...])
      }
      return result
    }
  }

  /// What a program may use up.
  var limits: ProgramLimits {
    var limits = safe ? ProgramLimits.tight : ProgramLimits()
    if let time { limits.seconds = time.seconds }
    if let output { limits.output = output.bytes }
    return limits
  }

  /// Bytes that values may hold; nil for the machine's share.
  var memoryBudget: Int? {
    memory?.bytes ?? (safe ? min(ProgramLimits.tightMemory, Memory.share) : nil)
  }

  /// The files that a program in `folder` may touch.
  func files(root folder: URL) -> FileAccess {
    FileAccess(
      root: folder, reading: read.map { URL(fileURLWithPath: $0) },
      writing: write.map { URL(fileURLWithPath: $0) }, isReadOnly: safe)
  }
}

/// Options that say how results and trouble look.
struct DisplayOptions: ParsableArguments {
  enum Colour: String, CaseIterable, ExpressibleByArgument { case auto, always, never }
  enum Diagnostics: String, CaseIterable, ExpressibleByArgument { case text, json }
  enum Images: String, CaseIterable, ExpressibleByArgument {
    case auto, kitty, iterm, sixel, blocks, none
  }

  @Option(help: "When to colour what is written.")
  var color = Colour.auto

  @Option(help: "Form of diagnostics.")
  var diagnostics = Diagnostics.text

  @Option(help: "How pictures are shown in the terminal.")
  var images = Images.auto

  /// Whether a stream gets colours. `NO_COLOR` counts only when it is not empty.
  func colours(_ isTerminal: Bool) -> Bool {
    switch color {
    case .always: return true
    case .never: return false
    case .auto:
      let environment = ProcessInfo.processInfo.environment
      return isTerminal && environment["NO_COLOR", default: ""].isEmpty
        && environment["TERM", default: "dumb"] != "dumb"
    }
  }
}
