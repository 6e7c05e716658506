/// A label: plain text in which `$…$` may hold simple mathematics.
///
/// Understood between dollars: Greek letters and common signs by their TeX names, `_` and `^` with
/// one letter or a group in braces, `\text{…}` and `\mathrm{…}`. Single letters become italic. A
/// text with an unpaired dollar has no mathematics at all. Control characters become spaces, so a
/// label is always one line.
package struct RichText: Equatable, Sendable {
  /// Letters of one kind beside each other.
  package struct Run: Equatable, Sendable {
    package var text: String
    package var isItalic = false
    /// 0 on the line, 1 above it, −1 below it.
    package var level = 0
  }

  package private(set) var runs: [Run] = []

  package init(_ source: String) {
    let clean = String(
      String.UnicodeScalarView(
        source.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }))
    let parts = clean.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count > 1, parts.count % 2 == 1 else {
      if !clean.isEmpty { runs = [Run(text: clean)] }
      return
    }
    for (index, part) in parts.enumerated() {
      if index % 2 == 0 {
        append(String(part))
      } else {
        var reader = Mathematics(rest: part)
        for run in reader.runs(level: 0) { append(run.text, run.isItalic, run.level) }
      }
    }
  }

  /// Text without any mathematics in it.
  package static func plain(_ text: String) -> RichText {
    var result = RichText("")
    result.append(text)
    return result
  }

  /// `m × 10^e` or `10^e`, for ticks.
  package static func power(mantissa: String?, exponent: Int) -> RichText {
    var result = RichText("")
    result.append((mantissa.map { $0 + "×" } ?? "") + "10")
    result.append(String(exponent).replacing("-", with: "−"), false, 1)
    return result
  }

  package var isEmpty: Bool { runs.allSatisfy { $0.text.isEmpty } }

  /// Whether it is one upright run, which needs no markup.
  package var isPlain: Bool { runs.count <= 1 && runs.allSatisfy { !$0.isItalic && $0.level == 0 } }

  /// The letters alone.
  package var letters: String { runs.map(\.text).joined() }

  /// The width at `size` points.
  package func width(size: Double, bold: Bool = false) -> Double {
    runs.reduce(0) {
      $0 + FontMetrics.width($1.text, size: $1.level == 0 ? size : 0.8 * size, bold: bold)
    }
  }

  private mutating func append(_ text: String, _ isItalic: Bool = false, _ level: Int = 0) {
    if text.isEmpty { return }
    if let last = runs.last, last.isItalic == isItalic, last.level == level {
      runs[runs.count - 1].text += text
    } else {
      runs.append(Run(text: text, isItalic: isItalic, level: level))
    }
  }
}

/// Reads the inside of `$…$`.
private struct Mathematics {
  var rest: Substring

  mutating func runs(level: Int) -> [RichText.Run] {
    var result: [RichText.Run] = []
    while let first = rest.first, first != "}" {
      rest.removeFirst()
      switch first {
      case "\\": result += command(level: level)
      case "_": result += argument(level: -1)
      case "^": result += argument(level: 1)
      case "{":
        result += runs(level: level)
        if rest.first == "}" { rest.removeFirst() }
      case " ": continue
      case "-": result.append(.init(text: "−", level: level))
      case "*": result.append(.init(text: "·", level: level))
      case "=", "<", ">", "+":
        result.append(.init(text: level == 0 ? " \(first) " : String(first), level: level))
      default: result.append(.init(text: String(first), isItalic: first.isLetter, level: level))
      }
    }
    return result
  }

  /// A brace group or one token, at `level`.
  private mutating func argument(level: Int) -> [RichText.Run] {
    guard let first = rest.first else { return [] }
    rest.removeFirst()
    if first == "{" {
      let inner = runs(level: level)
      if rest.first == "}" { rest.removeFirst() }
      return inner
    }
    if first == "\\" { return command(level: level) }
    let text = first == "-" ? "−" : String(first)
    return [.init(text: text, isItalic: first.isLetter, level: level)]
  }

  private mutating func command(level: Int) -> [RichText.Run] {
    let name = String(rest.prefix { $0.isASCII && $0.isLetter })
    if name.isEmpty {
      guard let sign = rest.first else { return [] }
      rest.removeFirst()
      return [.init(text: ",;: ".contains(sign) ? " " : String(sign), level: level)]
    }
    rest.removeFirst(name.count)
    if ["text", "mathrm", "operatorname", "textrm"].contains(name) {
      guard rest.first == "{", let end = rest.firstIndex(of: "}") else { return [] }
      let inner = String(rest[rest.index(after: rest.startIndex)..<end])
      rest = rest[rest.index(after: end)...]
      return [.init(text: inner, level: level)]
    }
    if let sign = Self.signs[name] { return [.init(text: sign, level: level)] }
    // An unknown name stands as it is: better seen than lost.
    return [.init(text: name, level: level)]
  }

  private static let signs: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ",
    "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ",
    "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω", "times": " × ", "cdot": "·", "pm": " ± ", "mp": " ∓ ", "le": " ≤ ",
    "leq": " ≤ ", "ge": " ≥ ", "geq": " ≥ ", "neq": " ≠ ", "ne": " ≠ ", "approx": " ≈ ",
    "sim": " ∼ ", "propto": " ∝ ", "infty": "∞", "to": " → ", "rightarrow": " → ",
    "leftarrow": " ← ", "partial": "∂", "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫",
    "sqrt": "√", "in": " ∈ ", "ell": "ℓ", "ldots": "…", "dots": "…", "cdots": "⋯", "circ": "∘",
    "degree": "°", "prime": "′", "percent": "%", "log": "log ", "exp": "exp ", "min": "min ",
    "max": "max ", "sin": "sin ", "cos": "cos ", "quad": "  ",
  ]
}
