import CFuzzer
import Foundation
import Language

/// The part of the program that is fed, chosen by the environment variable `FUZZ_TARGET`.
private let target: any FuzzTarget.Type = {
  let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
  guard let target = FuzzTargets.all[name] else {
    print("FUZZ_TARGET is one of \(FuzzTargets.all.keys.sorted().joined(separator: ", "))")
    exit(2)
  }
  return target
}()

/// What can be fed with texts.
enum FuzzTargets {
  static let all: [String: any FuzzTarget.Type] = [
    "lexer": LexerTarget.self, "parser": ParserTarget.self, "formatter": FormatterTarget.self,
    "evaluator": EvaluatorTarget.self,
  ]
}

/// A part of the program that takes any text.
protocol FuzzTarget: Sendable {
  /// How many mutations of a hundred change programs as programs, and not as bytes.
  static var grafts: Int { get }
  /// Feeds it one text and checks what must hold.
  static func feed(_ bytes: [UInt8])
}

/// Stops the fuzzer, which keeps the text that broke the rule.
func require(_ holds: Bool, _ rule: @autoclosure () -> String) {
  if !holds { fatalError(rule()) }
}

@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: OpaquePointer, _ values: OpaquePointer) -> CInt {
  if ProcessInfo.processInfo.environment["FUZZ_TARGET"] == "words" {
    print(Words.dictionary)
    exit(0)
  }
  _ = target
  return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func feed(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  target.feed(Array(UnsafeBufferPointer(start: data, count: size)))
  return 0
}

@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(
  _ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ most: Int, _ seed: CUnsignedInt
) -> Int {
  var graft = Graft(seed: UInt64(seed))
  if graft.chance(of: target.grafts) {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    if let changed = graft.changed(bytes), changed.count <= most, changed != bytes {
      for (index, byte) in changed.enumerated() { data[index] = byte }
      return changed.count
    }
  }
  return LLVMFuzzerMutate(data, size, most)
}
