/// Signs of other languages, and what is written here instead.
struct ForeignSign {
  let sign: String
  /// What to write instead, if a replacement in place makes sense.
  let replacement: String?
  let message: String

  /// Longest first, so that the first match is the right one.
  static let all: [ForeignSign] = [
    ForeignSign(sign: ".==", replacement: "==", message: elementwise("==")),
    ForeignSign(sign: ".!=", replacement: "!=", message: elementwise("!=")),
    ForeignSign(sign: ".<=", replacement: "<=", message: elementwise("<=")),
    ForeignSign(sign: ".>=", replacement: ">=", message: elementwise(">=")),
    ForeignSign(sign: "===", replacement: "==", message: "`===` is written `==` here"),
    ForeignSign(sign: "!==", replacement: "!=", message: "`!==` is written `!=` here"),
    ForeignSign(
      sign: "...", replacement: nil,
      message: "there is no `...`; a range is `a..b` without its end or `a..=b` with it"),
    ForeignSign(sign: "**=", replacement: nil, message: "there is no `**=`; write  x = x^y"),
    ForeignSign(sign: "//=", replacement: nil, message: "there is no `//=`; write  x = x//y"),
    ForeignSign(sign: "**", replacement: "^", message: "a power is written `^` here"),
    ForeignSign(sign: "&&", replacement: "and", message: "`&&` is written `and` here"),
    ForeignSign(sign: "++", replacement: "+= 1", message: "there is no `++`; write  i += 1"),
    ForeignSign(sign: "=>", replacement: "->", message: "a function is written `x -> …` here"),
    ForeignSign(sign: "<>", replacement: "!=", message: "`<>` is written `!=` here"),
    ForeignSign(sign: "^=", replacement: nil, message: "there is no `^=`; write  x = x^y"),
    ForeignSign(sign: "%=", replacement: nil, message: "there is no `%=`; write  x = x % y"),
    ForeignSign(sign: "@=", replacement: nil, message: "there is no `@=`; write  A = A @ B"),
    ForeignSign(sign: "<<", replacement: nil, message: "there is no `<<`; write  x*2^n"),
    ForeignSign(sign: ".*", replacement: "*", message: elementwise("*")),
    ForeignSign(sign: "./", replacement: "/", message: elementwise("/")),
    ForeignSign(sign: ".+", replacement: "+", message: elementwise("+")),
    ForeignSign(sign: ".-", replacement: "-", message: elementwise("-")),
    ForeignSign(sign: ".^", replacement: "^", message: elementwise("^")),
    ForeignSign(sign: ".<", replacement: "<", message: elementwise("<")),
    ForeignSign(sign: ".>", replacement: ">", message: elementwise(">")),
    ForeignSign(
      sign: ".(", replacement: "(",
      message: "a call needs no dot: functions of numbers work on tensors element by element"),
    ForeignSign(sign: "!", replacement: "not ", message: "`!` is written `not` here"),
    ForeignSign(sign: "~", replacement: "not ", message: "`~` is written `not` here"),
    ForeignSign(sign: "&", replacement: "and", message: "`&` is written `and` here"),
    ForeignSign(
      sign: "?", replacement: nil,
      message: "there is no `? :`; write  if condition { a } else { b }"),
    ForeignSign(
      sign: "\\", replacement: nil,
      message: "lines need no `\\`: they go on inside brackets and after an operator"),
    ForeignSign(sign: "∗", replacement: "*", message: "that `∗` is not the `*` of the keyboard"),
    ForeignSign(sign: "“", replacement: "\"", message: "text stands in straight quotes \"…\""),
    ForeignSign(sign: "”", replacement: "\"", message: "text stands in straight quotes \"…\""),
    ForeignSign(sign: "«", replacement: "\"", message: "text stands in straight quotes \"…\""),
    ForeignSign(sign: "²", replacement: "^2", message: "a square is written `x^2`"),
    ForeignSign(sign: "³", replacement: "^3", message: "a cube is written `x^3`"),
    ForeignSign(sign: "‖", replacement: nil, message: "a norm is written `norm(x)`"),
    ForeignSign(sign: "∞", replacement: "inf", message: "infinity is written `inf`"),
  ]

  private static func elementwise(_ sign: String) -> String {
    "no dot is needed: `\(sign)` works element by element"
  }
}
