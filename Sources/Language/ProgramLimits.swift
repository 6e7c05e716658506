/// What a program may use up, apart from memory, which is the process's.
package struct ProgramLimits: Sendable, Equatable {
  /// Seconds of running time; nil without a limit.
  package var seconds: Double?
  /// Deepest nesting of calls.
  package var depth = 5_000
  /// Bytes that may be printed.
  package var output = 1 << 30

  package init() {}

  /// Limits for programs that nobody trusts.
  package static var tight: ProgramLimits {
    var limits = ProgramLimits()
    limits.seconds = 60
    limits.depth = 1_000
    limits.output = 1 << 24
    return limits
  }

  /// Bytes that the values of a program that nobody trusts may hold.
  package static let tightMemory = 1 << 30
}
