import Basics

/// What a cell's answers depend on. Two equal keys promise equal answers.
package struct CellKey: Equatable, Sendable {
  /// The cell's tokens, without comments.
  package var code: String
  /// Label and key of each cell above whose names it uses.
  package var upstream: [(label: String, key: String)]
  /// The parameters it uses, with their values as written.
  package var parameters: [(name: String, value: String)]
  /// Seeds in force: the header's, and those of `seed` statements above.
  package var seed: String
  /// Files read, with a hash of their content.
  package var files: [(path: String, hash: String)]
  /// Version of the meaning of programs.
  package var engine: String
  /// Whether an error is what the cell must end in.
  package var raises: Bool
  /// Significant digits of its answers; `nil` for the usual ones.
  package var digits: Int?

  /// The key in eight hexadecimal digits.
  package var hash: String {
    // Every part is preceded by its length, so that no two lists of parts look the same.
    var parts = ["fdsl cell 1", code, seed, engine, raises ? "raises" : ""]
    if let digits { parts += ["digits", String(digits)] }
    parts += upstream.flatMap { ["upstream", $0.label, $0.key] }
    parts += parameters.flatMap { ["parameter", $0.name, $0.value] }
    parts += files.flatMap { ["file", $0.path, $0.hash] }
    return ContentHash(parts.map { "\($0.utf8.count):\($0)" }.joined()).short
  }

  /// What the notebook records of it.
  package var recorded: RecordedKey {
    RecordedKey(hash: hash, parameters: parameters, files: files)
  }

  package static func == (left: CellKey, right: CellKey) -> Bool { left.hash == right.hash }
}

/// What the line `#: key e02b56c9  depth=4 file:data.csv=1f0c52aa` says.
///
/// Parameters and files are written out, so that `status` can say what changed.
package struct RecordedKey: Equatable, Sendable {
  package var hash: String
  package var parameters: [(name: String, value: String)]
  package var files: [(path: String, hash: String)]

  package init(
    hash: String, parameters: [(name: String, value: String)] = [],
    files: [(path: String, hash: String)] = []
  ) {
    self.hash = hash
    self.parameters = parameters
    self.files = files
  }

  /// Reads what stands after `#: key`.
  package init?(parsing text: String) {
    let words = text.split { $0 == " " || $0 == "\t" }.map(String.init)
    guard let hash = words.first else { return nil }
    self.init(hash: hash)
    for word in words.dropFirst() {
      guard let equals = word.lastIndex(of: "=") else { continue }
      let name = Self.decoded(word[..<equals])
      let value = Self.decoded(word[word.index(after: equals)...])
      if name.hasPrefix("file:") {
        files.append((String(name.dropFirst(5)), value))
      } else {
        parameters.append((name, value))
      }
    }
  }

  /// The text after `#: key `.
  package var text: String {
    let settings =
      parameters.map { (name: $0.name, value: $0.value) }
      + files.map { (name: "file:" + $0.path, value: $0.hash) }
    if settings.isEmpty { return hash }
    return hash + "  "
      + settings.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }.joined(separator: " ")
  }

  package static func == (left: RecordedKey, right: RecordedKey) -> Bool { left.text == right.text }

  private static func encoded(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case " ", "\t", "\n", "\r", "%", "=":
        let digits = String(scalar.value, radix: 16)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func decoded(_ text: some StringProtocol) -> String {
    var result = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "%", rest.count >= 2,
        let value = UInt32(String(String.UnicodeScalarView(rest.prefix(2))), radix: 16),
        let decoded = Unicode.Scalar(value)
      {
        result.unicodeScalars.append(decoded)
        rest = rest.dropFirst(2)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
