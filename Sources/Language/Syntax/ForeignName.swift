/// Names of other languages, and what does their work here.
enum ForeignName {
  /// What to write instead of a name that nothing has, in the words of the source around it.
  ///
  /// - Parameter rest: what stands behind the name on its line.
  static func replacement(of name: String, rest: String, library: Library) -> [String]? {
    if modules.contains(name) {
      // `np.zeros(3)`: the function's own name, when the library has it.
      guard let dot = rest.firstIndex(of: "."), rest[..<dot].allSatisfy({ $0 == " " }) else {
        return ["write the function's name alone"]
      }
      let word = rest[rest.index(after: dot)...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      let own = library.value(named: String(word)) != nil
      return own ? ["\(word)   alone, without `\(name).`"] : ["write the function's name alone"]
    }
    switch name {
    case "range", "xrange", "enumerate":
      return ["0..n   counts from 0 to n - 1", "0..n step 2"]
    case "array", "tensor", "matrix", "list", "vector": return ["[1, 2, 3]", "[1, 2; 3, 4]"]
    case "dict": return ["(lr = 1e-3, depth = 6)   is a record"]
    case "str": return ["\"\\(x)\"   is the text of x"]
    case "float", "double": return ["f64(x)", "f32(x)"]
    case "println", "printf", "echo", "puts", "disp", "cat": return ["print(…)"]
    case "power": return ["x^y"]
    case "matmul": return ["A @ B"]
    case "where": return ["pick(condition, a, b)"]
    case "ln": return ["log(x)"]
    case "e": return ["exp(1)"]
    case "exit", "quit": return [":quit   in a session"]
    case "vars", "whos", "dir": return [":vars   in a session"]
    case "help": return ["?name   in a session", "fdsl doc name   on the command line"]
    case "open": return ["load(\"picture.png\")"]
    case "subplot", "subplots": return ["figure((a, b, c))   puts plots side by side"]
    case "imshow": return ["image(x)"]
    case "mean_squared_error", "MSELoss": return ["mse()"]
    case "end": return ["x[1:]   reaches to the end", "x[-1]   is the last"]
    case "self", "this": return []
    case "meshgrid": return ["grid(x, y)"]
    case "fft2", "fftn": return ["fft(x, axis = (0, 1))"]
    case "ifft2", "ifftn": return ["ifft(x, axis = (0, 1))"]
    case "eigh", "eigvals", "eigvalsh": return ["eig(A)", "eig(A).values"]
    case "trace": return ["einsum(\"ii\", A)"]
    case "diag", "diagonal":
      return ["einsum(\"ii->i\", A)   takes the diagonal", "eye(n)*d   is a matrix with it"]
    case "angle": return ["arg(z)"]
    case "conjugate": return ["conj(z)"]
    case "maximum": return ["max(a, b)"]
    case "minimum": return ["min(a, b)"]
    case "clip": return ["clamp(x, low, high)"]
    case "allclose": return ["all(a ≈ b)"]
    case "hstack", "vstack": return ["concat(a, b, axis = 1)", "concat(a, b)"]
    case "unsqueeze", "expand_dims": return ["x[new, :]"]
    case "repeat_interleave": return ["repeat(x, n)"]
    case "randperm": return ["permutation(n)"]
    default: return nil
    }
  }

  private static let modules: Set = [
    "np", "numpy", "torch", "nn", "F", "plt", "tf", "jnp", "jax", "math", "scipy", "pd", "random",
    "os", "sys", "Math",
  ]

  /// The call that does what a method does elsewhere; `left` is the value before the dot.
  static func function(forMethod name: String, library: Library) -> String? {
    switch name {
    case "append", "push", "push_back": return "concat(left, […])"
    case "extend": return "concat(left, other)"
    case "astype", "to", "float", "double": return "f32(left)   or   f64(left)"
    case "item": return "left[0]"
    case "copy", "clone", "detach", "cpu", "cuda", "numpy", "contiguous":
      return "left   is a value already: nothing that happens to it is seen elsewhere"
    case "tolist": return "left"
    case "view": return "reshape(left, …)"
    case "matmul", "mm": return "left @ B"
    case "fit": return "train(left, data)"
    case "forward", "call": return "left(x)"
    case "pow": return "left^2"
    case "length", "count": return "len(left)"
    case "ndim": return "left.rank"
    default:
      guard let builtin = library.builtin(named: name) else { return nil }
      let takesMore = builtin.parameters.count { $0.fallback == nil } > 1
      return "\(name)(left\(takesMore ? ", …" : ""))"
    }
  }
}
