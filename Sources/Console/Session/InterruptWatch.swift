import Basics
import CEdit
import Foundation
import Synchronization

/// Turns Ctrl-C into a request to stop while something runs.
package enum InterruptWatch {
  /// Runs `body` with Ctrl-C going to `interruption`.
  ///
  /// - Parameter onPress: called on another thread with the number of presses: for the first when
  ///   the work goes on for another 0.7 s, for later ones at once.
  package static func during<Result>(
    _ interruption: Interruption, onPress: @escaping @Sendable (Int) -> Void = { _ in },
    _ body: () throws -> Result
  ) rethrows -> Result {
    interruption.clear()
    let signals = ce_signal_descriptor()
    var ends: [Int32] = [-1, -1]
    guard signals >= 0, pipe(&ends) == 0 else { return try body() }
    let stop = ends[0]
    let done = DispatchSemaphore(value: 0)
    // Presses from before belong to what was before.
    _ = take(signals)
    let thread = Thread {
      var presses = 0
      var isQuiet = true
      while true {
        switch wait(signals, stop, milliseconds: presses == 1 && isQuiet ? 700 : -1) {
        case .over:
          done.signal()
          return
        case .nothing:
          isQuiet = false
          onPress(presses)
        case .signal:
          for _ in 0..<take(signals) {
            presses += 1
            interruption.request()
            if presses > 1 { onPress(presses) }
          }
        }
      }
    }
    thread.stackSize = 1 << 18
    thread.start()
    defer {
      close(ends[1])
      done.wait()
      close(ends[0])
    }
    return try body()
  }

  private enum Event { case signal, over, nothing }

  /// Waits until a signal is there, the work is over or the time is.
  private static func wait(_ signals: Int32, _ stop: Int32, milliseconds: Int32) -> Event {
    var waits = [
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
    ]
    var count = poll(&waits, 2, milliseconds)
    while count < 0 && errno == EINTR { count = poll(&waits, 2, milliseconds) }
    if waits[1].revents != 0 { return .over }
    return count > 0 ? .signal : .nothing
  }

  /// Empties the signal pipe; the number of Ctrl-C in it.
  private static func take(_ signals: Int32) -> Int {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(signals, &bytes, bytes.count)
    return count > 0 ? bytes[..<count].count { $0 == UInt8(SIGINT) } : 0
  }
}
