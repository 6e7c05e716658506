import Basics
import CMachine

/// A function: written in the language, built in, or made from other functions.
///
/// `@unchecked Sendable`: nothing changes after `init`, and what `entry` points to lives as long as
/// the code in `kind`.
package final class FunctionValue: @unchecked Sendable {
  /// Where the function comes from.
  package enum Kind: Sendable {
    /// Compiled code with the values it captured when it was made.
    case closure(Code, captures: [Value])
    case builtin(Builtin)
    /// `first >> second`.
    case composed(Composition)
    /// Made by a builtin, such as `grad(f)`.
    case native(@Sendable ([Value], Call) throws -> Value)
  }

  // The core of the machine reads the first two where they stand: see `cm_function`.

  /// Where the machine goes on for a closure; nil for other kinds.
  let entry: UnsafePointer<cm_entry>?
  /// What a closure took along, in the order of its code's `captured`.
  let captures: UnsafeMutablePointer<Value>?
  package let kind: Kind
  /// The name it was defined under; empty for a lambda.
  package let name: String
  private let written: String
  /// How deep functions and lists hold one another from here. Compositions stand side by side.
  let nesting: Int

  package init(_ kind: Kind, name: String = "", text: String) {
    self.kind = kind
    if case .closure(let code, let values) = kind {
      entry = code.entry
      captures = .allocate(capacity: max(1, values.count))
      captures?.initialize(from: values, count: values.count)
    } else {
      (entry, captures) = (nil, nil)
    }
    self.name = name
    written = text
    nesting =
      switch kind {
      case .closure(_, let captures): 1 + captures.reduce(0) { max($0, $1.nesting) }
      case .composed(let composition): composition.nesting
      case .builtin, .native: 1
      }
  }

  /// `first >> second`.
  convenience init(_ first: FunctionValue, then second: FunctionValue) {
    self.init(.composed(Composition(first, second)), text: "")
  }

  /// How it shows itself: its definition.
  package var text: String {
    if case .composed(let composition) = kind { return composition.text }
    return written
  }

  deinit {
    guard let captures, let entry else { return }
    captures.deinitialize(count: Int(entry.pointee.capture_count))
    captures.deallocate()
  }

  package convenience init(_ builtin: Builtin) {
    self.init(.builtin(builtin), name: builtin.name, text: builtin.signature)
  }

  /// How many arguments it takes when called by position: least and most.
  package var arity: ClosedRange<Int> {
    switch kind {
    case .closure(let code, _): code.requiredParameterCount...code.parameters.count
    case .builtin(let builtin): builtin.arity
    case .composed(let composition): composition.first.arity
    case .native: 0...Int.max
    }
  }
}
