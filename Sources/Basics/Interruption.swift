import Synchronization

/// A flag that asks running work to stop; set from a signal handler or a watchdog, polled by loops.
package final class Interruption: Sendable {
  /// The user's requests in the low bits, and whether a budget is used up above them.
  private let flag = Atomic<Int>(0)
  private let reason = Mutex<Problem?>(nil)
  private static let spent = 1 << 32

  package init() {}

  /// How often the user asked for a stop since the last `clear`.
  package var requests: Int { flag.load(ordering: .relaxed) & (Self.spent - 1) }

  /// Whether running work should stop: the user asked for it, or a budget is used up.
  package var isRequested: Bool { flag.load(ordering: .relaxed) != 0 }

  /// Asks running work to stop. Safe in a signal handler.
  package func request() { flag.add(1, ordering: .relaxed) }

  /// Stops running work because a budget is used up. The first reason counts.
  package func stop(_ problem: Problem) {
    reason.withLock { $0 = $0 ?? problem }
    flag.bitwiseOr(Self.spent, ordering: .relaxed)
  }

  /// Forgets earlier requests and reasons.
  package func clear() {
    reason.withLock { $0 = nil }
    flag.store(0, ordering: .relaxed)
  }

  /// Throws the reason when a budget is used up, and `Interrupted` when a stop was asked for.
  package func check() throws {
    try Memory.settle()
    guard isRequested else { return }
    if let problem = reason.withLock({ $0 }) { throw problem }
    throw Interrupted()
  }
}
