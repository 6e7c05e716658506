/// A configured member of a kind as data: its name and its settings.
///
/// Every digit is kept, so that the member made anew is the same.
package struct MemberDescription: Codable, Equatable, Sendable {
  package let name: String
  package let settings: [String: SettingValue]

  package init(_ member: any Configurable) {
    func values<Member: Configurable>(_ member: Member) -> [String: SettingValue] {
      Dictionary(Member.settings.map { ($0.name, $0.value(in: member)) }) { first, _ in first }
    }
    name = type(of: member).name
    settings = values(member)
  }

  /// The member made anew, from the kind's types.
  package func member<Kind>(of types: [any Configurable.Type], as kind: Kind.Type) throws -> Kind {
    guard let type = types.first(where: { $0.name == name }) else {
      throw Problem("data", "there is no `\(name)` in this version")
    }
    func made<Member: Configurable>(_ type: Member.Type) throws -> any Configurable {
      var member = type.init()
      for setting in type.settings {
        if let value = settings[setting.name] { try setting.set(value, in: &member) }
      }
      return member
    }
    guard let member = try made(type) as? Kind else {
      throw Problem("data", "`\(name)` is of another kind than the one recorded")
    }
    return member
  }
}
