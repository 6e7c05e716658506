import CKernels
import Dispatch
import Foundation
import Synchronization

/// Work spread over a fixed number of threads. Results never depend on that number.
package enum Parallel {
  private static let chosen = Atomic<Int>(0)

  /// How many threads work at once: `--threads`, else `FDSL_THREADS`, else the machine's cores.
  package static var threads: Int {
    get {
      let now = chosen.load(ordering: .relaxed)
      if now > 0 { return now }
      let asked = ProcessInfo.processInfo.environment["FDSL_THREADS"].flatMap { Int($0) } ?? 0
      let found = asked > 0 ? asked : ProcessInfo.processInfo.activeProcessorCount
      chosen.store(found, ordering: .relaxed)
      return found
    }
    set { chosen.store(max(1, newValue), ordering: .relaxed) }
  }

  /// Calls `body` once for each index in 0..<count, in any order, on up to `threads` threads.
  /// The first error thrown stops the handing out of further indices and is rethrown.
  package static func forEach(_ count: Int, _ body: @Sendable (Int) throws -> Void) throws {
    let workers = min(threads, count)
    if workers <= 1 {
      for index in 0..<max(0, count) { try body(index) }
      return
    }
    let next = Atomic<Int>(0)
    let failure = Mutex<(any Error)?>(nil)
    onTeam(of: workers) {
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        if index >= count { return }
        do { try body(index) } catch {
          failure.withLock { $0 = $0 ?? error }
          next.store(count, ordering: .relaxed)
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  /// Whether the work at hand prepares something while other work goes on.
  @TaskLocal private static var isBackground = false

  /// Does work whose loops leave the team of threads to the work that goes on beside it: waiting
  /// threads of two teams would take each other's time.
  package static func inBackground<R>(_ body: () throws -> R) rethrows -> R {
    try $isBackground.withValue(true, operation: body)
  }

  /// Calls `body` once on each of up to `workers` threads at once.
  private static func onTeam(of workers: Int, _ body: @Sendable () -> Void) {
    if isBackground || ck_team_available() == 0 {
      return DispatchQueue.concurrentPerform(iterations: workers) { _ in inBackground(body) }
    }
    withoutActuallyEscaping(body) { body in
      var body = body
      withUnsafeMutablePointer(to: &body) { body in
        ck_team_run(
          Int32(clamping: workers),
          { $0!.assumingMemoryBound(to: (@Sendable () -> Void).self).pointee() }, body)
      }
    }
  }
}
