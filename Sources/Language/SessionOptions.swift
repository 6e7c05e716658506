import Basics

/// Settings of a session.
package struct SessionOptions: Sendable {
  package var files: FileAccess
  package var seed: UInt64
  /// Whether `seed` was given on the command line and overrules the program.
  package var isSeedFixed = false
  /// Texts of parameters given from outside: `-D name=value`.
  package var parameters: [String: String] = [:]
  package var style = DisplayStyle()
  /// What the program may use up.
  package var limits = ProgramLimits()
  /// Native calls that may nest; hosts that run on a large stack may raise it.
  package var nestingLimit = 64

  package init(files: FileAccess, seed: UInt64 = 0) {
    self.files = files
    self.seed = seed
  }
}
