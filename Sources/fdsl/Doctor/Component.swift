/// One thing the program is built on, as `fdsl doctor` lists it.
struct Component {
  var name: String
  /// Version and choice found; `nil` when it is missing.
  var found: String?
  /// What still works without it, or what it is needed for.
  var without: String
  /// How to get it.
  var remedy = ""

  /// The line for a reader.
  func text(width: Int) -> String {
    let name = self.name + String(repeating: " ", count: max(0, width - self.name.count))
    guard let found else {
      let remedy =
        self.remedy.isEmpty ? "" : "\n  \(String(repeating: " ", count: width + 5))\(self.remedy)"
      return "  --  \(name)  missing: \(without)\(remedy)\n"
    }
    return "  ok  \(name)  \(found)\n"
  }
}
