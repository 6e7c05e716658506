#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "COpenBLAS.h"
#include "library.h"

// LAPACK's functions are Fortran's: everything goes by reference, the lengths of texts come last.

#define FUNCTION(NAME, ...)                                                                        \
  typedef void NAME##_f(__VA_ARGS__);                                                              \
  static NAME##_f *NAME(void) { return (NAME##_f *)ob_symbol(#NAME "_"); }

typedef const char *text;
typedef const int *size;

FUNCTION(dgetrf, size m, size n, double *a, size lda, int *pivots, int *info)
FUNCTION(dgetrs, text trans, size n, size columns, const double *a, size lda, size pivots,
         double *b, size ldb, int *info, size_t)
FUNCTION(dgetri, size n, double *a, size lda, size pivots, double *work, size lwork, int *info)
FUNCTION(dgecon, text norm, size n, const double *a, size lda, const double *anorm, double *rcond,
         double *work, int *iwork, int *info, size_t)
FUNCTION(dpotrf, text uplo, size n, double *a, size lda, int *info, size_t)
FUNCTION(dgeqrf, size m, size n, double *a, size lda, double *tau, double *work, size lwork,
         int *info)
FUNCTION(dorgqr, size m, size n, size k, double *a, size lda, const double *tau, double *work,
         size lwork, int *info)
FUNCTION(dgesdd, text job, size m, size n, double *a, size lda, double *s, double *u, size ldu,
         double *vt, size ldvt, double *work, size lwork, int *iwork, int *info, size_t)
FUNCTION(dsyevd, text job, text uplo, size n, double *a, size lda, double *w, double *work,
         size lwork, int *iwork, size liwork, int *info, size_t, size_t)
FUNCTION(dgeev, text left, text right, size n, double *a, size lda, double *wr, double *wi,
         double *vl, size ldvl, double *vr, size ldvr, double *work, size lwork, int *info, size_t,
         size_t)
FUNCTION(dgelsd, size m, size n, size columns, double *a, size lda, double *b, size ldb, double *s,
         const double *rcond, int *rank, double *work, size lwork, int *iwork, int *info)

// Some builds of the library leave LAPACK out.
static int begin(int threads) { return ob_symbol("dgelsd_") && ob_begin(threads); }

static int least(int a, int b) { return a < b ? a : b; }
static int most(int a, int b) { return a > b ? a : b; }

static double *numbers(double count) { return malloc(((size_t)count + 1) * sizeof(double)); }

// The largest sum of magnitudes in a column.
static double norm1(int n, const double *a) {
  double largest = 0;
  for (ptrdiff_t j = 0; j < n; j++) {
    double sum = 0;
    for (ptrdiff_t i = 0; i < n; i++) sum += fabs(a[j * n + i]);
    if (sum > largest) largest = sum;
  }
  return largest;
}

int ob_lu(int n, double *a, int *pivots, double *condition, int threads) {
  double norm = norm1(n, a), *work = numbers(4.0 * n);
  int *iwork = malloc(((size_t)n + 1) * sizeof(int)), info = OB_MEMORY, ignored;
  *condition = 0;
  if (work && iwork) {
    info = OB_MISSING;
    if (begin(threads)) {
      dgetrf()(&n, &n, a, &n, pivots, &info);
      if (info == 0) dgecon()("1", &n, a, &n, &norm, condition, work, iwork, &ignored, 1);
      ob_end();
    }
  }
  free(work);
  free(iwork);
  return info;
}

int ob_lu_solve(int transposed, int n, int columns, const double *lu, const int *pivots, double *b,
                int threads) {
  int info = OB_MISSING;
  if (!begin(threads)) return info;
  dgetrs()(transposed ? "T" : "N", &n, &columns, lu, &n, pivots, b, &n, &info, 1);
  ob_end();
  return info;
}

int ob_lu_inverse(int n, double *lu, const int *pivots, int threads) {
  int info = OB_MISSING, ask = -1;
  if (!begin(threads)) return info;
  double wanted = 0;
  dgetri()(&n, lu, &n, pivots, &wanted, &ask, &info);
  double *work = numbers(wanted);
  int size = (int)wanted;
  info = OB_MEMORY;
  if (work) dgetri()(&n, lu, &n, pivots, work, &size, &info);
  ob_end();
  free(work);
  return info;
}

int ob_cholesky(int n, double *a, int threads) {
  int info = OB_MISSING;
  if (!begin(threads)) return info;
  dpotrf()("U", &n, a, &n, &info, 1);
  ob_end();
  return info;
}

int ob_qr(int m, int n, double *a, double *r, int threads) {
  int k = least(m, n), info = OB_MISSING, ask = -1;
  if (!begin(threads)) return info;
  double first = 0, second = 0;
  dgeqrf()(&m, &n, a, &m, &first, &first, &ask, &info);
  dorgqr()(&m, &k, &k, a, &m, &second, &second, &ask, &info);
  int size = most((int)first, (int)second);
  double *tau = numbers(k), *work = numbers(size);
  info = OB_MEMORY;
  if (tau && work) {
    dgeqrf()(&m, &n, a, &m, tau, work, &size, &info);
    for (ptrdiff_t j = 0; j < n; j++)
      for (ptrdiff_t i = 0; i < k; i++) r[j * k + i] = i <= j ? a[j * m + i] : 0;
    if (info == 0) dorgqr()(&m, &k, &k, a, &m, tau, work, &size, &info);
  }
  ob_end();
  free(tau);
  free(work);
  return info;
}

int ob_svd(int full, int m, int n, double *a, double *s, double *u, double *vt, int threads) {
  int k = least(m, n), rows = full ? n : k, info = OB_MISSING, ask = -1;
  if (!begin(threads)) return info;
  text job = full ? "A" : "S";
  int *iwork = malloc(((size_t)k * 8 + 1) * sizeof(int));
  double wanted = 0;
  dgesdd()(job, &m, &n, a, &m, s, u, &m, vt, &rows, &wanted, &ask, iwork, &info, 1);
  int size = (int)wanted;
  double *work = numbers(wanted);
  info = OB_MEMORY;
  if (work && iwork)
    dgesdd()(job, &m, &n, a, &m, s, u, &m, vt, &rows, work, &size, iwork, &info, 1);
  ob_end();
  free(work);
  free(iwork);
  return info;
}

int ob_eigen_symmetric(int n, double *a, double *values, int threads) {
  int info = OB_MISSING, ask = -1, whole = 0;
  if (!begin(threads)) return info;
  double wanted = 0;
  dsyevd()("V", "U", &n, a, &n, values, &wanted, &ask, &whole, &ask, &info, 1, 1);
  int size = (int)wanted;
  double *work = numbers(wanted);
  int *iwork = malloc(((size_t)whole + 1) * sizeof(int));
  info = OB_MEMORY;
  if (work && iwork)
    dsyevd()("V", "U", &n, a, &n, values, work, &size, iwork, &whole, &info, 1, 1);
  ob_end();
  free(work);
  free(iwork);
  return info;
}

int ob_eigen(int n, double *a, double *real, double *imaginary, double *vectors, int threads) {
  int info = OB_MISSING, ask = -1, one = 1;
  if (!begin(threads)) return info;
  double wanted = 0, none = 0;
  dgeev()("N", "V", &n, a, &n, real, imaginary, &none, &one, vectors, &n, &wanted, &ask, &info, 1,
          1);
  int size = (int)wanted;
  double *work = numbers(wanted);
  info = OB_MEMORY;
  if (work)
    dgeev()("N", "V", &n, a, &n, real, imaginary, &none, &one, vectors, &n, work, &size, &info, 1,
            1);
  ob_end();
  free(work);
  return info;
}

int ob_least_squares(int m, int n, int columns, double *a, double *b, double *s, double cut,
                     int *rank, int threads) {
  int rows = most(m, n), info = OB_MISSING, ask = -1, whole = 0;
  if (!begin(threads)) return info;
  double wanted = 0;
  dgelsd()(&m, &n, &columns, a, &m, b, &rows, s, &cut, rank, &wanted, &ask, &whole, &info);
  int size = (int)wanted;
  double *work = numbers(wanted);
  int *iwork = malloc(((size_t)whole + 1) * sizeof(int));
  info = OB_MEMORY;
  if (work && iwork)
    dgelsd()(&m, &n, &columns, a, &m, b, &rows, s, &cut, rank, work, &size, iwork, &info);
  ob_end();
  free(work);
  free(iwork);
  return info;
}
