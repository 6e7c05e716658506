#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

#pragma STDC FP_CONTRACT OFF

typedef void stage(ptrdiff_t length, ptrdiff_t s, const double *xr, const double *xi, double *yr,
                   double *yi, const double *cosines, const double *sines, ptrdiff_t step);
typedef void odd_stage(ptrdiff_t radix, ptrdiff_t length, ptrdiff_t s, const double *xr,
                       const double *xi, double *yr, double *yi, const double *cosines,
                       const double *sines, ptrdiff_t step);
typedef struct {
  stage *two, *four;
  odd_stage *odd;
} stages;

#define JOIN_(A, B) A##_##B
#define JOIN(A, B) JOIN_(A, B)

#define LEVEL baseline
#include "bodies/fourier.inc"
#undef LEVEL

#if defined(__x86_64__)
#define LEVEL avx2
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#include "bodies/fourier.inc"
#pragma clang attribute pop
#undef LEVEL

#define LEVEL avx512
#pragma clang attribute push(                                                                      \
    __attribute__((target("avx2,avx512f,avx512dq,avx512bw,avx512vl"))), apply_to = function)
#include "bodies/fourier.inc"
#pragma clang attribute pop
#undef LEVEL
#endif

// The level that the tensor kernels use.
static const stages *level(void) {
#if defined(__x86_64__)
  if (!strcmp(ck_tensor_level(), "avx512")) return &stages_of_avx512;
  if (!strcmp(ck_tensor_level(), "avx2")) return &stages_of_avx2;
#endif
  return &stages_of_baseline;
}

// Primes above this are left to Bluestein's algorithm.
enum { LARGEST_RADIX = 31, MOST_FACTORS = 64 };

struct ck_fourier {
  ptrdiff_t n;
  // Lengths of the butterflies in the order of the stages; none when `padded` is set.
  int factors[MOST_FACTORS], count;
  // exp(-2πi k/n) for k < n: cosines, then sines.
  double *table;
  // Bluestein (1970): the transform of length n as a convolution of length `padded->n`.
  ck_fourier *padded;
  double *chirp;   // exp(-πi k²/n) for k < n
  double *filter;  // the transform of the conjugate chirp, divided by the padded length
};

static const double PI = 3.141592653589793;

// exp(-2πi k/n), from an angle of at most an eighth of a turn.
static void root(ptrdiff_t k, ptrdiff_t n, double *cosine, double *sine) {
  // In eighths of n-ths of a turn.
  ptrdiff_t turn = 8 * k, flips = 0, turns = 0, swaps = 0;
  if (turn > 4 * n) turn = 8 * n - turn, flips = 1;
  if (turn > 2 * n) turn = 4 * n - turn, turns = 1;
  if (turn > n) turn = 2 * n - turn, swaps = 1;
  double angle = PI * (double)turn / (4 * (double)n);
  double c = ck_cos(angle), s = ck_sin(angle);
  *cosine = swaps ? s : c;
  *sine = swaps ? c : s;
  if (turns) *cosine = -*cosine;
  if (!flips) *sine = -*sine;
}

static void fill_table(double *cosines, double *sines, ptrdiff_t n) {
  if (n % 8 != 0) {
    for (ptrdiff_t k = 0; k < n; k++) root(k, n, cosines + k, sines + k);
    return;
  }
  // One eighth is computed, the others are its mirror images.
  ptrdiff_t quarter = n / 4;
  for (ptrdiff_t k = 0; k <= n / 8; k++) {
    double c, s;
    root(k, n, &c, &s);
    cosines[k] = c, sines[k] = s;
    cosines[quarter - k] = -s, sines[quarter - k] = -c;
    cosines[quarter + k] = s, sines[quarter + k] = -c;
    cosines[2 * quarter - k] = -c, sines[2 * quarter - k] = s;
    cosines[2 * quarter + k] = -c, sines[2 * quarter + k] = -s;
    cosines[3 * quarter - k] = s, sines[3 * quarter - k] = c;
    cosines[3 * quarter + k] = -s, sines[3 * quarter + k] = c;
    if (k > 0) cosines[n - k] = c, sines[n - k] = -s;
  }
}

// Splits n into lengths of butterflies; 0 when a prime is too large.
static int factorise(ck_fourier *f) {
  ptrdiff_t rest = f->n;
  while (rest % 4 == 0) f->factors[f->count++] = 4, rest /= 4;
  while (rest % 2 == 0) f->factors[f->count++] = 2, rest /= 2;
  for (int radix = 3; radix <= LARGEST_RADIX; radix += 2)
    while (rest % radix == 0) f->factors[f->count++] = radix, rest /= radix;
  return rest == 1;
}

static int make_chirp(ck_fourier *f) {
  ptrdiff_t n = f->n, length = 1;
  while (length < 2 * n - 1) length *= 2;
  f->padded = ck_fourier_make(length);
  f->chirp = malloc(2 * (size_t)n * sizeof(double));
  f->filter = calloc(2 * (size_t)length, sizeof(double));
  double *work = malloc(ck_fourier_work(f->padded) * sizeof(double));
  if (!f->padded || !f->chirp || !f->filter || !work) {
    free(work);
    return 0;
  }
  // The square of k, modulo 2n, from the one before it.
  for (ptrdiff_t k = 0, square = 0; k < n; square = (square + 2 * k + 1) % (2 * n), k++) {
    double c, s;
    root(square, 2 * n, &c, &s);
    f->chirp[k] = c;
    f->chirp[n + k] = s;
    ptrdiff_t mirror = (length - k) % length;
    f->filter[k] = f->filter[mirror] = c / (double)length;
    f->filter[length + k] = f->filter[length + mirror] = -s / (double)length;
  }
  ck_fourier_run(f->padded, f->filter, f->filter + length, work);
  free(work);
  return 1;
}

ck_fourier *ck_fourier_make(ptrdiff_t n) {
  ck_fourier *f = calloc(1, sizeof *f);
  if (!f) return NULL;
  f->n = n;
  int whole = 1;
  if (factorise(f)) {
    f->table = malloc(2 * (size_t)n * sizeof(double));
    if (f->table) fill_table(f->table, f->table + n, n);
    whole = f->table != NULL;
  } else {
    f->count = 0;
    whole = make_chirp(f);
  }
  if (whole) return f;
  ck_fourier_free(f);
  return NULL;
}

void ck_fourier_free(ck_fourier *f) {
  if (!f) return;
  ck_fourier_free(f->padded);
  free(f->table);
  free(f->chirp);
  free(f->filter);
  free(f);
}

size_t ck_fourier_work(const ck_fourier *f) {
  if (!f) return 0;
  return f->padded ? 2 * (size_t)f->padded->n + ck_fourier_work(f->padded) : 2 * (size_t)f->n;
}

static void run_chirp(const ck_fourier *f, double *re, double *im, double *work) {
  ptrdiff_t n = f->n, length = f->padded->n;
  const double *cr = f->chirp, *ci = cr + n, *hr = f->filter, *hi = hr + length;
  double *ar = work, *ai = work + length;
  for (ptrdiff_t k = 0; k < n; k++) {
    ar[k] = re[k] * cr[k] - im[k] * ci[k];
    ai[k] = re[k] * ci[k] + im[k] * cr[k];
  }
  memset(ar + n, 0, (size_t)(length - n) * sizeof(double));
  memset(ai + n, 0, (size_t)(length - n) * sizeof(double));
  ck_fourier_run(f->padded, ar, ai, work + 2 * length);
  for (ptrdiff_t k = 0; k < length; k++) {
    double r = ar[k] * hr[k] - ai[k] * hi[k];
    ai[k] = ar[k] * hi[k] + ai[k] * hr[k];
    ar[k] = r;
  }
  // The inverse transform is the transform with both parts exchanged.
  ck_fourier_run(f->padded, ai, ar, work + 2 * length);
  for (ptrdiff_t k = 0; k < n; k++) {
    re[k] = ar[k] * cr[k] - ai[k] * ci[k];
    im[k] = ar[k] * ci[k] + ai[k] * cr[k];
  }
}

void ck_fourier_run(const ck_fourier *f, double *re, double *im, double *work) {
  if (f->padded) {
    run_chirp(f, re, im, work);
    return;
  }
  const stages *stage = level();
  const double *cosines = f->table, *sines = f->table + f->n;
  double *xr = re, *xi = im, *yr = work, *yi = work + f->n;
  ptrdiff_t length = f->n, s = 1;
  for (int i = 0; i < f->count; i++) {
    int radix = f->factors[i];
    ptrdiff_t step = f->n / length;
    if (radix == 4)
      stage->four(length, s, xr, xi, yr, yi, cosines, sines, step);
    else if (radix == 2)
      stage->two(length, s, xr, xi, yr, yi, cosines, sines, step);
    else
      stage->odd(radix, length, s, xr, xi, yr, yi, cosines, sines, step);
    length /= radix;
    s *= radix;
    double *swap = xr;
    xr = yr, yr = swap;
    swap = xi, xi = yi, yi = swap;
  }
  if (xr == re) return;
  memcpy(re, xr, (size_t)f->n * sizeof(double));
  memcpy(im, xi, (size_t)f->n * sizeof(double));
}
