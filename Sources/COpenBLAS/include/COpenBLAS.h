#pragma once

#include <stddef.h>

// OpenBLAS, loaded at first use. Without the library the plain loops below compute the same
// results slower, so every function works everywhere. All matrices are row-major.

// Whether the library was found.
int ob_available(void);
// The kernel set in use, as "SkylakeX"; "none" without the library. Never freed.
const char *ob_core(void);
// The library's own description of itself; "" without it. Never freed.
const char *ob_version(void);
// A function of the library by name (LAPACK's too); NULL when there is none.
void *ob_symbol(const char *name);

// c[m, n] = alpha a[m, k] b[k, n] + beta c. A transposed operand is stored with its sizes
// swapped; ld* is the distance between stored rows. `threads` is how many may work.
void ob_dgemm(int transpose_a, int transpose_b, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, double alpha,
              const double *a, ptrdiff_t lda, const double *b, ptrdiff_t ldb, double beta, double *c,
              ptrdiff_t ldc, int threads);
void ob_sgemm(int transpose_a, int transpose_b, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, float alpha,
              const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb, float beta, float *c,
              ptrdiff_t ldc, int threads);
