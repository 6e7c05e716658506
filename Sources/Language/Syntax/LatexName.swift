/// Names behind a backslash, as typed on a keyboard without Greek: `\alpha` is `α`.
package enum LatexName {
  /// Name without the backslash → what it stands for.
  package static let all: [String: String] = {
    var table = signs
    let lower = Array("αβγδεζηθικλμνξοπρστυφχψω")
    let names = [
      "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
      "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi",
      "psi", "omega",
    ]
    for (name, letter) in zip(names, lower) {
      table[name] = String(letter)
      table[name.prefix(1).uppercased() + name.dropFirst()] = letter.uppercased()
    }
    return table
  }()

  private static let signs = [
    "varepsilon": "ϵ", "vartheta": "ϑ", "varphi": "ϕ", "ell": "ℓ", "hbar": "ħ", "partial": "∂",
    "nabla": "∇", "sum": "∑", "prod": "∏", "infty": "inf", "le": "≤", "leq": "≤", "ge": "≥",
    "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "in": "∈", "sqrt": "√", "times": "×",
    "cdot": "·", "div": "÷", "to": "->", "land": "and", "lor": "or", "lnot": "not",
  ]
}
