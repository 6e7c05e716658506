import Foundation

/// The program's two streams: values and results go to one, diagnostics and progress to the other.
final class Output {
  let isTerminal = isatty(STDOUT_FILENO) == 1
  let errorIsTerminal = isatty(STDERR_FILENO) == 1
  private var buffer: [UInt8] = []
  private var progressIsShown = false

  /// Appends to standard output; `flush` sends it.
  func write(_ text: String) {
    buffer += text.utf8
    if buffer.count > 1 << 16 { flush() }
  }

  /// Sends what was written. Ends the program quietly when the reader is gone.
  func flush() {
    guard !buffer.isEmpty else { return }
    clearProgress()
    send(buffer, to: STDOUT_FILENO)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes to standard error, after what was written to standard output.
  func writeError(_ text: String) {
    flush()
    clearProgress()
    send(Array(text.utf8), to: STDERR_FILENO)
  }

  /// Shows how far work has come on the terminal's last line; without a terminal, nothing.
  func showProgress(_ text: String?) {
    guard errorIsTerminal, ProcessInfo.processInfo.environment["TERM"] != "dumb" else { return }
    guard let text else { return clearProgress() }
    flush()
    var size = winsize()
    let columns = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 80
    let line = String(text.prefix(max(10, columns - 1)))
    send(Array("\r\u{1b}[K\(line)".utf8), to: STDERR_FILENO)
    progressIsShown = true
  }

  private func clearProgress() {
    guard progressIsShown else { return }
    progressIsShown = false
    send(Array("\r\u{1b}[K".utf8), to: STDERR_FILENO)
  }

  private func send(_ bytes: [UInt8], to descriptor: Int32) {
    var sent = 0
    bytes.withUnsafeBytes { pointer in
      while sent < bytes.count {
        let count = Foundation.write(descriptor, pointer.baseAddress! + sent, bytes.count - sent)
        if count >= 0 {
          sent += count
        } else if errno == EPIPE {
          exit(ExitStatus.done.rawValue)
        } else if errno != EINTR && errno != EAGAIN {
          exit(ExitStatus.inputOutput.rawValue)
        }
      }
    }
  }
}
