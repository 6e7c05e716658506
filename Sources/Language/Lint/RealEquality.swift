import Basics

/// `==` between numbers that rounding makes unequal: 0.1 + 0.2 == 0.3 is false.
enum RealEquality: LintRule {
  static func findings(in program: Program, _ library: Library) -> [Diagnostic] {
    program.forms.compactMap { form in
      guard let comparison = form as? ComparisonForm, comparison.links.count == 1,
        let link = comparison.links.first, link.sign == .equal || link.sign == .notEqual,
        isRounded(comparison.first, library) || isRounded(link.right, library)
      else { return nil }
      let text = program.source
      let (left, right) = (text.text(in: comparison.first.span), text.text(in: link.right.span))
      let isEqual = link.sign == .equal
      return Diagnostic(
        "rounding", "`\(isEqual ? "==" : "!=")` compares every digit of rounded numbers",
        labels: [.init(link.signSpan)],
        suggestions: left.count + right.count < 60
          ? [isEqual ? "\(left) ≈ \(right)" : "not (\(left) ≈ \(right))"] : [])
    }
  }

  /// Whether a value is the result of rounding wherever it stands.
  private static func isRounded(_ form: any Form, _ library: Library) -> Bool {
    switch form {
    case let literal as LiteralForm:
      // 0.5 and 3.0 are exact, 0.1 is not.
      guard case .real(let number) = literal.value else { return false }
      return number * 1024 != (number * 1024).rounded()
    case let call as CallForm:
      guard let name = call.function as? NameForm else { return false }
      return ["exp", "log", "log10", "sin", "cos", "tan", "atan", "tanh", "sqrt"]
        .contains(name.text) && library.builtin(named: name.text) != nil
    case let binary as BinaryForm:
      switch binary.sign {
      case .add, .subtract, .multiply, .divide, .power:
        return isRounded(binary.left, library) || isRounded(binary.right, library)
      default: return false
      }
    case is GroupForm, is UnaryForm, is CoefficientForm:
      return form.children.contains { isRounded($0, library) }
    default: return false
    }
  }
}
