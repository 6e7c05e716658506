import Basics

/// Shows or changes the seed.
struct SeedCommand: SessionCommand {
  static let name = "seed"
  static let usage = "[N]"
  static let text = "show the seed, or set it"

  func run(_ arguments: String, isForced: Bool, in session: TerminalSession) throws {
    if arguments.isEmpty { return session.screen.write("\(session.engine.seed)\n") }
    guard let seed = UInt64(arguments) else {
      throw Problem("command", "the seed is a whole number from 0 on, not \"\(arguments)\"")
    }
    // As an entry it is part of what `:save` writes.
    session.run("seed \(seed)")
  }
}
