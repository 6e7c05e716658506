import Basics
import Foundation

/// Facts about the machine the program runs on.
enum Machine {
  /// The processor's name.
  static var processor: String {
    field("model name", in: "/proc/cpuinfo") ?? "unknown"
  }

  /// The widest vector units present, the widest first.
  static var vectorUnits: [String] {
    let flags = Set(
      (field("flags", in: "/proc/cpuinfo") ?? "").split(separator: " ").map(String.init))
    return [
      "amx_tile", "avx512_bf16", "avx512f", "avx2", "fma", "sse4_2", "asimd",
    ].filter(flags.contains)
  }

  /// Bytes of memory.
  static var memory: Double { Double(ProcessInfo.processInfo.physicalMemory) }

  /// The path behind a shared library that this process has loaded.
  static func loadedLibrary(_ name: String) -> String? {
    // Its size is given as 0, so it must be read until the end.
    guard let file = FileHandle(forReadingAtPath: "/proc/self/maps"),
      let data = try? file.readToEnd()
    else { return nil }
    let maps = String(decoding: data, as: UTF8.self)
    for line in maps.split(separator: "\n") {
      guard let slash = line.firstIndex(of: "/") else { continue }
      let path = String(line[slash...])
      if PathName.last(path).hasPrefix(name) { return path }
    }
    return nil
  }

  /// Version numbers in the file name of a loaded library: `libedit.so.2.0.70` has 2.0.70.
  static func versionInName(_ library: String) -> String? {
    guard let path = loadedLibrary(library) else { return nil }
    let real = (path as NSString).resolvingSymlinksInPath
    guard let range = real.range(of: ".so.") else { return "present" }
    return String(real[range.upperBound...])
  }

  /// What a C function returns as text, if the function is loaded. It gets a null pointer, for
  /// those that want to be asked about nothing in particular.
  static func text(fromFunction name: String) -> String? {
    guard let symbol = dlsym(UnsafeMutableRawPointer(bitPattern: 0), name) else { return nil }
    let function = unsafeBitCast(
      symbol, to: (@convention(c) (UnsafeRawPointer?) -> UnsafePointer<CChar>?).self)
    return function(nil).map { String(cString: $0) }
  }

  /// Where a program is found on the search path.
  static func program(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  /// What a program prints, both streams; `nil` when it cannot be run.
  static func output(of path: String, _ arguments: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  private static func field(_ name: String, in path: String) -> String? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    for line in text.split(separator: "\n") where line.hasPrefix(name) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    return nil
  }
}
