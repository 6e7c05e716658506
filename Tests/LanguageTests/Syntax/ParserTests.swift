import Testing

@testable import Language

@Suite struct ParserTests {
  @Test(arguments: [
    ("-u^2/2", "(/ (- (^ u 2)) 2)"), ("2^3^x", "(^ 2 (^ 3 x))"), ("2^-x", "(^ 2 (- x))"),
    ("a - b - c", "(- (- a b) c)"), ("a + b*c @ d", "(+ a (@ (* b c) d))"),
    ("7//2 % 3", "(% (// 7 2) 3)"), ("a or b and not c == d", "(or a (and b (not (== c d))))"),
    ("√x^2 + 1", "(+ (√ (^ x 2)) 1)"), ("0 <= x < 1", "(chain 0 <= x < 1)"),
    ("f >> g >> h", "(>> (>> f g) h)"), ("a + 1..b*2", "(.. (+ a 1) (* b 2))"),
    ("0..1 step 0.25", "(.. 0 1 0.25)"), ("1..=n", "(..= 1 n)"), ("-3..3", "(.. (- 3) 3)"),
    ("x == 0..3", "(== x (.. 0 3))"), ("a * -b", "(* a (- b))"), ("- -a", "(- (- a))"),
  ])
  func operatorsHaveTheirPrecedence(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("2π*r", "(* (coefficient 2 π) r)"),
    ("3(r + 1)^2 - 2r", "(- (coefficient 3 (^ (+ r 1) 2)) (coefficient 2 r))"),
    ("cos(60deg)", "(call cos (coefficient 60 deg))"), ("-2x^2", "(- (coefficient 2 (^ x 2)))"),
    ("2x/3", "(/ (coefficient 2 x) 3)"), ("10^6", "(^ 10 6)"),
    ("0.2noise(2cos(θ))", "(coefficient 0.2 (call noise (coefficient 2 (call cos θ))))"),
    ("0.5z*exp(im*|z|^2)", "(* (coefficient 0.5 z) (call exp (* im (^ (modulus z) 2))))"),
    ("2a.b[0]", "(coefficient 2 (index (field a b) 0))"),
  ])
  func coefficientsBindTighterThanProducts(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("|z - 1| <= 2*|z|", "(<= (modulus (- z 1)) (* 2 (modulus z)))"),
    ("||x| - |y||", "(modulus (- (modulus x) (modulus y)))"), ("|z|>2", "(> (modulus z) 2)"),
    ("|z|>=2", "(>= (modulus z) 2)"), ("|a |> f|", "(modulus (|> a f))"),
    ("|f(|x|)|", "(modulus (call f (modulus x)))"),
    ("[|x|, |y|]", "(tensor (modulus x) (modulus y))"),
    ("|x| |> f", "(|> (modulus x) f)"),
  ])
  func barsOpenWhereAValueIsExpected(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("x |> f(a) |> g", "(|> (|> x (call f a)) g)"), ("x |> max < 1", "(< (|> x max) 1)"),
    ("x |> f >> g", "(|> x (>> f g))"), ("a + b |> f", "(|> (+ a b) f)"),
    ("a == b |> mean", "(|> (== a b) mean)"), ("x |> f + 1 |> g", "(|> (+ (|> x f) 1) g)"),
    ("x -> x |> f", "(lambda (x) (|> x f))"), ("|> f", "(|> ans f)"),
    ("x\n  |> f\n  |> g", "(|> (|> x f) g)"), ("a\n  # why\n  + b", "(+ a b)"),
  ])
  func pipesTakeAllOnTheirLeft(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("[1, 2; 3, 4]", "(tensor [1 2] [3 4])"), ("[ 4, 7\n  2, 6 ]", "(tensor [4 7] [2 6])"),
    ("[1, 2\n]", "(tensor 1 2)"), ("[\n1\n2\n]", "(tensor [1] [2])"), ("[]", "(tensor)"),
    ("[1,\n2]", "(tensor 1 2)"), ("[1, 2;\n3, 4;]", "(tensor [1 2] [3 4])"),
    ("[1\n-2]", "(tensor [1] [(- 2)])"), ("[f(1,\n2), 3]", "(tensor (call f 1 2) 3)"),
    ("[[1, 2], [3, 4]]", "(tensor (tensor 1 2) (tensor 3 4))"),
    ("[a - b, -c]", "(tensor (- a b) (- c))"),
    ("[x^2 for x < 3, y in ys]", "(comprehension (^ x 2) (< x 3) (in y ys))"),
    ("[\n  f(x)\n  for x in xs\n]", "(comprehension (call f x) (in x xs))"),
    ("[a*b for a, b in zip(x, y)]", "(comprehension (* a b) (in a b (call zip x y)))"),
  ])
  func tensorsReadRows(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("x[0, -1]", "(index x 0 (- 1))"), ("x[1:, ::2]", "(index x (: 1 _ _) (: _ _ 2))"),
    ("x[:, new]", "(index x (: _ _ _) (new))"), ("x[a:b:c]", "(index x (: a b c))"),
    ("x[:16]", "(index x (: _ 16 _))"), ("x[x > 0.5]", "(index x (> x 0.5))"),
    ("x[new + 1]", "(index x (+ new 1))"), ("f(x)[0].y", "(field (index (call f x) 0) y)"),
    ("A.T @ B", "(@ (field A T) B)"), ("codes\n  .shape", "(field codes shape)"),
  ])
  func indicesSliceAndSelect(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("(1, \"a\")", "(tuple 1 \"a\")"), ("(1,)", "(tuple 1)"), ("()", "(tuple)"), ("(x)", "x"),
    ("(lr = 3e-4, depth = 6)", "(record (= lr 0.0003) (= depth 6))"),
    ("f(x, size = (2,\n 3),)", "(call f x (= size (tuple 2 3)))"),
    ("f(a == b)", "(call f (== a b))"),
  ])
  func bracketsMakeGroupsTuplesAndRecords(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("x -> x + k", "(lambda (x) (+ x k))"),
    ("() -> block(192, 3)", "(lambda () (call block 192 3))"),
    ("(x, y) -> x*y", "(lambda (x y) (* x y))"), ("a -> b -> a", "(lambda (a) (lambda (b) a))"),
    ("map(x -> { y = x\n y }, xs)", "(call map (lambda (x) (block (= y x) y)) xs)"),
  ])
  func functionsHaveArrows(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("f(x, k = 1) = x*k", "(define (f x (= k 1)) (* x k))"), ("f() = 3", "(define (f) 3)"),
    ("a(q: [n, d], v: [3]) = q", "(define (a (q [n d]) (v [3])) q)"),
    ("g(x) = u^2 where u = x, v = u", "(define (g x) (^ u 2) (where (= u x) (= v u)))"),
    ("g(x) = u\n  where u = x", "(define (g x) u (where (= u x)))"),
    ("C[i, k] := sum[j] A[i, j]*B[j, k]", "(:= (C i k) (sum [j] (* (index A i j) (index B j k))))"),
    ("H[i] := 1/i for i < 4 where a = 1", "(:= (H i) (/ 1 i) (< i 4) (where (= a 1)))"),
    (
      "C[i] := x[i]\nfor i in 0..3 { i }", "(:= (C i) (index x i))\n(for (in i (.. 0 3)) (block i))"
    ),
  ])
  func definitions(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("sum[k in 1..=100] 1/k^2", "(sum [(in k (..= 1 100))] (/ 1 (^ k 2)))"),
    ("sum[j] A[0, j]*B[j, 0] + 5", "(+ (sum [j] (* (index A 0 j) (index B j 0))) 5)"),
    ("mean[i, j < 3] (a[i] + j)", "(mean [i (< j 3)] (+ (index a i) j))"),
    ("max[0] - 1", "(- (index max 0) 1)"), ("max[a < b]", "(index max (< a b))"),
    ("2sum[k in xs] k", "(coefficient 2 (sum [(in k xs)] k))"),
    ("∏[k in 1..3] k", "(prod [(in k (.. 1 3))] k)"),
  ])
  func reductionsStopAtSums(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("lo, hi = (1, 2)", "(= (targets lo hi) (tuple 1 2))"), ("(a, b) = p", "(= (targets a b) p)"),
    ("B[0] = 9", "(= (index B 0) 9)"), ("B[0, :] += 1", "(+= (index B 0 (: _ _ _)) 1)"),
    ("cfg.lr = 3", "(= (field cfg lr) 3)"), ("n -= 1", "(-= n 1)"), ("x = 1;", "(mute (= x 1))"),
    ("a = 1; b = 2", "(mute (= a 1))\n(= b 2)"), ("y = u where u = 2", "(= y u (where (= u 2)))"),
  ])
  func assignments(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("if a { 1 } else if b { 2 } else { 3 }", "(if a (block 1) b (block 2) (block 3))"),
    ("if a {\n 1\n}\nelse {\n 2\n}", "(if a (block 1) (block 2))"),
    ("for a, b in xs { }", "(for (in a b xs) (block))"),
    ("while true { break; continue }", "(while true (block (mute (break)) (continue)))"),
    ("f(x) = { return x\n return }", "(define (f x) (block (return x) (return)))"),
    ("x = 2 * if a { 1 } else { 2 } + 1", "(= x (+ (* 2 (if a (block 1) (block 2))) 1))"),
  ])
  func controlFlow(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("param d = 6 in 1..=24 \"blocks\"", "(param d 6 (in (..= 1 24)) \"blocks\")"),
    ("param d = 6", "(param d 6)"), ("seed 2024", "(seed 2024)"),
    ("use \"a.fdsl\"", "(use \"a.fdsl\")"),
    ("assert a > 0, \"no\"", "(assert (> a 0) \"no\")"), ("assert(a, \"no\")", "(assert a \"no\")"),
    ("assert |a| < 1", "(assert (< (modulus a) 1))"),
  ])
  func statementsWithWords(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(arguments: [
    ("param = 3", "(= param 3)"), ("seed = 3", "(= seed 3)"),
    ("f(seed = 7)", "(call f (= seed 7))"),
    ("use + 1", "(+ use 1)"), ("assert = 1", "(= assert 1)"), ("step = 2", "(= step 2)"),
    ("new = x[step]", "(= new (index x step))"), ("seed * 2", "(* seed 2)"),
    ("f(over = 0..1, step = 2)", "(call f (= over (.. 0 1)) (= step 2))"),
  ])
  func contextualWordsAreNamesElsewhere(text: String, expected: String) {
    #expect(tree(text) == expected)
  }

  @Test func textsFillInValues() {
    #expect(
      tree(#""loss \(run.loss[-1], digits = 3) \u{3b1}\n""#)
        == #"(text "loss " (hole (index (field run loss) (- 1)) (= digits 3)) " α\n")"#)
    #expect(tree(#""\("\(x)")""#) == "(text (hole (text (hole x))))")
    #expect(tree(#"r"$\alpha_i$""#) == #""$\\alpha_i$""#)
    #expect(tree(#""\(f((1), ")"))""#) == #"(text (hole (call f 1 ")")))"#)
  }

  @Test func theWholeTourIsRead() throws {
    for (name, text) in try programs(in: "language") {
      let program = Parser.program(in: SourceText(name: name, text: text))
      #expect(program.diagnostics.isEmpty)
      #expect(program.statements.count > 80)
    }
  }

  @Test func everyFormLiesInsideTheFormAroundIt() throws {
    func check(_ form: any Form) {
      for child in form.children {
        #expect(form.span.contains(child.span), "\(form.sexpr)")
        check(child)
      }
    }
    for (_, text) in try programs(in: "language") {
      for statement in Parser.program(in: SourceText(text: text)).statements {
        check(statement.form)
      }
    }
  }
}
