#pragma once

#include <stddef.h>
#include <stdint.h>

#include "tensor_kernels.h"

// Kernels with one result on every machine: IEEE arithmetic in a fixed order, contraction off.

// One team of threads for all work: libgomp's, which oneDNN uses too. Two pools would take each
// other's time. Without the library ck_team_available is 0.
int ck_team_available(void);
// Calls `body` once on each of up to `threads` threads, this one among them, and waits for all.
void ck_team_run(int threads, void (*body)(void *context), void *context);

// Addresses without memory behind them but a few pages that show again and again: what is written
// there means nothing. It stands in for memory that there is not. NULL when even that fails.
void *ck_scratch_map(size_t bytes);
void ck_scratch_unmap(void *start, size_t bytes);

// Elementary functions of one double. Errors below one unit in the last place (gamma: three).
double ck_exp(double x);
double ck_exp2(double x);
double ck_expm1(double x);
double ck_log(double x);
double ck_log2(double x);
double ck_log10(double x);
double ck_log1p(double x);
double ck_pow(double x, double y);
double ck_cbrt(double x);
double ck_hypot(double x, double y);
double ck_sin(double x);
double ck_cos(double x);
double ck_tan(double x);
double ck_asin(double x);
double ck_acos(double x);
double ck_atan(double x);
double ck_atan2(double y, double x);
double ck_sinh(double x);
double ck_cosh(double x);
double ck_tanh(double x);
double ck_asinh(double x);
double ck_acosh(double x);
double ck_atanh(double x);
double ck_erf(double x);
double ck_gamma(double x);
double ck_lgamma(double x);

// The discrete Fourier transform of one length, X[k] = Σ_j x[j] exp(-2πi jk/n): butterflies of 4, 2
// and small primes, Bluestein's chirp for large ones. Exchanging both parts gives the inverse,
// times n.
typedef struct ck_fourier ck_fourier;
// Tables for the length n > 0; NULL when there is no memory for them.
ck_fourier *ck_fourier_make(ptrdiff_t n);
void ck_fourier_free(ck_fourier *f);
// How many doubles of work space a run needs.
size_t ck_fourier_work(const ck_fourier *f);
// Transforms re[n] + i im[n] in place. Runs with work spaces of their own may go on side by side.
void ck_fourier_run(const ck_fourier *f, double *re, double *im, double *work);

// The Mersenne twister MT19937 (Matsumoto and Nishimura, 1998).
typedef struct {
  uint32_t words[624];
  int32_t used;  // words handed out since the last refill; 624 asks for one
} ck_twister;

// Fills the state from one word (numpy's legacy seeding).
void ck_twister_seed(ck_twister *t, uint32_t seed);
// Fills the state from a list of words (Python's seeding).
void ck_twister_seed_words(ck_twister *t, const uint32_t *key, int count);
uint32_t ck_twister_next(ck_twister *t);
// A double in [0, 1) from two words, the high part first.
double ck_twister_uniform(ck_twister *t);
void ck_twister_uniforms(ck_twister *t, double *out, long count);
// Moves on by `count` words without making them.
void ck_twister_skip(ck_twister *t, long count);

// A map of the plane: x' = a x + b y + e, y' = c x + d y + f.
typedef struct {
  double a, b, c, d, e, f;
} ck_affine2;

// A map of space: x' = a x + b y + c z + j, y' = d x + e y + f z + k, z' = g x + h y + i z + l.
typedef struct {
  double a, b, c, d, e, f, g, h, i, j, k, l;
} ck_affine3;

// The orbit of the origin under maps chosen by r: point k + 1 is map j of point k, j the first
// index with r[k] <= cumulative[j]; without such an index the point is repeated. The origin is
// point 0 and r[count - 1] is not used. Stops after the first point that is no number and
// returns how many points were written.
long ck_orbit(const ck_affine2 *maps, const double *cumulative, int map_count, const double *r,
              long count, double *x, double *y);

// One entry of an alias table (Walker, 1977) over 32-bit fractions.
typedef struct {
  uint32_t threshold;  // fractions below it stay, others go to `other`
  uint32_t other;
} ck_alias;

enum { CK_CHAINS = 8, CK_MOST_MAPS = 1024 };

// Eight orbits side by side, so that their latencies hide each other. Point i belongs to chain
// i mod 8; the chain's choice at step i / 8 is one half of a SplitMix64 output.
typedef struct {
  double x[CK_CHAINS], y[CK_CHAINS], z[CK_CHAINS];
  uint64_t key;
  uint64_t step;
} ck_chains;

// All chains at the origin, before `warm_up` unrecorded steps.
void ck_chains_start2(ck_chains *s, uint64_t key, const ck_affine2 *maps, const ck_alias *alias,
                      int map_count, int warm_up);
void ck_chains_start3(ck_chains *s, uint64_t key, const ck_affine3 *maps, const ck_alias *alias,
                      int map_count, int warm_up);
// Writes the next `count` points, a multiple of 8.
void ck_chains_run2(ck_chains *s, const ck_affine2 *maps, const ck_alias *alias, int map_count,
                    long count, double *x, double *y);
void ck_chains_run3(ck_chains *s, const ck_affine3 *maps, const ck_alias *alias, int map_count,
                    long count, double *x, double *y, double *z);
// The output of SplitMix64 number `index` of the stream `key`.
uint64_t ck_splitmix(uint64_t key, uint64_t index);

// The least and greatest of `count` > 0 numbers; both NaN when one of them is.
void ck_range(const double *v, long count, double *low, double *high);

// Shifts v so that its least is not negative, as the published renderer does, and writes the
// pixel of each: v / (max - min) * (size - 2 pad) + pad, truncated to 16 unsigned bits.
void ck_published_pixels(double *v, long count, int size, int pad, uint16_t *pixel);

// Marks pixels of a width x height bitmap and returns how many are marked that were not before.
long ck_mark(const uint16_t *px, const uint16_t *py, long count, int width, int height,
             uint8_t *bitmap);

// column = x * scale + offset, row likewise, floored; adds one to each cell hit. Points outside
// are skipped.
void ck_count_hits(const double *x, const double *y, long count, double x_scale, double x_offset,
                   double y_scale, double y_offset, int width, int height, uint32_t *hits);

// The cell of each point, or -1 outside: for drawing that needs the order of the points.
void ck_cells(const double *x, const double *y, long count, double x_scale, double x_offset,
              double y_scale, double y_offset, int width, int height, int32_t *cell);

// Pastes a 3x3 patch for each point, top left at (column + 1, row + 1) of a three-channel picture:
// the colour where the mask's bit is set (bit 8 first, row by row), black elsewhere. `masks` holds
// one mask for each point, or one for all when mask_step is 0. `colours` are colour_count triples
// taken in turn.
void ck_draw_patches(const uint16_t *px, const uint16_t *py, long count, const uint16_t *masks,
                     int mask_step, const uint8_t *colours, int colour_count, int width, int height,
                     uint8_t *rgb);
// Writes a triple for each point at its pixel.
void ck_draw_points(const uint16_t *px, const uint16_t *py, long count, const uint8_t *colours,
                    int colour_count, int width, int height, uint8_t *rgb);
// Python's randrange(1, 512) for each of `count` masks.
void ck_published_masks(ck_twister *t, long count, uint16_t *masks);
// Writes each point's colour at its cell, or with `patches` a random 3x3 patch around it, black
// where its mask is 0, over what is there. Point i has colour and mask number first + i; masks are
// 1...511 from SplitMix64. Cells of -1 are skipped; a colour has `channels` bytes.
void ck_paint(const int32_t *cells, long count, int width, int height, long first, int patches,
              uint64_t mask_key, const uint8_t *colours, int channels, int colour_count,
              uint8_t *pixels);

// Perspective view of points: the camera's frame is three rows (right, up, forward) and the
// distance from the origin along forward. Writes picture coordinates with y downwards; points
// nearer than `near` become NaN.
void ck_project(const double *x, const double *y, const double *z, long count,
                const double frame[9], double distance, double focal, double near, double *u,
                double *v);

// A Gaussian smoothing of width x height numbers with the deviations `across` and `along` in
// pixels; the picture goes on at its opposite side.
void ck_smooth_wrapping(const float *in, int width, int height, double across, double along,
                        float *out);
// out[i] = the visits of pixel i on a logarithmic scale: 0 for none, `floor` to 1 for one to
// `white` and more.
void ck_tone(const uint32_t *hits, long count, uint32_t white, double floor, float *out);
// The visits that the share `quantile` of the visited pixels does not exceed; at least 2.
uint32_t ck_white(const uint32_t *hits, long count, double quantile);
// How many pixels were visited at all.
long ck_visited(const uint32_t *hits, long count);
