import Dispatch
import Foundation

/// Watches over running work: stops it when its time is over, or when the process takes far more
/// memory than the budget, which happens when a program hoards what is not counted.
package enum Watchdog {
  // A queue of its own gets a thread even when all cores compute.
  private static let queue = DispatchQueue(label: "fdsl.watchdog")

  /// Does work under watch.
  ///
  /// - Parameters:
  ///   - deadline: moment when the time is over.
  ///   - reason: what to say then.
  package static func during<R>(
    _ interruption: Interruption, until deadline: Date?, reason: Problem, _ body: () throws -> R
  ) rethrows -> R {
    let timer = DispatchSource.makeTimerSource(queue: queue)
    let left = deadline?.timeIntervalSinceNow ?? .infinity
    if left <= 0 { interruption.stop(reason) }
    timer.schedule(deadline: .now() + max(0.001, min(left, 0.1)), repeating: 0.05)
    timer.setEventHandler {
      if let deadline, Date() >= deadline { interruption.stop(reason) }
      let (resident, budget) = (residentBytes, Memory.budget)
      if resident > budget + max(1 << 28, budget / 4) {
        interruption.stop(
          Problem(
            "memory",
            "the program takes \(NumberText.bytes(Double(resident))); the budget is "
              + NumberText.bytes(Double(budget)),
            notes: ["much of it is in texts, lists or functions that hold one another"]))
      }
    }
    timer.resume()
    defer { timer.cancel() }
    return try body()
  }

  /// Bytes of the process that are in memory; 0 when the system does not tell.
  private static var residentBytes: Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let fields = String(
      decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self
    )
    .split(separator: " ")
    return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
  }
}
