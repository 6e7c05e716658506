import Foundation
import Language

/// Tells the session how far a library's work is, a few times a second, from any thread.
///
/// `@unchecked Sendable`: the lock keeps reports apart.
final class ProgressReporter: @unchecked Sendable {
  private let call: Call
  private let title: String
  private let lock = NSLock()
  private var last = Date.distantPast
  private let start = Date()

  init(_ call: Call, _ title: String) {
    self.call = call
    self.title = title
  }

  /// `done` of `count` pieces are done.
  func report(_ done: Int, _ count: Int) {
    lock.lock()
    defer { lock.unlock() }
    let now = Date()
    guard now.timeIntervalSince(last) > 0.2 || done == count else { return }
    last = now
    let seconds = now.timeIntervalSince(start)
    let left = done > 0 ? seconds / Double(done) * Double(count - done) : 0
    call.runtime.progress(
      .init(
        title, fraction: Double(done) / Double(max(1, count)),
        detail: "\(done) of \(count), \(Int(left.rounded())) s left"))
  }
}
