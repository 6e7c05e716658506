import Synchronization

/// A flag that asks running work to stop; set from a signal handler, polled by loops.
package final class Interruption: Sendable {
  private let flag = Atomic<Int>(0)

  package init() {}

  /// How often a stop was asked for since the last `clear`.
  package var requests: Int { flag.load(ordering: .relaxed) }

  /// Whether running work should stop.
  package var isRequested: Bool { requests > 0 }

  /// Asks running work to stop. Safe in a signal handler.
  package func request() { flag.add(1, ordering: .relaxed) }

  /// Forgets earlier requests.
  package func clear() { flag.store(0, ordering: .relaxed) }

  /// Throws `Interrupted` when a stop was asked for.
  package func check() throws {
    if isRequested { throw Interrupted() }
  }
}
