import Basics
import Language

/// Turns a member of a kind into a builtin: its settings become the arguments.
enum KindBuiltins {
  /// A builtin that makes a configured member and hands it to `finish`.
  static func builtin<Member: Configurable>(
    _ type: Member.Type, _ finish: @escaping @Sendable (Member, Call) throws -> Value
  ) -> Builtin {
    let settings = Member.settings
    let fresh = Member()
    let parameters = settings.map { setting in
      ParameterDescription(
        name: setting.name, text: setting.text + rangeText(setting), typeName: setting.typeName,
        fallback: setting.isRequired ? nil : value(of: setting.value(in: fresh)))
    }
    return Builtin(Member.name, page(Member.text, Member.examples), parameters: parameters) {
      call, values in
      var member = fresh
      for (index, setting) in settings.enumerated() {
        do {
          try setting.set(try settingValue(values[index], setting.name), in: &member)
        } catch var problem as Problem {
          problem.argument = problem.argument ?? call.argumentIndex(of: setting.name, index)
          throw problem
        }
      }
      return try finish(member, call)
    }
  }

  /// Opens an existential type for `builtin`.
  static func any(
    _ type: any Configurable.Type,
    _ finish: @escaping @Sendable (any Configurable, Call) throws -> Value
  ) -> Builtin {
    func opened<Member: Configurable>(_ type: Member.Type) -> Builtin {
      builtin(type) { member, call in try finish(member, call) }
    }
    return opened(type)
  }

  /// Text and indented examples of a manual page.
  static func page(_ text: String, _ examples: String) -> String {
    guard !examples.isEmpty else { return text }
    let lines = examples.split(separator: "\n", omittingEmptySubsequences: false)
    return text + "\n\n" + lines.map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
  }

  private static func rangeText<Member>(_ setting: Setting<Member>) -> String {
    if !setting.choices.isEmpty {
      return ": " + setting.choices.map { "\"\($0)\"" }.joined(separator: ", ")
    }
    guard let range = setting.range else { return "" }
    return ", \(NumberText.short(range.lowerBound)) to \(NumberText.short(range.upperBound))"
  }

  static func value(of setting: SettingValue) -> Value {
    switch setting {
    case .integer(let number): .int(number)
    case .real(let number): .real(number)
    case .boolean(let flag): .bool(flag)
    case .text(let text): .string(text)
    }
  }

  static func settingValue(_ value: Value, _ name: String) throws -> SettingValue {
    switch value {
    case .int(let number): return .integer(number)
    case .real(let number): return .real(number)
    case .bool(let flag): return .boolean(flag)
    case .string(let text): return .text(text)
    default:
      if let number = value.number { return .real(number) }
      throw Problem("type", "`\(name)` cannot be \(Spelling.article(value.typeName))")
    }
  }
}
