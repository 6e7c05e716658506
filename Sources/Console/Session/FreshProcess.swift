import Basics
import Foundation

/// Runs this program again in a process of its own.
enum FreshProcess {
  /// Its exit status and what it wrote to both streams. Ctrl-C stops it and not the session.
  static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch {
      throw Problem("process", "fdsl cannot be started again", notes: ["\(error)"])
    }
    let child = process.processIdentifier
    let interruption = Interruption()
    let data = InterruptWatch.during(
      interruption, onPress: { press in kill(child, press > 1 ? SIGKILL : SIGINT) }
    ) {
      let data = (try? pipe.fileHandleForReading.readToEnd()) ?? nil
      process.waitUntilExit()
      return data ?? Data()
    }
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
