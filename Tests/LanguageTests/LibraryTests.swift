import Language
import Testing

@Suite struct LibraryTests {
  private enum Everyday: BuiltinLibrary {
    static let title = "Everyday"
    static let isEveryday = true
    static let builtins = [answering("one", 1), answering("shared", 1)]
    static let constants = [Constant("unit", value: .int(1), text: "One.")]
  }

  private enum Special: BuiltinLibrary {
    static let title = "Special"
    static let builtins = [answering("two", 2), answering("shared", 2)]
  }

  private static func answering(_ name: String, _ number: Int) -> Builtin {
    Builtin(name, "Answers \(number).", parameters: []) { _, _ in .int(number) }
  }

  private func summary(_ library: Library, _ name: String) -> String? {
    library.builtin(named: name)?.summary
  }

  @Test func `names are found in every chapter, whichever is opened first`() {
    var library = Library()
    library.add(Special.self)
    library.add(Everyday.self)
    #expect(summary(library, "one") == "Answers 1.")
    #expect(summary(library, "two") == "Answers 2.")
    #expect(summary(library, "three") == nil)
    #expect(library.constant(named: "unit")?.text == "One.")
    #expect(library.constant(named: "one") == nil)
    #expect(library.names == ["one", "shared", "two", "unit"])
    #expect(library.chapters.map(\.title) == ["Special", "Everyday"])
  }

  @Test func `a host has the word where its builtin is called like another`() {
    var library = Library()
    library.add(Special.self)
    #expect(summary(library, "shared") == "Answers 2.")
    library.add(title: "Host", [Self.answering("shared", 3)])
    #expect(summary(library, "shared") == "Answers 3.")
  }

  @Test func `a copy stays as it is when a chapter is added`() {
    var library = Library()
    library.add(Everyday.self)
    let copy = library
    library.add(title: "Host", [Self.answering("three", 3)])
    #expect(summary(library, "three") == "Answers 3.")
    #expect(summary(copy, "three") == nil)
  }
}
