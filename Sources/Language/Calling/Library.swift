import Basics

/// A chapter of the language's library: a folder's file with some builtins.
package protocol BuiltinLibrary: Sendable {
  /// Title of the chapter in the manual.
  static var title: String { get }
  static var builtins: [Builtin] { get }
  /// Named values such as `π`.
  static var constants: [Constant] { get }
}

extension BuiltinLibrary {
  package static var builtins: [Builtin] { [] }
  package static var constants: [Constant] { [] }
}

/// A named value with its text.
package struct Constant: Sendable {
  package let names: [String]
  package let value: Value
  package let text: String

  package init(_ names: String..., value: Value, text: String) {
    self.names = names
    self.value = value
    self.text = text
  }
}

/// Every name that a program finds without defining it.
package struct Library: Sendable {
  package private(set) var builtins: [String: Builtin] = [:]
  package private(set) var values: [String: Value] = [:]
  package private(set) var constants: [String: Constant] = [:]
  /// Titles of the chapters with the names in each.
  package private(set) var chapters: [(title: String, names: [String])] = []

  package init() {}

  /// Adds a chapter.
  package mutating func add(_ library: any BuiltinLibrary.Type) {
    add(title: library.title, library.builtins, library.constants)
  }

  /// Adds builtins under a title. A later builtin of the same name replaces the earlier one.
  package mutating func add(title: String, _ new: [Builtin], _ constants: [Constant] = []) {
    for builtin in new {
      builtins[builtin.name] = builtin
      values[builtin.name] = .function(FunctionValue(builtin))
    }
    for constant in constants {
      for name in constant.names {
        self.constants[name] = constant
        values[name] = constant.value
      }
    }
    chapters.append((title, new.map(\.name) + constants.flatMap(\.names)))
  }

  /// Every name, sorted.
  package var names: [String] { values.keys.sorted() }
}
