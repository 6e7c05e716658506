import Foundation
import Synchronization

/// What programs may hold in memory: the bytes of tensors, pictures and long lists are counted
/// while they live, and what does not fit in the budget is refused.
///
/// Memory is the process's, so count and budget are too: interpreters in one process share them.
///
/// Most places that make numbers cannot throw. Where such a place asks for more than there is, it
/// gets pages whose content means nothing, the refusal is remembered, and whoever called it
/// throws with `settle` before anybody sees the result.
package enum Memory {
  private static let used = Atomic<Int>(0)
  private static let chosen = Atomic<Int>(0)
  private static let refused = Atomic<Int>(0)

  /// Bytes that programs may hold together: what was set, else `share`.
  package static var budget: Int {
    get {
      let chosen = chosen.load(ordering: .relaxed)
      return chosen > 0 ? chosen : share
    }
    set { chosen.store(max(1, newValue), ordering: .relaxed) }
  }

  /// Three quarters of what the machine, or the control group of this process, has.
  package static let share = Int(
    Double(min(Int(clamping: ProcessInfo.processInfo.physicalMemory), ControlGroup.memory)) * 0.75)

  /// Bytes that tensors, pictures and long lists hold now.
  package static var held: Int { used.load(ordering: .relaxed) }

  /// Refuses a shape that is negative or needs more than the budget has left.
  ///
  /// - Parameter name: what is made, as in `zeros(10, 10)`.
  package static func check(_ shape: [Int], bytesEach: Int = 8, _ name: String = "the tensor")
    throws
  {
    if let size = shape.first(where: { $0 < 0 }) {
      throw Problem("shape", "an axis cannot have \(size) elements")
    }
    let bytes = shape.reduce(Double(bytesEach)) { $0 * Double($1) }
    guard bytes + Double(held) > Double(budget) else { return }
    let sizes = shape.map(text).joined(separator: ", ")
    throw problem(name.contains(" ") ? "\(name) [\(sizes)]" : "\(name)(\(sizes))", needs: bytes)
  }

  /// Counts bytes that are about to be taken. When the budget does not have them, nothing is
  /// counted, the refusal is remembered and the answer is false.
  package static func claim(_ bytes: Int) -> Bool {
    let (sum, overflow) = used.add(bytes, ordering: .relaxed).oldValue.addingReportingOverflow(
      bytes)
    if !overflow, sum <= budget { return true }
    release(bytes)
    refuse(bytes)
    return false
  }

  /// Counts bytes that are already taken; when they are too many, `settle` will throw.
  package static func add(_ bytes: Int) {
    if used.add(bytes, ordering: .relaxed).newValue > budget { refuse(bytes) }
  }

  /// Bytes that were counted are free again.
  package static func release(_ bytes: Int) { used.subtract(bytes, ordering: .relaxed) }

  /// Remembers that there was no room for so many bytes.
  package static func refuse(_ bytes: Int) {
    _ = refused.compareExchange(expected: 0, desired: max(1, bytes), ordering: .relaxed)
  }

  /// Throws when something was refused since the last call, and forgets it.
  ///
  /// - Parameter name: what was being done.
  @inline(__always)
  package static func settle(_ name: @autoclosure () -> String = "this") throws {
    if refused.load(ordering: .relaxed) > 0 { try tell(name()) }
  }

  /// Forgets a refusal, before work that has nothing to do with it.
  package static func forgive() { refused.store(0, ordering: .relaxed) }

  private static func tell(_ name: String) throws {
    let bytes = refused.exchange(0, ordering: .relaxed)
    if bytes > 0 { throw problem(name, needs: Double(bytes)) }
  }

  private static func problem(_ what: String, needs bytes: Double) -> Problem {
    let allowed = NumberText.bytes(Double(budget))
    if bytes > Double(budget) {
      return Problem(
        "memory", "\(what) needs \(NumberText.bytes(bytes)); the budget is \(allowed)")
    }
    return Problem(
      "memory", "\(what) needs \(NumberText.bytes(bytes)) more; the budget is \(allowed)",
      notes: [
        "\(NumberText.bytes(Double(held))) are held by values that names still refer to"
      ])
  }

  /// A size as a reader grasps it: `10^6`, `60000`.
  private static func text(_ size: Int) -> String {
    let digits = String(size)
    let zeros = digits.reversed().prefix { $0 == "0" }.count
    return zeros >= 4 && zeros == digits.count - 1 && digits.first == "1"
      ? "10^\(zeros)" : digits
  }
}

/// Bytes that a value holds in Swift's own arrays, counted while it lives.
package final class MemoryClaim: Sendable, Equatable {
  private let bytes: Int

  /// Counts them.
  package init(_ bytes: Int) {
    self.bytes = bytes
    Memory.add(bytes)
  }

  /// A claim for what is worth counting, else nil: small values come and go too quickly.
  package static func large(_ bytes: Int) -> MemoryClaim? {
    bytes >= 1 << 14 ? MemoryClaim(bytes) : nil
  }

  deinit { Memory.release(bytes) }

  /// Claims are no part of what a value is.
  package static func == (left: MemoryClaim, right: MemoryClaim) -> Bool { true }
}
