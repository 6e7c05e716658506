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

// LAPACK. Matrices are stored by columns without gaps, in double precision, and are overwritten;
// a matrix stored by rows is therefore seen transposed. Each function returns 0 when all went
// well, OB_MISSING without the library, OB_MEMORY when work space could not be had, and otherwise
// LAPACK's own positive answer, which says what the matrix lacks.
enum { OB_MISSING = -1001, OB_MEMORY = -1002 };

// a[n, n] = P L U; `pivots` holds n numbers. `condition` becomes the reciprocal of the condition
// number in the 1-norm. A positive answer is the first pivot that is 0; the factors are still
// set, `condition` is 0.
int ob_lu(int n, double *a, int *pivots, double *condition, int threads);
// b[n, columns] becomes the solution of A x = b, or of Aᵀ x = b, from the factors of A.
int ob_lu_solve(int transposed, int n, int columns, const double *lu, const int *pivots, double *b,
                int threads);
// The factors become the inverse.
int ob_lu_inverse(int n, double *lu, const int *pivots, int threads);
// The upper triangle of a[n, n] becomes U with A = Uᵀ U. A positive answer is the order of the
// leading minor that is not positive.
int ob_cholesky(int n, double *a, int threads);
// a[m, n] becomes Q[m, k] with k = min(m, n), and r[k, n] becomes R.
int ob_qr(int m, int n, double *a, double *r, int threads);
// a[m, n] = U diag(s) Vᵀ with u[m, p], vt[q, n]; p = q = min(m, n), or p = m and q = n when
// `full`. A positive answer: the iteration did not converge.
int ob_svd(int full, int m, int n, double *a, double *s, double *u, double *vt, int threads);
// The symmetric a[n, n] becomes its eigenvectors, in columns; `values` ascend.
int ob_eigen_symmetric(int n, double *a, double *values, int threads);
// Eigenvalues of a[n, n] with real and imaginary parts. Column j of vectors[n, n] belongs to a real
// value; columns j and j + 1 are real and imaginary part for a pair, whose first is above the axis.
int ob_eigen(int n, double *a, double *real, double *imaginary, double *vectors, int threads);
// b[max(m, n), columns] becomes, in its first n rows, the shortest x with the least |a[m, n] x - b|.
// Singular values below `cut` times the largest count as 0; s holds min(m, n) numbers.
int ob_least_squares(int m, int n, int columns, double *a, double *b, double *s, double cut,
                     int *rank, int threads);
