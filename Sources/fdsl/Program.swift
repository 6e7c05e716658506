import ArgumentParser
import Foundation
import Language

/// The `fdsl` program: parses the command line and turns what happens into an exit code.
@main
enum Program {
  static func main() {
    // A reader that goes away is noticed where we write.
    signal(SIGPIPE, SIG_IGN)
    // Deep nesting in a program must end in a diagnostic, not in the end of the main stack.
    let thread = Thread { exit(run(Array(CommandLine.arguments.dropFirst()))) }
    thread.stackSize = 512 << 20
    thread.start()
    while true { pause() }
  }

  /// Runs one command line and returns the exit code.
  private static func run(_ arguments: [String]) -> Int32 {
    let output = Output()
    defer { output.flush() }
    do {
      var command = try FDSLCommand.parseAsRoot(separated(arguments))
      try command.run()
      return ExitStatus.done.rawValue
    } catch let status as ExitStatus {
      return status.rawValue
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      // Requests for help, version or completions arrive as errors with a code of 0.
      let isAnswer = FDSLCommand.exitCode(for: error) == .success
      let message = FDSLCommand.fullMessage(for: error)
      if isAnswer {
        output.write(message.isEmpty ? "" : message + "\n")
        return ExitStatus.done.rawValue
      }
      let isJSON = zip(arguments, arguments.dropFirst() + [""]).contains {
        $0 == "--diagnostics=json" || $0 == "--diagnostics" && $1 == "json"
      }
      output.writeError(
        (isJSON ? DiagnosticText.json(of: Diagnostic("usage", message)) : message) + "\n")
      return ExitStatus.usage.rawValue
    }
  }

  /// `-Dname=value` as the two words `-D name=value`, which is what the parser understands.
  private static func separated(_ arguments: [String]) -> [String] {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    return arguments[..<end].flatMap { word in
      word.hasPrefix("-D") && word.count > 2 ? ["-D", String(word.dropFirst(2))] : [word]
    } + arguments[end...]
  }
}
