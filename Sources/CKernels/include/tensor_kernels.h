#pragma once

#include <stddef.h>
#include <stdint.h>

// Loops over the numbers of tensors, in single (`_f32`) and double (`_f64`) precision.
// Compiled for three levels of x86 from one body with fixed order and no contraction, so results
// do not depend on the machine. Arrays do not overlap unless a comment says they may be the same.

// Functions of two numbers.
enum {
  CK_ADD, CK_SUBTRACT, CK_MULTIPLY, CK_DIVIDE, CK_MINIMUM, CK_MAXIMUM,
  CK_LESS, CK_LESS_EQUAL, CK_GREATER, CK_GREATER_EQUAL, CK_EQUAL, CK_NOT_EQUAL,
};

// Functions of one number. Those from CK_EXP on have fast single precision loops only.
enum {
  CK_NEGATE, CK_ABS, CK_SQUARE_ROOT, CK_SQUARE, CK_RECIPROCAL, CK_RELU,
  CK_EXP, CK_TANH, CK_SIGMOID, CK_GELU, CK_SILU, CK_ERF,
};

// Reductions.
enum { CK_SUM, CK_LARGEST, CK_SMALLEST, CK_PRODUCT };

// Most tokens, and most numbers of a head, that the attention loops take.
enum { CK_ATTENTION_SIDE = 64 };

// The level in use: "avx512", "avx2" or "baseline". FDSL_SIMD chooses a lower one.
const char *ck_tensor_level(void);

// X(REAL, SUFFIX, NAME, PARAMETERS, ARGUMENTS): one row per function, in both precisions.
#define CK_TENSOR_FUNCTIONS(X, REAL, SUFFIX)                                                       \
  /* y = op(a, b); a step is 1, or 0 to repeat the first number. y may be a or b. */               \
  X(REAL, SUFFIX, binary,                                                                          \
    (int op, const REAL *a, ptrdiff_t a_step, const REAL *b, ptrdiff_t b_step, REAL *y, size_t n), \
    (op, a, a_step, b, b_step, y, n))                                                              \
  /* y = op(x). y may be x. */                                                                     \
  X(REAL, SUFFIX, unary, (int op, const REAL *x, REAL *y, size_t n), (op, x, y, n))                \
  /* d = g * op'(x), y = op(x). d may be g. Ops that need only one of x and y take NULL. */        \
  X(REAL, SUFFIX, unary_gradient,                                                                  \
    (int op, const REAL *x, const REAL *y, const REAL *g, REAL *d, size_t n),                      \
    (op, x, y, g, d, n))                                                                           \
  /* y += scale * x */                                                                             \
  X(REAL, SUFFIX, add_scaled, (REAL scale, const REAL *x, REAL *y, size_t n), (scale, x, y, n))    \
  /* y[outer, inner] = reduction of x[outer, n, inner] over n */                                   \
  X(REAL, SUFFIX, reduce,                                                                          \
    (int op, const REAL *x, REAL *y, size_t outer, size_t n, size_t inner),                        \
    (op, x, y, outer, n, inner))                                                                   \
  /* y in row-major order of `sizes` from x with a step (in numbers) for each axis */              \
  X(REAL, SUFFIX, gather_strided,                                                                  \
    (const REAL *x, REAL *y, int rank, const ptrdiff_t *sizes, const ptrdiff_t *steps),            \
    (x, y, rank, sizes, steps))                                                                    \
  /* y with a step for each axis += x in row-major order of `sizes` */                             \
  X(REAL, SUFFIX, scatter_strided,                                                                 \
    (const REAL *x, REAL *y, int rank, const ptrdiff_t *sizes, const ptrdiff_t *steps),            \
    (x, y, rank, sizes, steps))                                                                    \
  /* y = softmax of each row of x, or its logarithm. y may be x. */                                \
  X(REAL, SUFFIX, softmax, (const REAL *x, REAL *y, size_t rows, size_t n, int is_log),            \
    (x, y, rows, n, is_log))                                                                       \
  /* d = gradient of x given y = softmax(x) and g. d may be g. */                                  \
  X(REAL, SUFFIX, softmax_gradient,                                                                \
    (const REAL *y, const REAL *g, REAL *d, size_t rows, size_t n, int is_log),                    \
    (y, g, d, rows, n, is_log))                                                                    \
  /* Heads from..<to of attention. x: [samples, tokens, 3, heads, depth], queries, keys, values; */\
  /* shares: softmax(q k' / sqrt(depth)), [samples, heads, tokens, tokens]; */                     \
  /* y: [samples, tokens, heads, depth]. Tokens and depth are at most CK_ATTENTION_SIDE. */        \
  X(REAL, SUFFIX, attention,                                                                       \
    (const REAL *x, REAL *shares, REAL *y, size_t heads, size_t tokens, size_t depth, size_t from, \
     size_t to),                                                                                   \
    (x, shares, y, heads, tokens, depth, from, to))                                                \
  /* d = gradient of x given those shares and g, the gradient of y */                              \
  X(REAL, SUFFIX, attention_gradient,                                                              \
    (const REAL *x, const REAL *shares, const REAL *g, REAL *d, size_t heads, size_t tokens,       \
     size_t depth, size_t from, size_t to),                                                        \
    (x, shares, g, d, heads, tokens, depth, from, to))                                             \
  /* y = (x - mean) * inverse deviation * scale + shift, by rows; statistics are written */        \
  X(REAL, SUFFIX, normalise_rows,                                                                  \
    (const REAL *x, const REAL *scale, const REAL *shift, REAL epsilon, REAL *y, REAL *mean,       \
     REAL *inverse, size_t rows, size_t n),                                                        \
    (x, scale, shift, epsilon, y, mean, inverse, rows, n))                                         \
  /* d = gradient of x; adds to those of scale and shift */                                        \
  X(REAL, SUFFIX, normalise_rows_gradient,                                                         \
    (const REAL *x, const REAL *scale, const REAL *mean, const REAL *inverse, const REAL *g,       \
     REAL *d, REAL *d_scale, REAL *d_shift, size_t rows, size_t n),                                \
    (x, scale, mean, inverse, g, d, d_scale, d_shift, rows, n))                                    \
  /* Planes [space, block] that stand `step` apart: adds to sums and square sums by lane. */       \
  X(REAL, SUFFIX, plane_sums,                                                                      \
    (const REAL *x, size_t planes, size_t step, size_t space, size_t block, double *sum,           \
     double *square),                                                                              \
    (x, planes, step, space, block, sum, square))                                                  \
  /* y = x * scale + shift by lane, not below zero when `relu`. y may be x. */                     \
  X(REAL, SUFFIX, plane_affine,                                                                    \
    (const REAL *x, REAL *y, size_t planes, size_t step, size_t space, size_t block,               \
     const REAL *scale, const REAL *shift, int relu),                                              \
    (x, y, planes, step, space, block, scale, shift, relu))                                        \
  /* Adds sums of g and of g * x by lane; with `scale`, g counts as 0 where plane_affine gave 0. */\
  X(REAL, SUFFIX, plane_products,                                                                  \
    (const REAL *x, const REAL *scale, const REAL *shift, const REAL *g, size_t planes,            \
     size_t step, size_t space, size_t block, double *sum, double *product),                       \
    (x, scale, shift, g, planes, step, space, block, sum, product))                                \
  /* d = a g + b x + c by lane, g as above. d may be g. */                                         \
  X(REAL, SUFFIX, plane_combine,                                                                   \
    (const REAL *x, const REAL *scale, const REAL *shift, const REAL *g, REAL *d, size_t planes,   \
     size_t step, size_t space, size_t block, const REAL *a, const REAL *b, const REAL *c),        \
    (x, scale, shift, g, d, planes, step, space, block, a, b, c))                                  \
  /* Largest number of each window, and which of the window it was. */                             \
  X(REAL, SUFFIX, max_pool,                                                                        \
    (const REAL *x, REAL *y, uint8_t *which, size_t planes, size_t block, const ck_window *w),     \
    (x, y, which, planes, block, w))                                                               \
  X(REAL, SUFFIX, max_pool_gradient,                                                               \
    (const REAL *g, const uint8_t *which, REAL *d, size_t planes, size_t block,                    \
     const ck_window *w),                                                                          \
    (g, which, d, planes, block, w))                                                               \
  /* Mean of each window; padding counts as zeros. */                                              \
  X(REAL, SUFFIX, mean_pool,                                                                       \
    (const REAL *x, REAL *y, size_t planes, size_t block, const ck_window *w),                     \
    (x, y, planes, block, w))                                                                      \
  X(REAL, SUFFIX, mean_pool_gradient,                                                              \
    (const REAL *g, REAL *d, size_t planes, size_t block, const ck_window *w),                     \
    (g, d, planes, block, w))                                                                      \
  /* columns[channels * window, out] of one row-major picture [channels, height, width] */         \
  X(REAL, SUFFIX, windows_to_columns,                                                              \
    (const REAL *x, REAL *columns, size_t channels, const ck_window *w), (x, columns, channels, w))\
  /* x += what windows_to_columns took from it */                                                  \
  X(REAL, SUFFIX, columns_to_windows,                                                              \
    (const REAL *columns, REAL *x, size_t channels, const ck_window *w), (columns, x, channels, w))

// Windows over a picture.
typedef struct {
  ptrdiff_t height, width, out_height, out_width;
  ptrdiff_t kernel_h, kernel_w, stride_h, stride_w, pad_h, pad_w;
} ck_window;

#define CK_DECLARE(REAL, SUFFIX, NAME, PARAMETERS, ARGUMENTS) void ck_##NAME##_##SUFFIX PARAMETERS;
CK_TENSOR_FUNCTIONS(CK_DECLARE, float, f32)
CK_TENSOR_FUNCTIONS(CK_DECLARE, double, f64)
#undef CK_DECLARE
