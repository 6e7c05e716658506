import Basics
import Foundation

/// Everything a running program shares: names, random streams, files, output, limits.
package final class Runtime {
  /// Top-level names. Code refers to them by slot, so a rebinding takes effect everywhere.
  package final class Globals {
    package private(set) var names: [String] = []
    /// The value of each slot, where the machine reads it without counting references. Grows by
    /// moving, so it is not to be kept.
    private(set) var table: UnsafeMutablePointer<Value> = .allocate(capacity: 64)
    private var capacity = 64
    private var slots: [String: Int] = [:]
    /// Functions that had a name while calls were under way: one of them may be running still.
    private var replaced: [Value] = []

    /// The table as the core of the machine sees it.
    var bytes: UnsafeMutablePointer<CChar> {
      UnsafeMutableRawPointer(table).assumingMemoryBound(to: CChar.self)
    }

    /// Keeps the function that is about to lose its name.
    func keepReplaced(_ slot: Int) {
      if case .function = table[slot] { replaced.append(table[slot]) }
    }

    /// No call is under way any more.
    func forgetReplaced() { replaced.removeAll() }

    deinit {
      table.deinitialize(count: names.count)
      table.deallocate()
    }

    /// The value of each name, in the order of `names`; `.none` where it has none.
    package var values: [Value] {
      get { Array(UnsafeBufferPointer(start: table, count: names.count)) }
      set {
        for slot in names.indices {
          keepReplaced(slot)
          table[slot] = slot < newValue.count ? newValue[slot] : .none
        }
      }
    }

    /// The slot of `name`, made when there is none yet.
    package func slot(_ name: String) -> Int {
      if let slot = slots[name] { return slot }
      let slot = names.count
      if slot == capacity {
        let larger = UnsafeMutablePointer<Value>.allocate(capacity: 2 * capacity)
        larger.moveInitialize(from: table, count: slot)
        table.deallocate()
        table = larger
        capacity *= 2
      }
      (table + slot).initialize(to: .none)
      slots[name] = slot
      names.append(name)
      return slot
    }

    /// The value bound to `name`, if there is one.
    package subscript(name: String) -> Value? {
      get {
        guard let slot = slots[name], !table[slot].isNone else { return nil }
        return table[slot]
      }
      set {
        let slot = slot(name)
        keepReplaced(slot)
        table[slot] = newValue ?? .none
      }
    }
  }

  /// Progress of long work, for the stream that shows it.
  package struct Progress: Sendable {
    /// What is being done: "epoch 7 of 20".
    package var title: String
    /// Share done, 0...1; nil when unknown.
    package var fraction: Double?
    /// Rate, losses and time left, as one short text.
    package var detail: String
    /// Whether this line is worth keeping where lines cannot be rewritten (one an epoch).
    package var isMilestone: Bool

    package init(_ title: String, fraction: Double?, detail: String = "", isMilestone: Bool = false)
    {
      self.title = title
      self.fraction = fraction
      self.detail = detail
      self.isMilestone = isMilestone
    }
  }

  /// A parameter that a program declared.
  package struct Parameter: Sendable {
    package let name: String
    package let value: Value
    package let range: Value
    package let caption: String
  }

  package let globals = Globals()
  package var library: Library
  package var files: FileAccess
  package let interruption: Interruption
  package var style = DisplayStyle()
  /// Seed of the file; keys every random stream together with `cell` and `ordinal`.
  package var seed: UInt64
  /// Whether the seed was given from outside and `seed` statements are to be ignored.
  package var isSeedFixed = false
  /// Label of the running cell.
  package var cell = ""
  /// Draws made in the running cell.
  package var ordinal = 0
  /// Texts given by `-D name=value`.
  package var overrides: [String: String] = [:]
  package var parameters: [Parameter] = []
  /// Moment after which work must stop; nil without a limit.
  package var deadline: Date?
  /// What the program may use up; a change gives it all of its time again.
  package var limits = ProgramLimits() {
    didSet {
      deepest = limits.depth
      restartClock()
    }
  }
  /// Bytes printed since the clock was started.
  private var outputCount = 0
  // Read at every call: other modules go the long way, so that this one need not check for
  // overlapping accesses.
  var deepest = 5_000
  /// Whether advice may name options of the command line.
  package var hasCommandLine = true
  package var print: (String) -> Void = { _ in }
  package var progress: (Progress) -> Void = { _ in }
  /// Paths read and written by the running statement, for keys and side files.
  package var filesRead: [String] = []
  package var filesUsed: [String] = []
  package var filesWritten: [String] = []

  package init(library: Library, files: FileAccess, interruption: Interruption, seed: UInt64) {
    self.library = library
    self.files = files
    self.interruption = interruption
    self.seed = seed
  }

  /// The stream of the next draw: keyed by seed, cell and ordinal within the cell, so that other
  /// cells and the number of threads do not matter.
  package func nextRandom() -> RandomSource {
    defer { ordinal += 1 }
    return RandomSource(seed: seed).stream(cell).stream("draw", ordinal)
  }

  /// Throws when the program must stop: interrupted, or a budget is used up.
  package func poll() throws { try interruption.check() }

  /// Gives the program the whole of its time and output again.
  package func restartClock() {
    deadline = limits.seconds.map { Date(timeIntervalSinceNow: $0) }
    outputCount = 0
  }

  /// Counts printed text; false when it is more than the program may print.
  func admits(_ text: String) -> Bool {
    outputCount += text.utf8.count
    if outputCount <= limits.output { return true }
    interruption.stop(
      Problem(
        "output",
        "the program prints more than \(NumberText.bytes(Double(limits.output)))",
        suggestions: hasCommandLine ? ["--output 4G"] : []))
    return false
  }

  /// What is said when the time is over.
  var outOfTime: Problem {
    let limit = limits.seconds.map { " of \(NumberText.duration($0))" } ?? ""
    return Problem(
      "time", "the time budget\(limit) is used up",
      suggestions: hasCommandLine ? ["--time 10min"] : [])
  }
}

extension Runtime {
  /// Sets the seed unless it was fixed from outside, and starts the cell's draws anew.
  func reseed(_ seed: UInt64) {
    if !isSeedFixed { self.seed = seed }
    ordinal = 0
  }

  /// The value of a declared parameter: the one given from outside, else the default.
  func declare(_ name: String, default fallback: Value, range: Value, caption: String) throws
    -> Value
  {
    var value = fallback
    if let text = overrides[name] {
      value = try Self.literal(text, like: fallback, name)
    }
    try Self.check(value, in: range, name)
    parameters.removeAll { $0.name == name }
    parameters.append(Parameter(name: name, value: value, range: range, caption: caption))
    return value
  }

  /// Reads the text of `-D name=text` as a value of the default's type.
  private static func literal(_ text: String, like fallback: Value, _ name: String) throws -> Value
  {
    let trimmed = text.filter { $0 != "_" }
    switch fallback {
    case .string: return .string(text)
    case .bool:
      if text == "true" || text == "false" { return .bool(text == "true") }
    case .int:
      if let number = Int(trimmed) { return .int(number) }
    default:
      if let number = Int(trimmed) { return .int(number) }
      if let number = Double(trimmed) { return .real(number) }
      if text == "true" || text == "false" { return .bool(text == "true") }
      if case .real = fallback { break }
      return .string(text)
    }
    throw Problem(
      "parameter", "`\(name)` takes \(Spelling.article(fallback.typeName)), not \"\(text)\"",
      suggestions: ["-D \(name)=\(Display.plain(fallback))"])
  }

  private static func check(_ value: Value, in range: Value, _ name: String) throws {
    switch range {
    case .range(let range):
      guard let number = value.number else {
        throw Problem("parameter", "`\(name)` takes a number, not \(Operators.described(value))")
      }
      let (low, high) = range.bounds
      // A range of reals includes both ends: `lr in 1e-5..1` allows 1.
      let isOpen = !range.isClosed && range.integers != nil
      if number < low || (isOpen ? number >= high : number > high) {
        throw Problem(
          "parameter",
          "`\(name)` is \(NumberText.short(number)), outside \(Display.bounds(of: range))",
          notes: [
            "it may be \(NumberText.short(low)) to \(NumberText.short(isOpen ? high - 1 : high))"
          ])
      }
    case .tuple(let tuple):
      let texts = tuple.items.map { Display.text($0) }
      if !texts.contains(Display.text(value)) {
        throw Problem(
          "parameter", "`\(name)` cannot be \(Display.text(value))",
          notes: ["it is one of " + texts.joined(separator: ", ")])
      }
    case .tensor(let box) where box.tensor.rank == 1:
      if let number = value.number, box.tensor.doubles.contains(number) { return }
      throw Problem(
        "parameter", "`\(name)` cannot be \(Display.text(value))",
        notes: ["it is one of \(Display.text(range))"])
    case .none: break
    case .int, .real, .bool, .complex, .string, .tensor, .function, .host:
      throw Problem(
        "parameter",
        "`\(name)` takes its values from a range or a list, not \(Operators.described(range))",
        suggestions: ["in 1..=24", "in (\"small\", \"large\")"])
    }
  }
}
