#define _GNU_SOURCE
#include "COpenBLAS.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

#include "library.h"

#pragma STDC FP_CONTRACT OFF

typedef void dgemm_f(int order, int ta, int tb, int m, int n, int k, double alpha, const double *a,
                     int lda, const double *b, int ldb, double beta, double *c, int ldc);
typedef void sgemm_f(int order, int ta, int tb, int m, int n, int k, float alpha, const float *a,
                     int lda, const float *b, int ldb, float beta, float *c, int ldc);

static struct {
  void *library;
  dgemm_f *dgemm;
  sgemm_f *sgemm;
  void (*set_threads)(int);
  char *(*core)(void);
  char *(*config)(void);
  int threads;
} blas;
static pthread_once_t once = PTHREAD_ONCE_INIT;
// The library's number of threads is a property of the process.
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

// Older releases do not know newer processors and fall back to a kernel of 2004. The library reads
// the variable when it is loaded, so this is the last moment to say what the processor can do.
static void choose_core(void) {
#if defined(__x86_64__)
  if (getenv("OPENBLAS_CORETYPE")) return;
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    setenv("OPENBLAS_CORETYPE", "SkylakeX", 1);
  else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    setenv("OPENBLAS_CORETYPE", "Haswell", 1);
#endif
}

static void load(void) {
  choose_core();
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  blas.dgemm = (dgemm_f *)dlsym(library, "cblas_dgemm");
  blas.sgemm = (sgemm_f *)dlsym(library, "cblas_sgemm");
  blas.set_threads = (void (*)(int))dlsym(library, "openblas_set_num_threads");
  blas.core = (char *(*)(void))dlsym(library, "openblas_get_corename");
  blas.config = (char *(*)(void))dlsym(library, "openblas_get_config");
  if (blas.dgemm && blas.sgemm && blas.set_threads && blas.core && blas.config)
    blas.library = library;
}

int ob_available(void) {
  pthread_once(&once, load);
  return blas.library != NULL;
}

const char *ob_core(void) { return ob_available() ? blas.core() : "none"; }
const char *ob_version(void) { return ob_available() ? blas.config() : ""; }
void *ob_symbol(const char *name) { return ob_available() ? dlsym(blas.library, name) : NULL; }

static void use_threads(int threads) {
  if (blas.threads == threads) return;
  blas.set_threads(threads);
  blas.threads = threads;
}

int ob_begin(int threads) {
  if (!ob_available()) return 0;
  pthread_mutex_lock(&turn);
  use_threads(threads < 1 ? 1 : threads);
  return 1;
}

void ob_end(void) { pthread_mutex_unlock(&turn); }

// Row-major order and the two transpositions, as cblas numbers them.
enum { ROWS = 101, PLAIN = 111, TRANSPOSED = 112 };

#define FALLBACK(REAL, NAME)                                                                       \
  static void NAME(int ta, int tb, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, REAL alpha,              \
                   const REAL *a, ptrdiff_t lda, const REAL *b, ptrdiff_t ldb, REAL beta, REAL *c, \
                   ptrdiff_t ldc) {                                                                \
    for (ptrdiff_t i = 0; i < m; i++) {                                                            \
      REAL *row = c + i * ldc;                                                                     \
      for (ptrdiff_t j = 0; j < n; j++) row[j] = beta == 0 ? 0 : beta * row[j];                    \
      for (ptrdiff_t p = 0; p < k; p++) {                                                          \
        REAL x = alpha * (ta ? a[p * lda + i] : a[i * lda + p]);                                   \
        if (tb)                                                                                    \
          for (ptrdiff_t j = 0; j < n; j++) row[j] += x * b[j * ldb + p];                          \
        else                                                                                       \
          for (ptrdiff_t j = 0; j < n; j++) row[j] += x * b[p * ldb + j];                          \
      }                                                                                            \
    }                                                                                              \
  }
FALLBACK(double, plain_dgemm)
FALLBACK(float, plain_sgemm)

#define GEMM(REAL, NAME, LIBRARY, PLAIN_LOOPS)                                                     \
  void NAME(int ta, int tb, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, REAL alpha, const REAL *a,      \
            ptrdiff_t lda, const REAL *b, ptrdiff_t ldb, REAL beta, REAL *c, ptrdiff_t ldc,        \
            int threads) {                                                                         \
    if (!ob_begin(threads)) {                                                                      \
      PLAIN_LOOPS(ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);                           \
      return;                                                                                      \
    }                                                                                              \
    blas.LIBRARY(ROWS, ta ? TRANSPOSED : PLAIN, tb ? TRANSPOSED : PLAIN, (int)m, (int)n, (int)k,   \
                 alpha, a, (int)lda, b, (int)ldb, beta, c, (int)ldc);                              \
    ob_end();                                                                                      \
  }
GEMM(double, ob_dgemm, dgemm, plain_dgemm)
GEMM(float, ob_sgemm, sgemm, plain_sgemm)
