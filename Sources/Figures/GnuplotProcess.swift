import Basics
import CGnuplot
import Foundation

/// A gnuplot on this machine: script in, verified picture out.
package struct GnuplotProcess: Sendable {
  /// The program's path; nil when there is none.
  package var program: String?
  /// Seconds after which it is stopped.
  package var seconds: Double

  /// - Parameter program: a path; by default the first `gnuplot` on PATH.
  package init(program: String? = Self.installed, seconds: Double = 60) {
    self.program = program
    self.seconds = seconds
  }

  /// The first gnuplot on PATH.
  package static var installed: String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").map { "\($0)/gnuplot" }.first {
      $0.hasPrefix("/") && FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  /// What it calls itself, such as "gnuplot 5.4 patchlevel 4"; nil when it does not run.
  package var version: String? {
    guard let program, let result = try? run(program, ["--version"], in: "/", Interruption()),
      result.status == 0
    else { return nil }
    return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Runs the script and returns the file that it makes, checked to be whole and with everything
  /// taken out that would differ next time.
  package func render(
    _ script: GnuplotScript, output: String, interruption: Interruption = Interruption()
  ) throws -> [UInt8] {
    guard let program else {
      throw Problem(
        "plot", "gnuplot is not installed here",
        notes: ["images and montages need no gnuplot"],
        suggestions: ["apt-get install gnuplot-nox"])
    }
    let folder = try Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try script.write(to: folder + "/figure.gp")
    let result = try run(program, ["-d", "figure.gp"], in: folder, interruption)
    if result.status != 0 { throw Self.failure(result.output, status: result.status) }
    guard let data = FileManager.default.contents(atPath: folder + "/" + output) else {
      throw Problem(
        "plot", "gnuplot ended without making the picture", notes: Self.lines(result.output))
    }
    return try FigureFile.finished(Array(data), as: script.terminal)
  }

  private func run(
    _ program: String, _ arguments: [String], in folder: String, _ interruption: Interruption
  ) throws -> (status: Int, output: String) {
    var size = 1 << 16
    var output = [CChar](repeating: 0, count: size)
    var status: Int32 = -1
    let context = Unmanaged.passUnretained(interruption)
    let ending = Self.withCStrings([program] + arguments) { argv in
      Self.withCStrings(Self.environment(folder)) { environment in
        program.withCString { path in
          folder.withCString { directory in
            var job = cg_job(
              program: path, arguments: argv, environment: environment, directory: directory,
              seconds: seconds,
              should_stop: { context in
                guard let context else { return 0 }
                let interruption = Unmanaged<Interruption>.fromOpaque(context).takeUnretainedValue()
                return interruption.isRequested ? 1 : 0
              }, context: context.toOpaque())
            return withExtendedLifetime(interruption) { cg_run(&job, &status, &output, size) }
          }
        }
      }
    }
    size = output.firstIndex(of: 0) ?? 0
    let text = String(decoding: output[..<size].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    switch ending {
    case CG_TIMED_OUT:
      throw Problem(
        "plot", "gnuplot was stopped after \(NumberText.duration(seconds))",
        notes: Self.lines(text), suggestions: ["plot fewer points"])
    case CG_CANCELLED: throw Interrupted()
    case CG_NOT_STARTED:
      throw Problem("plot", "gnuplot cannot be started", notes: ["\(program): \(text)"])
    default: return (Int(status), text)
    }
  }

  /// Nothing of the user's environment but where fonts are found: gnuplot's own variables change
  /// what it draws, and a locale may write decimal commas.
  private static func environment(_ folder: String) -> [String] {
    let own = ProcessInfo.processInfo.environment
    var result = ["PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "TMPDIR=\(folder)"]
    for name in ["HOME", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH"] {
      if let value = own[name] { result.append("\(name)=\(value)") }
    }
    return result
  }

  /// gnuplot's last words as a problem: the message proper, without the place in our script.
  private static func failure(_ output: String, status: Int) -> Problem {
    let said = lines(output)
    let message =
      said.last { $0.contains("line ") && $0.contains(":") } ?? said.last
      ?? "it ended with status \(status)"
    let short = message.firstRange(of: ": ").map { String(message[$0.upperBound...]) } ?? message
    return Problem("plot", "gnuplot could not draw this: \(short)", notes: said)
  }

  /// At most eight printable lines.
  private static func lines(_ output: String) -> [String] {
    output.split(whereSeparator: \.isNewline)
      .map { line in
        String(line.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.map(Character.init))
          .trimmingCharacters(in: .whitespaces)
      }
      .filter { !$0.isEmpty }.suffix(8)
      .map { $0.count > 160 ? $0.prefix(160) + "…" : $0 }
  }

  private static func temporaryFolder() throws -> String {
    var template = Array((NSTemporaryDirectory() + "/fdsl-figure-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Problem(
        "file", "no temporary folder for the figure", notes: [String(cString: strerror(errno))])
    }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func withCStrings<Result>(
    _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    let pointers: [UnsafePointer<CChar>?] = copies.map { $0.map { UnsafePointer($0) } } + [nil]
    return pointers.withUnsafeBufferPointer { buffer in
      // The buffer holds at least the closing nil, so it has an address.
      body(buffer.baseAddress!)
    }
  }
}

extension GnuplotScript {
  /// Writes the script into a new file through gnuplot-iostream.
  package func write(to path: String) throws {
    var message = [CChar](repeating: 0, count: 512)
    func problem() -> Problem {
      let text = String(
        decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      return Problem("file", "the script of the figure cannot be written", notes: [path, text])
    }
    guard let file = cg_script_create(path, &message, message.count) else { throw problem() }
    var isGood = true
    for piece in pieces {
      switch piece {
      case .text(let text):
        var text = text
        isGood =
          isGood
          && text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
              cg_script_text(file, $0.baseAddress, $0.count) == 0
            }
          }
      case .bytes(let bytes):
        isGood = isGood && cg_script_bytes(file, bytes, bytes.count) == 0
      case .floats(let floats):
        isGood = isGood && cg_script_floats(file, floats, floats.count) == 0
      }
    }
    isGood = cg_script_close(file, &message, message.count) == 0 && isGood
    if !isGood { throw problem() }
  }
}
