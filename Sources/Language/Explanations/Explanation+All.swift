extension Explanation {
  /// Every slug that can be met, in the order of the alphabet.
  package static let all: [Explanation] = [
    Explanation(
      "ambiguous",
      """
      The text has two readings, and neither is more likely than the other. A coefficient such
      as 2x binds tighter than the signs around it, so 1/2x could mean 1/(2x) or (1/2)*x. fdsl
      asks instead of guessing: write the brackets.
      """, wrong: "x = 3\n1/2x", mended: "x = 3\n1/(2x)"),
    Explanation(
      "arguments",
      """
      The call gives more or fewer arguments than the function takes. The first arguments go by
      position, all others by name: train(net, data, epochs = 20). ?name shows what a function
      takes, and Tab inside the brackets lists it.
      """, wrong: "sqrt(1, 2)", mended: "sqrt(2)"),
    Explanation(
      "assert",
      """
      The claim behind `assert` is false. The message shows the values in it; what stands after
      the comma is the author's explanation. A notebook with a failed claim ends with status 1,
      so a claim also guards its own results.
      """, wrong: "assert 1 + 1 == 3, \"sums\"", mended: "assert 1 + 1 == 2, \"sums\""),
    Explanation(
      "assign",
      """
      Values do not change, names are bound to others: an element of a named tensor can be set,
      which makes a new tensor under the same name; a field of a record cannot, and a function
      cannot change a name of the file it stands in.
      """, wrong: "cfg = (lr = 1, depth = 6)\ncfg.lr = 2",
      mended: "cfg = (lr = 1, depth = 6)\ncfg = merge(cfg, lr = 2)"),
    Explanation(
      "axis",
      """
      The tensor has no axis of this number. Axes count from 0; negative ones count from the
      end, -1 is the last. x.shape tells the sizes of all axes.
      """, wrong: "sum(zeros(2, 3), axis = 2)", mended: "sum(zeros(2, 3), axis = 1)"),
    Explanation(
      "batch",
      """
      Batch normalisation measures the spread over a batch, and a batch with one number for each
      channel has none. Use batches of two samples or more.
      """,
      wrong: "net = linear(2, 4) >> batchnorm() >> linear(4, 2)\ntrain(net, data, batch = 1)",
      mended: "train(net, data, batch = 32)", in: .described),
    Explanation(
      "bug",
      """
      fdsl itself is wrong here, not the program. Please report it with the program that showed
      it. The session's names keep their values.
      """, wrong: "nothing that should", mended: "a report", in: .described),
    Explanation(
      "call",
      """
      What stands before the brackets is not a function. A name beside a bracket is always a
      call; a product is written with `*`, or with a number in front: 2(x + 1).
      """, wrong: "x = 3\nx(2)", mended: "x = 3\nx*(2)"),
    Explanation(
      "cell",
      """
      The line that begins a cell of the notebook cannot be used: two cells have one label, or
      an option is none. Labels key the random numbers and the recorded answers of a cell, so
      each is used once.
      """, wrong: "#%% a\n1\n#%% a\n2", mended: "#%% a\n1\n#%% b\n2"),
    Explanation(
      "checkpoint",
      """
      The folder holds no training that could be gone on with, or one of another network, other
      data, another version. resume("dir") needs what train(…, checkpoint = "dir") wrote there.
      """, wrong: "resume(\"no-such-run\")",
      mended: """
        train(mlp(2, 2, seed = 1), points(), epochs = 1, checkpoint = "run");
        resume("run", epochs = 2);
        """),
    Explanation(
      "choice",
      """
      The argument takes one of a few words, and this is none of them. The message lists them.
      """, wrong: "color(image(zeros(4, 4)), \"murky\")",
      mended: "color(image(zeros(4, 4)), \"magma\")"),
    Explanation(
      "closer",
      """
      A closing bracket closes nothing: there is one too many, or the opening one is missing.
      """, wrong: "(1 + 2))", mended: "(1 + 2)"),
    Explanation(
      "collect",
      """
      A million values were made and `keep` wanted none of them. It is a function that gives
      true for what is to be kept; perhaps its bounds are too narrow.
      """, wrong: "collect(1, () -> 0, keep = x -> x > 0)",
      mended: "collect(1, () -> 1, keep = x -> x > 0)"),
    Explanation(
      "command",
      """
      The line begins with a colon, so it is a command of the session, but there is none of this
      name, or it needs something else behind it. `?` lists the commands, ?:set explains one.
      """, wrong: ":nonsense", mended: ":vars", in: .session),
    Explanation(
      "condition",
      """
      A condition is one true or false. Numbers are no conditions, and a comparison of tensors
      gives one answer for each element: any(…) or all(…) makes one of them.
      """, wrong: "if [1, 2] > 1 { 3 }", mended: "if any([1, 2] > 1) { 3 }"),
    Explanation(
      "constant",
      """
      A constant keeps its value: π and τ, im, inf and nan, deg, and the lengths pt, inch, mm and
      cm. Give your value another name. A parameter, an index and a name behind `where` may be
      called like a constant; they hide it in their own place only.
      """, wrong: "π = 3",
      mended: "p = 3"),
    Explanation(
      "converge",
      """
      An iteration of LAPACK came to no end for this matrix. That is rare: look for numbers of
      very different sizes, and scale rows and columns so that they are near 1.
      """, wrong: "numbers near the ends of their range",
      mended: "the same, divided by the largest", in: .described),
    Explanation(
      "data",
      """
      Data do not hold what they promise: a file is cut short, has other sizes or is of another
      kind; labels do not fit the classes. Nothing was read from it.
      """, wrong: "idx(\"cut-short.png\", \"cut-short.png\")",
      mended: "points(count = 10)"),
    Explanation(
      "deep",
      """
      Brackets or texts stand in each other too deep to be read by anybody. Give parts of the
      expression names.
      """, wrong: "((((((… 1 …))))))", mended: "part = …\n(part)", in: .described),
    Explanation(
      "definite",
      """
      cholesky(A) needs a symmetric matrix all of whose eigenvalues are positive. A covariance
      that was estimated from few samples, or rounded, may miss that by little: adding 1e-9 to
      its diagonal often helps. eig(A).values shows by how much it is missed.
      """, wrong: "cholesky([1, 2; 2, 1])", mended: "cholesky([2, 1; 1, 2])"),
    Explanation(
      "denied",
      """
      Programs read and write only below their own folder, so that a file from a stranger can be
      run without fear. Symbolic links do not lead out. --read DIR and --write DIR allow more
      for one run; under --safe nothing is written at all.
      """, wrong: "save(image(zeros(4, 4)), \"../black.png\")",
      mended: "save(image(zeros(4, 4)), \"black.png\")"),
    Explanation(
      "depth",
      """
      Functions called each other more deeply than the limit, or lists hold lists that deep.
      Usually a recursion has no end: look for the case that should stop it. :set depth=20000
      raises the limit of a session.
      """, wrong: "f(n) = f(n + 1)\nf(0)",
      mended: "f(n) = if n > 99 { n } else { f(n + 1) }\nf(0)"),
    Explanation(
      "diverged",
      """
      The loss of a training is no longer a number: the steps are too long, or the data hold
      values that are none. Lower the learning rate, warm up, or clip; normalise the data.
      """,
      wrong: """
        train(mlp(2, 2, seed = 1), points(), epochs = 9, optimizer = sgd(lr = 1000, momentum = 0.9))
        """,
      mended: "train(mlp(2, 2, seed = 1), points(), epochs = 1, optimizer = sgd(lr = 0.1))",
      in: .described),
    Explanation(
      "division",
      """
      A whole number cannot be divided by the whole number 0. Reals can: 1/0 is inf.
      """, wrong: "1 // 0", mended: "1 / 0"),
    Explanation(
      "dropped",
      """
      A warning of fdsl lint: a function or a loop works out a value and nothing takes it. Only the
      last value of a block is its result. Usually `==` was written for `=`, or the line was meant
      to be the last one.
      """, wrong: "f(x) = { x == 3; x }",
      mended: "f(x) = { x = 3; x }", in: .described),
    Explanation(
      "editor",
      """
      Your editor could not be started, or ended with an error; the entry is as it was. VISUAL,
      else EDITOR, names the program.
      """, wrong: "EDITOR=no-such-editor fdsl", mended: "EDITOR=nano fdsl", in: .described),
    Explanation(
      "einsum",
      """
      In the notation of einsum each group of letters names the axes of one tensor: "ij,jk->ik"
      is the matrix product. A letter stands for one size everywhere, and every letter of the
      result occurs on the left. Letters that the result lacks are summed over.
      """, wrong: "ij->ijk", mended: "ij->ji", in: .described),
    Explanation(
      "empty",
      """
      Nothing is there to take the largest of, to join or to choose from. Check the selection
      that came before: x[x > 5] may hold no element.
      """, wrong: "x = [1, 2, 3]\nmax(x[x > 5])", mended: "x = [1, 2, 3]\nmax(x[x > 2])"),
    Explanation(
      "encoding",
      """
      The file is not UTF-8 text. The message names the first byte that cannot be part of it.
      Save the file as UTF-8, or convert it with iconv.
      """, wrong: "fdsl latin-1.fdsl", mended: "fdsl utf-8.fdsl", in: .commandLine),
    Explanation(
      "endless",
      """
      A warning of fdsl lint: the condition is always true, and no `break` or `return` in the loop
      leaves it.
      """, wrong: "while true { print(1) }",
      mended: "while true { print(1); break }", in: .described),
    Explanation(
      "escapes",
      """
      An iterated function system has an attractor only when its maps contract on average: the
      mean of log(stretch), weighted by how often each map is chosen, must be negative. One
      expanding map is fine when it is chosen rarely enough. Lower its weight or scale it.
      """, wrong: "render(ifs([2, 0, 0, 2, 0, 1; 2, 0, 0, 2, 1, 0]), size = 16)",
      mended: "render(ifs([0.5, 0, 0, 0.5, 0, 1; 0.5, 0, 0, 0.5, 1, 0]), size = 16);"),
    Explanation(
      "field",
      """
      The value has no part of this name. The message lists those that it has. Values have no
      methods: functions take them, as in sum(x) or x |> sum.
      """, wrong: "[1, 2].length", mended: "[1, 2].size"),
    Explanation(
      "file",
      """
      The file cannot be used: it is missing, unreadable, or not what its name says. Relative
      paths start in the folder of the program; in a session, in the folder that :cd prints.
      """, wrong: "load(\"missing.png\")",
      mended: "save(image(zeros(4, 4)), \"black.png\");\nload(\"black.png\");"),
    Explanation(
      "grad",
      """
      A gradient belongs to a function that gives one number. Sum up or take the mean.
      """, wrong: "grad(x -> concat((x, x)))([1, 2])",
      mended: "grad(x -> sum(concat((x, x))))([1, 2])"),
    Explanation(
      "gradient",
      """
      The record of a computation was already used for a gradient and is released as it is used.
      Compute the value again before asking for another gradient.
      """, wrong: "two gradients from one record", mended: "grad(f)(x) for each of them",
      in: .described),
    Explanation(
      "habit",
      """
      This is how another language writes it. The message shows how fdsl does: ^ for powers,
      x -> x + 1 for small functions, "\\(x)" to fill in text, braces for blocks.
      """, wrong: "2 ** 3", mended: "2 ^ 3"),
    Explanation(
      "head",
      """
      The head of a network is its last linear layer; this network has none. Compose one to its
      end.
      """, wrong: "head(relu, 3)", mended: "head(relu >> linear(4, 2), 3)",
      in: .described),
    Explanation(
      "header",
      """
      A line `#: name value` at the top of the notebook holds what cannot be used: the seed is a
      whole number from 0 on.
      """, wrong: "#: fdsl 1\n#: seed seven\nrand(2)", mended: "#: fdsl 1\n#: seed 7\nrand(2)"),
    Explanation(
      "help",
      """
      Nothing is known of this name. ?"words" searches all of the documentation; `fdsl doc`
      lists every name.
      """, wrong: "?no_such_name_here", mended: "?sqrt", in: .session),
    Explanation(
      "host",
      """
      A function of the program that fdsl is embedded in failed. The message is that program's.
      """, wrong: "reading(12)", mended: "reading(3)", in: .described),
    Explanation(
      "index",
      """
      The position does not exist. Positions count from 0, negative ones from the end (-1 is the
      last), and slices a:b leave out b.
      """, wrong: "x = [1, 2, 3]\nx[3]", mended: "x = [1, 2, 3]\nx[-1]"),
    Explanation(
      "input",
      """
      The session could not read what was typed; the terminal or the pipe it read from is gone.
      """, wrong: "a terminal that closes", mended: "another terminal", in: .described),
    Explanation(
      "interrupted",
      """
      The program was asked to stop. Names keep the values they had; a training gives back the
      run so far, and resume(run) goes on with it.
      """, wrong: "Ctrl-C", mended: "the same again", in: .described),
    Explanation(
      "label",
      """
      A label is none of the network's classes. Labels count from 0; the last layer has one
      output for each class.
      """,
      wrong: "train(mlp(2, 2, seed = 1), dataset([0, 0; 1, 1; 2, 2], [0, 1, 2]), epochs = 1)",
      mended: "train(mlp(2, 3, seed = 1), dataset([0, 0; 1, 1; 2, 2], [0, 1, 2]), epochs = 1);",
      in: .described),
    Explanation(
      "library",
      """
      The linear algebra library of the system is not installed here. `fdsl doctor` tells what is
      missing and how to get it.
      """, wrong: "svd without OpenBLAS", mended: "apt-get install libopenblas0", in: .described),
    Explanation(
      "memory",
      """
      The result would not fit in the budget, together with what names still refer to, so it was
      not made. The message names the size that was asked for. Often an axis was meant to be
      summed, or a size has a factor too many. --memory 32G, or :set memory=32G, allows more;
      without it three quarters of the machine's memory are allowed.
      """, wrong: "zeros(10^6, 10^6)", mended: "zeros(10^2, 10^2);"),
    Explanation(
      "missing",
      """
      The statement ends before it is whole. At the prompt such an entry would simply go on with
      the next line; in a file it is an error at the place where something should stand.
      """, wrong: "x = 1 +", mended: "x = 1 + 2"),
    Explanation(
      "name",
      """
      Nothing of this name is known here. A use refers to the nearest definition above it; names
      inside a function are its own. Names of arguments belong to one call: the message lists
      those that exist.
      """, wrong: "sinus(1)", mended: "sin(1)"),
    Explanation(
      "nan",
      """
      The formula has no value at some place: 0/0, the root of a negative number, an endless
      value minus another. pick(condition, value, other) chooses per element, sinc(x) is
      sin(x)/x with its limit at 0.
      """, wrong: "render((x, y) -> sqrt(x), over = (-1..1, -1..1), size = 8)",
      mended: "render((x, y) -> sqrt(|x|), over = (-1..1, -1..1), size = 8);"),
    Explanation(
      "open",
      """
      A bracket, brace or quote is opened and never closed. The mark shows where it opens; the
      error is often further down, where the closing one was forgotten.
      """, wrong: "x = (1 + 2", mended: "x = (1 + 2)"),
    Explanation(
      "output",
      """
      The program prints more than it may: 1 GiB, or what --output or :set output= says. Mostly
      a loop prints and does not end.
      """, wrong: ":set output=1K\nfor k in 0..1000 { print(k) }",
      mended: ":set output=1M\nfor k in 0..1000 { print(k) }", in: .session),
    Explanation(
      "overflow",
      """
      Whole numbers have 64 bits and never wrap around silently. Write one of the numbers with a
      point (2.0^100) to compute with reals.
      """, wrong: "2^100", mended: "2.0^100"),
    Explanation(
      "overwritten",
      """
      A warning of fdsl lint: the name gets another value, or a second definition, before anything
      used the first. One of the two is not needed, or one of the names is wrong.
      """, wrong: "x = 1\nx = 2\nx",
      mended: "x = 2\nx", in: .described),
    Explanation(
      "param",
      """
      `param` declares what -D can set for the whole file, so it stands outside of functions and
      blocks.
      """, wrong: "f(x) = {\n  param n = 1\n  x + n\n}",
      mended: "param n = 1\nf(x) = x + n"),
    Explanation(
      "parameter",
      """
      A parameter has a value outside of what the program allows for it, or -D names one that
      the program does not declare. `fdsl params FILE` lists all of them with their ranges.
      """, wrong: "param n = 50 in 1..=9", mended: "param n = 5 in 1..=9"),
    Explanation(
      "picture",
      """
      The answer is a picture that cannot be shown here. It can still be saved.
      """, wrong: "a picture without pixels", mended: "save(picture, \"p.png\")", in: .described),
    Explanation(
      "plot",
      """
      The figure could not be made. When gnuplot is missing the recipe and its data are still
      written: `gnuplot NAME.gp` on another machine makes the picture. Images and montages need
      no gnuplot.
      """, wrong: "save(figure(()), \"empty.gp\")",
      mended: "save(figure(plot([1, 2], [3, 4])), \"line.gp\");"),
    Explanation(
      "png",
      """
      The file is no PNG picture, or is damaged. Nothing was read from it. `file NAME` at the
      shell tells what a file is; other kinds of pictures must be converted first.
      """, wrong: "load(\"cut-short.png\")",
      mended: "save(image(zeros(4, 4)), \"black.png\");\nload(\"black.png\");"),
    Explanation(
      "process",
      """
      fdsl could not start itself again, which :run and :save do for a fresh process. The system
      may be out of processes or memory.
      """, wrong: ":run file.fdsl where nothing can be started", mended: ":load file.fdsl",
      in: .described),
    Explanation(
      "raises",
      """
      The cell is marked `raises`, which claims that it ends in an error, but it did not. Take
      the mark away.
      """, wrong: "#%% a  raises\n1 + 1", mended: "#%% a\n1 + 1"),
    Explanation(
      "range",
      """
      The value is of the right kind but outside of what is allowed; the message has both
      bounds.
      """, wrong: "dropout(2)", mended: "dropout(0.5)"),
    Explanation(
      "reserved",
      """
      The word belongs to the language and cannot name anything: if else for in while break
      continue return where and or not true false.
      """, wrong: "f(while) = 1", mended: "f(while_) = 1"),
    Explanation(
      "return",
      """
      `return` leaves a function; outside of one there is nothing to leave.
      """, wrong: "return 3", mended: "f() = { return 3 }\nf()"),
    Explanation(
      "rounding",
      """
      A warning of fdsl lint: numbers with a fraction are rounded, so that 0.1 + 0.2 == 0.3 is
      false. a ≈ b (in ASCII a ~= b) asks whether they agree up to rounding.
      """, wrong: "0.1 + 0.2 == 0.3",
      mended: "0.1 + 0.2 ≈ 0.3", in: .described),
    Explanation(
      "run",
      """
      The program that :run started ended with an error. What it said stands above.
      """, wrong: ":run wrong.fdsl", mended: ":run utf-8.fdsl", in: .session),
    Explanation(
      "save",
      """
      The session could not be written, or its replay in a fresh process gave other answers:
      something depends on what was not typed here, such as a file that changed or the time.
      The message shows the difference.
      """, wrong: ":save again.fdsl", mended: "1 + 1\n:save again.fdsl", in: .session),
    Explanation(
      "search",
      """
      No category fits the criterion: the search gave up after many candidates. A lower
      threshold is met more often.
      """, wrong: "fractaldb(categories = 1, threshold = 0.9)[0]",
      mended: "fractaldb(categories = 1, threshold = 0.2)[0]", in: .described),
    Explanation(
      "setting",
      """
      There is no such setting, or it takes another kind of value. The message lists the
      settings of the session.
      """, wrong: ":set digit=9", mended: ":set digits=9", in: .session),
    Explanation(
      "sh",
      """
      The command of the shell ended with an error. Its own words stand above.
      """, wrong: ":sh false", mended: ":sh true", in: .session),
    Explanation(
      "shadow",
      """
      A warning of fdsl lint: the name belongs to a function of the library that the file calls, and
      from here on to a value of its own. Both is allowed; readers, and functions that call the name
      later, get it wrong.
      """, wrong: "sum([1, 2])\nsum = 3",
      mended: "sum([1, 2])\ntotal = 3", in: .described),
    Explanation(
      "shape",
      """
      The sizes of these tensors do not belong together. For + - * / and comparisons every axis
      must agree; for A @ B the last axis of A must be as long as the first of B. Shapes are
      written [rows, columns]; x.shape tells the shape of x, x.T exchanges the axes of a matrix.
      """, wrong: "[1, 2, 3] + [1, 2]", mended: "[1, 2, 3] + [1, 2, 4]"),
    Explanation(
      "singular",
      """
      The rows of the matrix depend on each other, so that no inverse exists, or they almost do,
      so that rounding leaves no digit of the inverse right. Look for a row or column that is a
      multiple of another one. pinv(A) and lstsq(A, b) have an answer for every matrix.
      """, wrong: "inv([1, 2; 2, 4])", mended: "inv([1, 2; 2, 5])"),
    Explanation(
      "stretch",
      """
      An axis stretches only when it is missing on the left, is a scalar, or was made by `new`
      or by keep = true. Here both sides would have to stretch: [64, 1] with [64] would give
      [64, 64], which is rarely meant. Take the axis away (x[:, 0]) or say `new` where you want
      it.
      """, wrong: "zeros(64, 1) + zeros(64)", mended: "zeros(64, 1)[:, 0] + zeros(64);"),
    Explanation(
      "target",
      """
      Nothing can be assigned to what stands on the left: names can, and elements of tensors
      that have names. `==` compares.
      """, wrong: "x = 1\nx + 1 = 2", mended: "x = 1\nx + 1 == 2"),
    Explanation(
      "text",
      """
      A backslash in a text begins an escape, and this is none. Write two backslashes for one,
      or a raw text r"…" which takes them as they are.
      """, wrong: "\"\\q\"", mended: "r\"\\q\""),
    Explanation(
      "time",
      """
      The program took longer than --time or :set time= allows and was stopped. A training with
      a checkpoint has saved where it stood.
      """, wrong: ":set time=0.1s\nwhile true { }", mended: ":set time=1min\nfor k in 0..9 { }",
      in: .session),
    Explanation(
      "twice",
      """
      One name is given two values in the same list: of parameters, arguments or fields.
      """, wrong: "f(x, x) = x", mended: "f(x, y) = x"),
    Explanation(
      "type",
      """
      A value of this kind cannot be used here. `7/2` is a real, `7//2` a whole number; a text
      is not a number; a tensor of one element is still a tensor (x[0] takes the number out).
      """, wrong: "1 + \"a\"", mended: "\"\\(1)a\""),
    Explanation(
      "undo",
      """
      The session is as it was at its start; there is no entry left that could be forgotten.
      """, wrong: ":undo", mended: "x = 1\n:undo", in: .session),
    Explanation(
      "unexpected",
      """
      The text cannot go on like this: something else must stand at the mark. Often a comma, an
      operator or a closing bracket is missing just before it.
      """, wrong: "x = 1 2", mended: "x = [1, 2]"),
    Explanation(
      "unpack",
      """
      As many names must stand on the left as values on the right.
      """, wrong: "a, b = (1, 2, 3)", mended: "a, b, c = (1, 2, 3)"),
    Explanation(
      "unreachable",
      """
      A warning of fdsl lint: what stands behind `return`, `break` or `continue` in the same block
      never runs.
      """, wrong: "f(x) = { return x; print(x) }",
      mended: "f(x) = { print(x); return x }", in: .described),
    Explanation(
      "unused",
      """
      A warning of fdsl lint: the name gets a value that nothing reads. Often another name was meant
      in one of the two places. A name that begins with _ says that it is only there to be there.
      """, wrong: "f(x) = { y = 2x; x }",
      mended: "f(x) = { y = 2x; y }", in: .described),
    Explanation(
      "usage",
      """
      The command line asks for what is not there. `fdsl --help` lists the commands, `fdsl help
      run` the options of one.
      """, wrong: "fdsl doc no_such_name", mended: "fdsl doc sqrt", in: .commandLine),
    Explanation(
      "use",
      """
      `use` takes the names of another file into this one, at the top level; files cannot use
      each other in a circle.
      """, wrong: "f(x) = {\n  use \"utf-8.fdsl\"\n  x\n}", mended: "use \"utf-8.fdsl\""),
    Explanation(
      "validation",
      """
      Several strengths are given and no samples to choose one by. Give one strength, or a
      validation set.
      """, wrong: "strengths without a validation set", mended: "one strength",
      in: .described),
    Explanation(
      "verify",
      """
      The folder does not hold what the recipe says. The message names what is missing or
      different; export(…) draws what is missing.
      """,
      wrong: "db = fractaldb(categories = 1, instances = 1)\nverify(db, \"empty\", size = 16)",
      mended: """
        db = fractaldb(categories = 1, instances = 1);
        export(db, "db", size = 16);
        verify(db, "db", size = 16)
        """),
    Explanation(
      "view",
      """
      :show has no view of this name. The message lists those it has.
      """, wrong: ":show tokens 1 + 2", mended: ":show ast 1 + 2", in: .session),
    Explanation(
      "weights",
      """
      The file does not hold the tensors of this network, by name and shape. partial = true
      takes those that fit.
      """,
      wrong: """
        save(mlp(4, 8, 3), "a.safetensors");
        load(linear(4, 8) >> relu, "a.safetensors")
        """,
      mended: """
        save(mlp(4, 8, 3), "a.safetensors");
        load(mlp(4, 8, 3), "a.safetensors");
        """),
  ]
}
