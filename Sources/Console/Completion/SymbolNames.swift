/// ASCII names of the signs that programs may contain: `\alpha` becomes `α`.
enum SymbolNames {
  static let all: [(name: String, sign: String)] = [
    ("alpha", "α"), ("beta", "β"), ("gamma", "γ"), ("delta", "δ"), ("epsilon", "ε"),
    ("zeta", "ζ"), ("eta", "η"), ("theta", "θ"), ("iota", "ι"), ("kappa", "κ"), ("lambda", "λ"),
    ("mu", "μ"), ("nu", "ν"), ("xi", "ξ"), ("omicron", "ο"), ("pi", "π"), ("rho", "ρ"),
    ("sigma", "σ"), ("tau", "τ"), ("upsilon", "υ"), ("phi", "φ"), ("chi", "χ"), ("psi", "ψ"),
    ("omega", "ω"), ("Gamma", "Γ"), ("Delta", "Δ"), ("Theta", "Θ"), ("Lambda", "Λ"), ("Xi", "Ξ"),
    ("Pi", "Π"), ("Sigma", "Σ"), ("Phi", "Φ"), ("Psi", "Ψ"), ("Omega", "Ω"), ("le", "≤"),
    ("ge", "≥"), ("ne", "≠"), ("approx", "≈"), ("in", "∈"), ("sqrt", "√"), ("nabla", "∇"),
    ("partial", "∂"), ("ell", "ℓ"), ("hat", "\u{302}"), ("bar", "\u{304}"), ("tilde", "\u{303}"),
  ]

  /// Signs whose name begins with `prefix`, an exact name first.
  static func candidates(_ prefix: String) -> [Candidate] {
    if let exact = all.first(where: { $0.name == prefix }),
      !all.contains(where: { $0.name != prefix && $0.name.hasPrefix(prefix) })
        || prefix.count > 1
    {
      return [Candidate(exact.sign, "\\" + exact.name)]
    }
    let found = all.filter { $0.name.hasPrefix(prefix) }
    if found.count == 1 { return [Candidate(found[0].sign, "\\" + found[0].name)] }
    return found.map { Candidate("\\" + $0.name, $0.sign) }
  }
}
