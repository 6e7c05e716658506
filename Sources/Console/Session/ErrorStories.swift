/// The long stories of errors, by the slug in `error[slug]`.
package enum ErrorStories {
  /// The story of a slug, or `nil` when there is none.
  package static func story(of slug: String) -> String? {
    stories[slug].map { "error[\(slug)]\n\n" + $0 }
  }

  private static let stories: [String: String] = [
    "ambiguous": """
    The text has two readings, and neither is more likely than the other. A coefficient such as
    2x binds tighter than the signs around it, so 1/2x could mean 1/(2x) or (1/2)*x. fdsl asks
    instead of guessing: write the brackets.
    """,
    "arguments": """
    The call gives more or fewer arguments than the function takes, or gives one twice. The first
    arguments go by position, all others by name: train(net, data, epochs = 20). ?name shows what
    a function takes, and Tab inside the brackets lists it.
    """,
    "assert": """
    The claim behind `assert` is false. What stands after the comma is the author's explanation.
    A notebook with a failed claim ends with status 1, so a claim also guards its own results.
    """,
    "choice": """
    The argument takes one of a few words, and this is none of them. The message lists them.
    """,
    "converge": """
    An iteration of LAPACK came to no end for this matrix. That is rare: look for numbers of very
    different sizes, and scale rows and columns so that they are near 1.
    """,
    "data": """
    A data file does not hold what its format promises: it is cut short, has other sizes, or is of
    another kind. Nothing was read from it.
    """,
    "definite": """
    cholesky(A) needs a symmetric matrix all of whose eigenvalues are positive. A covariance that was
    estimated from few samples, or rounded, may miss that by little: A + 1e-9eye(n) often helps.
    eig(A).values shows by how much it is missed.
    """,
    "denied": """
    Programs read and write only below their own folder, so that a file from a stranger can be
    run without fear. --read DIR and --write DIR allow more for one run.
    """,
    "depth": """
    Functions called each other more deeply than the limit. Usually a recursion has no end: look
    for the case that should stop it.
    """,
    "empty": """
    There are no numbers to work on: the greatest of nothing, or the transform of nothing, has no
    value. Sums and products of nothing have one (0 and 1).
    """,
    "einsum": """
    In the notation of einsum each group of letters names the axes of one tensor: "ij,jk->ik" is the
    matrix product. A letter stands for one size everywhere, and every letter of the result occurs on
    the left. Letters that the result lacks are summed over.
    """,
    "escapes": """
    An iterated function system has an attractor only when its maps contract on average: the mean
    of log(stretch), weighted by how often each map is chosen, must be negative. One expanding map
    is fine when it is chosen rarely enough. Lower its weight or scale it.
    """,
    "file": """
    The file cannot be used: it is missing, unreadable, or not what its name says. Relative paths
    start in the folder of the program; in a session, in the folder that :cd prints.
    """,
    "gradient": """
    Gradients are computed backwards through what a function did. Some of the library has no rule
    for that (svd, eig, qr, elementary functions of complex tensors), and to go on without would give a
    wrong answer. inv, det, solve, einsum, fft and complex arithmetic do have one.
    """,
    "habit": """
    This is how another language writes it. The message shows how fdsl does: ^ for powers,
    x -> x + 1 for small functions, "\\(x)" to fill in text, braces for blocks.
    """,
    "index": """
    The position does not exist. Positions count from 0, negative ones from the end (-1 is the
    last), and slices a:b leave out b.
    """,
    "memory": """
    The result would not fit in the budget, so it was not even begun. The message names the size
    that was asked for. Often an axis was meant to be summed, or a size has a factor too many.
    """,
    "missing": """
    The statement ends before it is whole. At the prompt such an entry would simply go on with the
    next line; in a file it is an error at the place where something should stand.
    """,
    "name": """
    Nothing of this name is known here. A use refers to the nearest definition above it; names
    inside a function are its own. Names of arguments belong to one call: the message lists those
    that exist.
    """,
    "nan": """
    The formula has no value at some place: 0/0, the root of a negative number, an endless value
    minus another. pick(condition, value, other) chooses per element, sinc(x) is sin(x)/x with its
    limit at 0.
    """,
    "open": """
    A bracket, brace or quote is opened and never closed. The mark shows where it opens; the error
    is often further down, where the closing one was forgotten.
    """,
    "overflow": """
    Whole numbers have 64 bits and never wrap around silently. Write one of the numbers with a
    point (2.0^100) to compute with reals.
    """,
    "plot": """
    The figure could not be made. When gnuplot is missing the recipe and its data are still
    written: `gnuplot NAME.gp` on another machine makes the picture. Images and montages need no
    gnuplot.
    """,
    "range": """
    The value is of the right kind but outside of what is allowed; the message has both bounds.
    """,
    "shape": """
    The sizes of these tensors do not belong together. For + - * / and comparisons every axis must
    agree; for A @ B the last axis of A must be as long as the first of B. Shapes are written
    [rows, columns]; x.shape tells the shape of x, x.T exchanges the axes of a matrix.
    """,
    "singular": """
    The rows of the matrix depend on each other, so that no inverse exists, or they almost do, so that
    rounding leaves no digit of the inverse right. Look for a row or column that is a multiple of
    another one, or for an unknown too many. pinv(A) and lstsq(A, b) have an answer for every matrix.
    """,
    "stretch": """
    An axis stretches only when it is missing on the left, is a scalar, or was made by `new` or by
    keep = true. Here both sides would have to stretch: [64, 1] with [64] would give [64, 64],
    which is rarely meant. Take the axis away (x[:, 0]) or say `new` where you want it.
    """,
    "time": """
    The program took longer than --time allows and was stopped.
    """,
    "type": """
    A value of this kind cannot be used here. `7/2` is a real, `7//2` a whole number; a text is
    not a number; a tensor of one element is still a tensor (x[0] takes the number out).
    """,
    "unexpected": """
    The text cannot go on like this: something else must stand at the mark. Often a comma, an
    operator or a closing bracket is missing just before it.
    """,
  ]
}
