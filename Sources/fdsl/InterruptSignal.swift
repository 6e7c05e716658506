import Basics
import Dispatch
import Foundation

/// Turns Ctrl-C into requests to stop; the third one ends the program at once.
final class InterruptSignal {
  private let source: any DispatchSourceSignal

  /// - Parameter interruption: polled by the running work.
  init(_ interruption: Interruption) {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler {
      interruption.request()
      if interruption.requests > 2 { _exit(ExitStatus.interrupted.rawValue) }
    }
    source.resume()
  }

  deinit { source.cancel() }
}
