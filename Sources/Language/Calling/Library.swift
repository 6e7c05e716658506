import Basics
import Synchronization

/// A chapter of the language's library: a folder's file with some builtins.
package protocol BuiltinLibrary: Sendable {
  /// Title of the chapter in the manual.
  static var title: String { get }
  static var builtins: [Builtin] { get }
  /// Named values such as `π`.
  static var constants: [Constant] { get }
  /// Whether most programs use it: names are looked for in such chapters first.
  static var isEveryday: Bool { get }
}

extension BuiltinLibrary {
  package static var builtins: [Builtin] { [] }
  package static var constants: [Constant] { [] }
  package static var isEveryday: Bool { false }
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
///
/// A chapter is opened when a name is looked for that no open chapter has: making all declarations
/// takes longer than most short programs. So no two such chapters may share a name.
package struct Library: Sendable {
  private struct Chapter: Sendable {
    /// What to open; nil once that was done.
    var closed: (any BuiltinLibrary.Type)?
    let title: String
    var names: [String] = []
  }

  private struct Contents: Sendable {
    var chapters: [Chapter] = []
    var builtins: [String: Builtin] = [:]
    var values: [String: Value] = [:]
    var constants: [String: Constant] = [:]
    /// The chapter that each name is from.
    private var positions: [String: Int] = [:]

    /// Puts names into a chapter; those of later chapters of the same name stay.
    mutating func fill(_ position: Int, _ new: [Builtin], _ added: [Constant]) {
      for builtin in new where positions[builtin.name] ?? -1 <= position {
        builtins[builtin.name] = builtin
        values[builtin.name] = .function(FunctionValue(builtin))
        positions[builtin.name] = position
      }
      for constant in added {
        for name in constant.names where positions[name] ?? -1 <= position {
          constants[name] = constant
          values[name] = constant.value
          positions[name] = position
        }
      }
      chapters[position].closed = nil
      chapters[position].names = new.map(\.name) + added.flatMap(\.names)
    }

    /// Opens the next chapter; false when all are open.
    mutating func openNext() -> Bool {
      let closed = chapters.indices.filter { chapters[$0].closed != nil }
      guard
        let position = closed.first(where: { chapters[$0].closed?.isEveryday == true })
          ?? closed.first, let library = chapters[position].closed
      else { return false }
      fill(position, library.builtins, library.constants)
      return true
    }
  }

  private final class Shelf: Sendable {
    let contents: Mutex<Contents>
    init(_ contents: Contents) { self.contents = Mutex(contents) }
  }

  private var shelf = Shelf(Contents())

  package init() {}

  /// Adds a chapter, which is opened when it is needed.
  package mutating func add(_ library: any BuiltinLibrary.Type) {
    change { $0.chapters.append(Chapter(closed: library, title: library.title)) }
  }

  /// Adds builtins under a title. A later builtin of the same name replaces the earlier one.
  package mutating func add(title: String, _ new: [Builtin], _ constants: [Constant] = []) {
    change {
      $0.chapters.append(Chapter(closed: nil, title: title))
      $0.fill($0.chapters.count - 1, new, constants)
    }
  }

  /// Changes the contents of this library and of no copy.
  private mutating func change(_ body: (inout Contents) -> Void) {
    var contents = shelf.contents.withLock { $0 }
    body(&contents)
    shelf = Shelf(contents)
  }

  /// The builtin of a name.
  package func builtin(named name: String) -> Builtin? { found { $0.builtins[name] } }

  /// The value of a name: a function or a constant.
  package func value(named name: String) -> Value? { found { $0.values[name] } }

  /// The constant of a name.
  package func constant(named name: String) -> Constant? {
    // A builtin's name is an answer, too.
    let answer: Constant?? = found { contents in
      contents.values[name].map { _ in contents.constants[name] }
    }
    return answer ?? nil
  }

  /// Opens chapters until there is an answer, or none left.
  private func found<Answer: Sendable>(_ look: (Contents) -> Answer?) -> Answer? {
    shelf.contents.withLock { contents in
      while true {
        if let answer = look(contents) { return answer }
        if !contents.openNext() { return nil }
      }
    }
  }

  private func all<Answer: Sendable>(_ look: (Contents) -> Answer) -> Answer {
    shelf.contents.withLock { contents in
      while contents.openNext() {}
      return look(contents)
    }
  }

  /// Every builtin by name.
  package var builtins: [String: Builtin] { all(\.builtins) }

  /// Titles of the chapters with the names in each.
  package var chapters: [(title: String, names: [String])] {
    all { $0.chapters.map { ($0.title, $0.names) } }
  }

  /// Every name, sorted.
  package var names: [String] { all { $0.values.keys.sorted() } }
}
