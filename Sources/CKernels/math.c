// Elementary functions that give the same bits on every machine.
//
// Only + - * / sqrt and bit operations are used, each correctly rounded by IEEE 754, in a fixed
// order, without contraction. Where one double is too little the value is carried as an
// unevaluated sum of two (Dekker, "A floating-point technique for extending the available
// precision", 1971). Errors stay below one unit in the last place, three for the gamma functions.

#include <stdint.h>
#include <string.h>

#include "CKernels.h"

#pragma STDC FP_CONTRACT OFF

#include "math_tables.inc"

#define INFINITE __builtin_inf()
#define NOT_A_NUMBER __builtin_nan("")

static const double ln2_high = 0x1.62e42fee00000p-1;  // 32 bits: products with exponents are exact
static const double ln2_low = 0x1.a39ef35793c76p-33;
static const double pi_high = 0x1.921fb54442d18p+1, pi_low = 0x1.1a62633145c07p-53;
static const double half_pi_high = 0x1.921fb54442d18p+0, half_pi_low = 0x1.1a62633145c07p-54;

static inline uint64_t bits_of(double x) {
  uint64_t u;
  memcpy(&u, &x, 8);
  return u;
}
static inline double of_bits(uint64_t u) {
  double x;
  memcpy(&x, &u, 8);
  return x;
}
static inline double absolute(double x) { return of_bits(bits_of(x) & 0x7fffffffffffffff); }
static inline double with_sign(double x, double sign) {
  return of_bits((bits_of(x) & 0x7fffffffffffffff) | (bits_of(sign) & 0x8000000000000000));
}
static inline int is_finite(double x) { return (bits_of(x) >> 52 & 0x7ff) != 0x7ff; }
static inline double power_of_two(int k) { return of_bits((uint64_t)(k + 1023) << 52); }

// x times 2^k with one rounding, also where the result is subnormal.
static inline double scaled(double x, int k) {
  if (k > 1023) {
    x *= 0x1p1023;
    k -= 1023;
    if (k > 1023) return x * 0x1p1023;
  } else if (k < -1022) {
    x *= 0x1p-969;  // leaves 53 bits, so that only the last product rounds
    k += 969;
    if (k < -1022) {
      x *= 0x1p-969;
      k += 969;
      if (k < -1022) k = -1022;
    }
  }
  return x * power_of_two(k);
}

// The nearest integer, ties to even, for |x| < 2^51.
static inline double nearest(double x) {
  const double shift = 0x1.8p52;
  return (x + shift) - shift;
}

// Unevaluated sums of two doubles, |low| at most half a unit of high.
typedef struct {
  double high, low;
} pair;

static inline pair sum_fast(double a, double b) {  // |a| >= |b|
  double s = a + b;
  return (pair){s, b - (s - a)};
}
static inline pair sum(double a, double b) {
  double s = a + b, t = s - a;
  return (pair){s, (a - (s - t)) + (b - t)};
}
static inline pair product(double a, double b) {  // exact unless parts over- or underflow
  double p = a * b;
  double ta = 0x1.0000002p27 * a, tb = 0x1.0000002p27 * b;
  double ah = ta - (ta - a), bh = tb - (tb - b), al = a - ah, bl = b - bh;
  return (pair){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}
static inline pair pair_sum(pair a, pair b) {
  pair s = sum(a.high, b.high), t = sum(a.low, b.low);
  s = sum_fast(s.high, s.low + t.high);
  return sum_fast(s.high, s.low + t.low);
}
static inline pair pair_product(pair a, pair b) {
  pair p = product(a.high, b.high);
  return sum_fast(p.high, p.low + (a.high * b.low + a.low * b.high));
}
static inline pair pair_scaled(pair a, double power) {
  return (pair){a.high * power, a.low * power};
}
static inline pair pair_negated(pair a) { return (pair){-a.high, -a.low}; }
static inline pair pair_quotient(pair a, pair b) {
  double q = a.high / b.high;
  pair p = product(q, b.high);
  double rest = ((a.high - p.high) - p.low) + (a.low - q * b.low);
  return sum_fast(q, rest / b.high);
}
static inline pair pair_root(pair a) {
  if (a.high <= 0) return (pair){0, 0};
  double s = __builtin_elementwise_sqrt(a.high);
  pair p = product(s, s);
  return sum_fast(s, (((a.high - p.high) - p.low) + a.low) / (2 * s));
}

// MARK: exponentials

// exp(r) - 1 for |r| <= 0.35, relative error below 2^-58.
static inline pair small_expm1(pair r) {
  double x = r.high;
  double tail =
      x * x * x *
      (1.0 / 6 +
       x * (1.0 / 24 +
            x * (1.0 / 120 +
                 x * (1.0 / 720 +
                      x * (1.0 / 5040 +
                           x * (1.0 / 40320 +
                                x * (1.0 / 362880 +
                                     x * (1.0 / 3628800 +
                                          x * (1.0 / 39916800 +
                                               x * (1.0 / 479001600 +
                                                    x * (1.0 / 6227020800.0 +
                                                         x * (1.0 / 87178291200.0))))))))))));
  pair square = pair_product(r, r);
  square = pair_scaled(square, 0.5);
  pair s = sum(square.high, tail);
  s.low += square.low;
  return pair_sum(r, s);
}

// exp(x) = (1 + part) * 2^exponent for |x| < 1500.
static inline pair exp_part(pair x, int *exponent) {
  double k = nearest(x.high * 0x1.71547652b82fep+0);
  pair r = sum(x.high - k * ln2_high, -(k * ln2_low));
  r = sum_fast(r.high, r.low + x.low);
  *exponent = (int)k;
  return small_expm1(r);
}
static double exp_of_pair(pair x) {
  if (!(x.high < 720)) return x.high != x.high ? x.high : INFINITE;
  if (x.high < -760) return 0;
  int k;
  pair e = exp_part(x, &k);
  pair s = sum_fast(1, e.high);
  return scaled(s.high + (s.low + e.low), k);
}

double ck_exp(double x) {
  if (!(x < 709.79)) return x != x ? x : x < 709.8 ? exp_of_pair((pair){x, 0}) : INFINITE;
  if (x < -745.2) return 0;
  double k = nearest(x * 0x1.71547652b82fep+0);
  double high = x - k * ln2_high, low = k * ln2_low;
  double r = high - low, lost = (high - r) - low;
  // Even and odd parts are summed apart: half the length of the chain.
  double z = r * r;
  double even =
      1.0 / 2 +
      z * (1.0 / 24 +
           z * (1.0 / 720 + z * (1.0 / 40320 + z * (1.0 / 3628800 + z * (1.0 / 479001600)))));
  double odd =
      1.0 / 6 +
      z * (1.0 / 120 +
           z * (1.0 / 5040 +
                z * (1.0 / 362880 + z * (1.0 / 39916800 + z * (1.0 / 6227020800.0)))));
  pair start = sum_fast(1, r);
  double y = start.high + (start.low + (lost + z * (even + r * odd)));
  int e = (int)k;
  if (e > -1000 && e < 1000) return y * power_of_two(e);
  return scaled(y, e);
}

double ck_exp2(double x) {
  if (!(x < 1025)) return x != x ? x : INFINITE;
  if (x < -1080) return 0;
  double k = nearest(x);
  const pair ln2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
  pair e = small_expm1(pair_product((pair){x - k, 0}, ln2));
  pair s = sum_fast(1, e.high);
  return scaled(s.high + (s.low + e.low), (int)k);
}

// exp(x) - 1 for |x| < 40.
static pair expm1_of(double x) {
  int k;
  pair e = exp_part((pair){x, 0}, &k);
  if (k == 0) return e;
  double power = power_of_two(k);
  return pair_sum(sum(power, -1), pair_scaled(e, power));
}

double ck_expm1(double x) {
  if (!(absolute(x) < 40)) {
    if (x != x) return x;
    return x < 0 ? -1 : ck_exp(x);
  }
  if (absolute(x) < 0x1p-54) return x;
  return expm1_of(x).high;
}

double ck_sinh(double x) {
  double a = absolute(x);
  if (a < 0x1p-28) return x;
  if (!(a < 38)) {
    if (x != x) return x;
    if (a > 711) return with_sign(INFINITE, x);
    int k;
    pair e = exp_part((pair){a, 0}, &k);
    pair s = sum_fast(1, e.high);
    return with_sign(scaled(s.high + (s.low + e.low), k - 1), x);
  }
  pair e = expm1_of(a), one = {1, 0};
  pair s = pair_sum(e, pair_quotient(e, pair_sum(one, e)));
  return with_sign(0.5 * s.high, x);
}

double ck_cosh(double x) {
  double a = absolute(x);
  if (!(a < 38)) {
    if (x != x) return x;
    if (a > 711) return INFINITE;
    int k;
    pair e = exp_part((pair){a, 0}, &k);
    pair s = sum_fast(1, e.high);
    return scaled(s.high + (s.low + e.low), k - 1);
  }
  pair one = {1, 0};
  pair e = pair_sum(one, expm1_of(a));
  return 0.5 * pair_sum(e, pair_quotient(one, e)).high;
}

double ck_tanh(double x) {
  double a = absolute(x);
  if (a < 0x1p-28) return x;
  if (!(a < 20)) return x != x ? x : with_sign(1, x);
  pair e = expm1_of(2 * a);
  return with_sign(pair_quotient(e, pair_sum((pair){2, 0}, e)).high, x);
}

// MARK: logarithms

// Splits a positive finite x into a fraction in [sqrt(1/2), sqrt(2)) and an exponent.
static inline double split(double x, int *exponent) {
  int k = 0;
  if (x < 0x1p-1022) {
    x *= 0x1p54;
    k = -54;
  }
  uint64_t u = bits_of(x);
  // Adding the distance from sqrt(1/2) to 1 carries into the exponent exactly when x is above.
  u += 0x3ff0000000000000 - 0x3fe6a09e667f3bcd;
  k += (int)(u >> 52) - 1023;
  u = (u & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd;
  *exponent = k;
  return of_bits(u);
}

// log(1 + f) for 1 + f in [0.7, 1.42], relative error about 2^-64.
static pair log_of_one_plus(pair f) {
  pair two = {2, 0};
  pair s = pair_quotient(f, pair_sum(two, f));
  pair z = pair_product(s, s);
  double t = z.high;
  double tail =
      t * (2.0 / 7 +
           t * (2.0 / 9 +
                t * (2.0 / 11 +
                     t * (2.0 / 13 +
                          t * (2.0 / 15 +
                               t * (2.0 / 17 +
                                    t * (2.0 / 19 +
                                         t * (2.0 / 21 + t * (2.0 / 23 + t * (2.0 / 25))))))))));
  const pair two_fifths = {0x1.999999999999ap-2, -0x1.999999999999ap-56};
  const pair two_thirds = {0x1.5555555555555p-1, 0x1.5555555555555p-55};
  pair series = pair_product(z, pair_sum(two_fifths, (pair){tail, 0}));
  series = pair_product(z, pair_sum(two_thirds, series));
  return pair_sum(pair_scaled(s, 2), pair_product(s, series));
}

// log of the fraction of a positive finite pair; its exponent apart.
static pair log_part(pair x, int *exponent) {
  double m = split(x.high, exponent);
  double low = 0;
  if (x.low != 0) low = scaled(x.low, -*exponent);
  return log_of_one_plus(sum(m - 1, low));
}
static pair log_of_pair(pair x) {
  int k;
  pair l = log_part(x, &k);
  return pair_sum(sum_fast(k * ln2_high, k * ln2_low), l);
}

// The value at the borders of log's domain, or 0 inside.
static inline int log_border(double x, double *value) {
  if (x > 0 && x < INFINITE) return 0;
  *value = x == 0 ? -INFINITE : x < 0 ? NOT_A_NUMBER : x;
  return 1;
}

double ck_log(double x) {
  double border;
  if (log_border(x, &border)) return border;
  int k;
  double f = split(x, &k) - 1;
  double s = f / (2 + f), z = s * s;
  double series =
      z * (2.0 / 3 +
           z * (2.0 / 5 +
                z * (2.0 / 7 +
                     z * (2.0 / 9 +
                          z * (2.0 / 11 +
                               z * (2.0 / 13 +
                                    z * (2.0 / 15 +
                                         z * (2.0 / 17 +
                                              z * (2.0 / 19 +
                                                   z * (2.0 / 21 + z * (2.0 / 23)))))))))));
  double half = 0.5 * f * f;
  return k * ln2_high - ((half - (s * (half + series) + k * ln2_low)) - f);
}

double ck_log2(double x) {
  double border;
  if (log_border(x, &border)) return border;
  int k;
  const pair scale = {0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56};
  pair l = pair_product(log_part((pair){x, 0}, &k), scale);
  return pair_sum((pair){k, 0}, l).high;
}

double ck_log10(double x) {
  double border;
  if (log_border(x, &border)) return border;
  const pair scale = {0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57};
  return pair_product(log_of_pair((pair){x, 0}), scale).high;
}

double ck_log1p(double x) {
  if (!(x > -1 && x < INFINITE)) {
    return x == -1 ? -INFINITE : x < -1 ? NOT_A_NUMBER : x;
  }
  if (absolute(x) < 0x1p-54) return x;
  return log_of_pair(sum(1, x)).high;
}

double ck_asinh(double x) {
  double a = absolute(x);
  if (a < 0x1p-28 || !is_finite(x)) return x;
  if (a > 0x1p30) {
    pair l = log_of_pair((pair){a, 0});
    return with_sign(pair_sum(l, (pair){0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56}).high, x);
  }
  // log(1 + a + a^2 / (1 + sqrt(1 + a^2))): no cancellation for small a.
  pair square = product(a, a), one = {1, 0};
  pair root = pair_root(pair_sum(one, square));
  pair f = pair_sum((pair){a, 0}, pair_quotient(square, pair_sum(one, root)));
  pair l = f.high < 0.4 ? log_of_one_plus(f) : log_of_pair(pair_sum(one, f));
  return with_sign(l.high, x);
}

double ck_acosh(double x) {
  if (!(x >= 1)) return NOT_A_NUMBER;
  if (x == INFINITE) return x;
  if (x > 0x1p30) {
    pair l = log_of_pair((pair){x, 0});
    return pair_sum(l, (pair){0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56}).high;
  }
  pair t = sum(x, -1);
  pair root = pair_root(pair_product(t, pair_sum(t, (pair){2, 0})));
  pair f = pair_sum(t, root);
  return (f.high < 0.4 ? log_of_one_plus(f) : log_of_pair(pair_sum((pair){1, 0}, f))).high;
}

double ck_atanh(double x) {
  double a = absolute(x);
  if (!(a < 1)) return a == 1 ? with_sign(INFINITE, x) : NOT_A_NUMBER;
  if (a < 0x1p-28) return x;
  pair f = pair_quotient((pair){2 * a, 0}, sum(1, -a));
  pair l = f.high < 0.4 ? log_of_one_plus(f) : log_of_pair(pair_sum((pair){1, 0}, f));
  return with_sign(0.5 * l.high, x);
}

double ck_pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return NOT_A_NUMBER;
  double a = absolute(x), b = absolute(y);
  int is_whole = b >= 0x1p53 || b == (double)(int64_t)b;
  int is_odd = is_whole && b < 0x1p53 && ((int64_t)b & 1);
  double sign = (bits_of(x) >> 63) && is_odd ? -1 : 1;
  if (y == INFINITE || y == -INFINITE) {
    if (a == 1) return 1;
    return (a > 1) == (y > 0) ? INFINITE : 0;
  }
  if (a == 0) return y > 0 ? sign * 0 : sign * INFINITE;
  if (a == INFINITE) return y > 0 ? sign * INFINITE : sign * 0;
  if (x < 0 && !is_whole) return NOT_A_NUMBER;
  if (y == 2) return x * x;
  if (y == 1) return x;
  if (a == 1) return sign;
  if (b > 0x1p70) return (a > 1) == (y > 0) ? sign * INFINITE : sign * 0;
  if (b < 0x1p-70) return sign;
  pair l = pair_product(log_of_pair((pair){a, 0}), (pair){y, 0});
  return sign * exp_of_pair(l);
}

double ck_cbrt(double x) {
  if (x == 0 || !is_finite(x)) return x;
  pair l = log_of_pair((pair){absolute(x), 0});
  double y = exp_of_pair(pair_product(l, (pair){0x1.5555555555555p-2, 0x1.5555555555555p-56}));
  return with_sign(y, x);
}

// MARK: circular functions

// x modulo pi/2 for huge x: the product with 2/pi in 256-bit integers (Payne and Hanek, "Radian
// reduction for trigonometric functions", 1983). Only the bits that decide are multiplied.
static pair reduced_huge(double a, int *quadrant) {
  int e = (int)(bits_of(a) >> 52) - 1075;
  uint64_t m = (bits_of(a) & 0x000fffffffffffff) | 0x0010000000000000;
  // The window starts where the product's weight is 2; bits before it add multiples of four.
  int start = 64 + e - 2, word = start >> 6, shift = start & 63;
  uint64_t w[4], p[4] = {0, 0, 0, 0};
  for (int i = 0; i < 4; i++) {
    uint64_t high = two_over_pi[word + i], low = two_over_pi[word + i + 1];
    w[i] = shift ? high << shift | low >> (64 - shift) : high;
  }
  unsigned __int128 carry = 0;
  for (int i = 3; i >= 0; i--) {
    carry += (unsigned __int128)w[i] * m;
    p[i] = (uint64_t)carry;
    carry >>= 64;
  }
  int q = (int)(p[0] >> 62);
  p[0] &= 0x3fffffffffffffff;
  int negative = (int)(p[0] >> 61);
  if (negative) {  // nearer to the next quadrant: count down from it
    q += 1;
    for (int i = 0; i < 4; i++) p[i] = ~p[i];
    for (int i = 3; i >= 0 && ++p[i] == 0; i--) {}
    p[0] &= 0x3fffffffffffffff;
  }
  *quadrant = q & 3;
  int lost = -62;  // weight of p[0]'s lowest bit, as an exponent
  while (p[0] == 0 && lost > -254) {
    p[0] = p[1], p[1] = p[2], p[2] = p[3], p[3] = 0;
    lost -= 64;
  }
  if (p[0] == 0) return (pair){0, 0};
  int zeros = __builtin_clzll(p[0]);
  if (zeros) {
    p[0] = p[0] << zeros | p[1] >> (64 - zeros);
    p[1] = p[1] << zeros | p[2] >> (64 - zeros);
  }
  lost -= zeros;
  double high = scaled((double)(p[0] >> 11), lost + 11);
  double low = scaled((double)((p[0] & 0x7ff) << 42 | p[1] >> 22), lost - 42);
  pair r = pair_product((pair){high, low}, (pair){half_pi_high, half_pi_low});
  return negative ? pair_negated(r) : r;
}

// x - quadrant pi/2 in [-pi/4, pi/4], with about 100 bits.
static inline pair reduced(double x, int *quadrant) {
  double a = absolute(x);
  if (a <= 0x1.921fb54442d18p-1) {
    *quadrant = 0;
    return (pair){x, 0};
  }
  pair r;
  int q;
  if (a < 0x1p20) {
    // Cody and Waite: n < 2^20 times parts of 33 bits is exact.
    double n = nearest(a * 0x1.45f306dc9c883p-1);
    r = sum(a - n * 0x1.921fb54400000p+0, -(n * 0x1.0b4611a600000p-34));
    pair last = product(n, 0x1.3198a2e037073p-69);
    r = pair_sum(r, pair_negated(last));
    q = (int)n;
    // Cancellation left too few bits: x is very near a multiple of pi/2.
    if (absolute(r.high) < 0x1p-30) r = reduced_huge(a, &q);
  } else {
    r = reduced_huge(a, &q);
  }
  if (x < 0) {
    q = -q;
    r = pair_negated(r);
  }
  *quadrant = q & 3;
  return r;
}

static inline pair sine_part(pair r) {
  double x = r.high, z = x * x;
  double series =
      -1.0 / 6 +
      z * (1.0 / 120 +
           z * (-1.0 / 5040 +
                z * (1.0 / 362880 +
                     z * (-1.0 / 39916800 +
                          z * (1.0 / 6227020800.0 +
                               z * (-1.0 / 1307674368000.0 + z * (1.0 / 355687428096000.0)))))));
  return sum_fast(x, z * x * series + r.low * (1 - 0.5 * z));
}
static inline pair cosine_part(pair r) {
  double x = r.high, z = x * x;
  double series =
      1.0 / 24 +
      z * (-1.0 / 720 +
           z * (1.0 / 40320 +
                z * (-1.0 / 3628800 +
                     z * (1.0 / 479001600 +
                          z * (-1.0 / 87178291200.0 +
                               z * (1.0 / 20922789888000.0 - z * (1.0 / 6402373705728000.0)))))));
  pair square = product(x, x);
  pair s = sum_fast(1, -0.5 * square.high);
  return sum_fast(s.high, s.low - 0.5 * square.low + (z * z * series - x * r.low));
}

double ck_sin(double x) {
  if (!is_finite(x)) return NOT_A_NUMBER;
  if (absolute(x) < 0x1p-27) return x;
  int q;
  pair r = reduced(x, &q);
  double y = q & 1 ? cosine_part(r).high : sine_part(r).high;
  return q & 2 ? -y : y;
}

double ck_cos(double x) {
  if (!is_finite(x)) return NOT_A_NUMBER;
  int q;
  pair r = reduced(x, &q);
  double y = q & 1 ? sine_part(r).high : cosine_part(r).high;
  return q == 1 || q == 2 ? -y : y;
}

double ck_tan(double x) {
  if (!is_finite(x)) return NOT_A_NUMBER;
  if (absolute(x) < 0x1p-27) return x;
  int q;
  pair r = reduced(x, &q);
  pair s = sine_part(r), c = cosine_part(r);
  if (q & 1) return -pair_quotient(c, s).high;
  return pair_quotient(s, c).high;
}

// MARK: inverse circular functions

// atan(y / x) for 0 <= y <= x, both far from overflow.
static pair atan_of_ratio(pair y, pair x) {
  int i = (int)(16 * (y.high / x.high) + 0.5);
  if (i > 16) i = 16;
  double c = i / 16.0;
  // tan(a - b) = (tan a - tan b) / (1 + tan a tan b)
  pair numerator = pair_sum(y, pair_product((pair){-c, 0}, x));
  pair denominator = pair_sum(x, pair_product((pair){c, 0}, y));
  pair t = i == 0 ? pair_quotient(y, x) : pair_quotient(numerator, denominator);
  double z = t.high * t.high;
  double series =
      z * (-1.0 / 3 +
           z * (1.0 / 5 +
                z * (-1.0 / 7 +
                     z * (1.0 / 9 + z * (-1.0 / 11 + z * (1.0 / 13 + z * (-1.0 / 15)))))));
  pair result = sum_fast(t.high, t.low + t.high * series);
  if (i == 0) return result;
  return pair_sum((pair){atan_table[i][0], atan_table[i][1]}, result);
}

// The angle of the point (x, y) with y >= 0.
static pair angle_of(pair y, pair x) {
  const pair half_pi = {half_pi_high, half_pi_low}, pi = {pi_high, pi_low};
  int is_left = x.high < 0;
  if (is_left) x = pair_negated(x);
  pair a = y.high > x.high ? pair_sum(half_pi, pair_negated(atan_of_ratio(x, y)))
                           : atan_of_ratio(y, x);
  return is_left ? pair_sum(pi, pair_negated(a)) : a;
}

double ck_atan(double x) {
  double a = absolute(x);
  if (a < 0x1p-27) return x;
  if (!(a < 0x1p60)) return x != x ? x : with_sign(half_pi_high, x);
  return with_sign(angle_of((pair){a, 0}, (pair){1, 0}).high, x);
}

double ck_atan2(double y, double x) {
  if (x != x || y != y) return NOT_A_NUMBER;
  double a = absolute(y), b = absolute(x);
  int is_left = (int)(bits_of(x) >> 63);
  if (a == 0) return with_sign(is_left ? pi_high : 0, y);
  if (b == 0) return with_sign(half_pi_high, y);
  if (a == INFINITE) {
    if (b < INFINITE) return with_sign(half_pi_high, y);
    return with_sign(is_left ? 3 * 0x1.921fb54442d18p-1 : 0x1.921fb54442d18p-1, y);
  }
  if (b == INFINITE) return with_sign(is_left ? pi_high : 0, y);
  int ea, eb;
  double ma = split(a, &ea), mb = split(b, &eb);
  if (ea - eb > 70) return with_sign(half_pi_high, y);
  if (eb - ea > 70) {
    if (is_left) return with_sign(pi_high, y);
    return with_sign(a / b, y);
  }
  mb = with_sign(mb, x);
  if (ea > eb) mb = scaled(mb, eb - ea);
  if (eb > ea) ma = scaled(ma, ea - eb);
  return with_sign(angle_of((pair){ma, 0}, (pair){mb, 0}).high, y);
}

// sqrt(1 - x^2), exact to about 100 bits.
static inline pair other_side(double x) {
  pair square = product(x, x);
  return pair_root(pair_sum(sum_fast(1, -square.high), (pair){-square.low, 0}));
}

double ck_asin(double x) {
  double a = absolute(x);
  if (!(a <= 1)) return NOT_A_NUMBER;
  if (a < 0x1p-27) return x;
  if (a == 1) return with_sign(half_pi_high, x);
  return with_sign(angle_of((pair){a, 0}, other_side(a)).high, x);
}

double ck_acos(double x) {
  double a = absolute(x);
  if (!(a <= 1)) return NOT_A_NUMBER;
  if (x == 1) return 0;
  if (x == -1) return pi_high;
  if (a < 0x1p-60) return half_pi_high;
  return angle_of(other_side(a), (pair){x, 0}).high;
}

double ck_hypot(double x, double y) {
  double a = absolute(x), b = absolute(y);
  if (a == INFINITE || b == INFINITE) return INFINITE;
  if (a != a || b != b) return NOT_A_NUMBER;
  if (a < b) {
    double t = a;
    a = b;
    b = t;
  }
  if (b == 0) return a;
  int k;
  split(a, &k);
  a = scaled(a, -k);
  b = scaled(b, -k);
  if (b < 0x1p-60) return scaled(a, k);
  pair root = pair_root(pair_sum(product(a, a), product(b, b)));
  return scaled(root.high, k);
}

// MARK: error and gamma functions

double ck_erf(double x) {
  double a = absolute(x);
  if (!(a < 6)) return x != x ? x : with_sign(1, x);
  if (a < 0x1p-28) {
    pair scale = {0x1.20dd750429b6dp+0, 0x1.1ae3a914fed80p-56};
    if (a < 0x1p-900) return x * 0x1.20dd750429b6dp+0;
    return pair_product((pair){x, 0}, scale).high;
  }
  // Taylor series about the nearest eighth: g' = -2 (c + h) g gives each coefficient from two.
  int j = (int)(8 * a + 0.5);
  double c = j / 8.0, h = a - c;
  if (j == 0) {
    double z = h * h;
    double series =
        z * (-1.0 / 3 +
             z * (1.0 / 10 +
                  z * (-1.0 / 42 + z * (1.0 / 216 + z * (-1.0 / 1320 + z * (1.0 / 9360))))));
    pair scale = {0x1.20dd750429b6dp+0, 0x1.1ae3a914fed80p-56};
    pair s = sum_fast(1, series);
    return with_sign(pair_product(pair_product((pair){h, 0}, s), scale).high, x);
  }
  double before = erf_table[j][2], now = -2 * c * before;
  double power = h * h, series = 0.5 * now * power;
  for (int n = 1; n < 13; n++) {
    double next = -2 * (c * now + before) / (n + 1);
    before = now;
    now = next;
    power *= h;
    series += now * power / (n + 2);
  }
  pair linear = product(erf_table[j][2], h);
  pair s = sum(linear.high, series);
  s.low += linear.low;
  pair y = pair_sum((pair){erf_table[j][0], erf_table[j][1]}, s);
  return with_sign(y.high, x);
}

// log of the gamma function by Stirling's series, for x >= 12.
static pair stirling(double x) {
  double t = 1 / (x * x);
  double series =
      (1.0 / 12 +
       t * (-1.0 / 360 +
            t * (1.0 / 1260 +
                 t * (-1.0 / 1680 +
                      t * (1.0 / 1188 +
                           t * (-691.0 / 360360 +
                                t * (1.0 / 156 + t * (-3617.0 / 122400 + t * 0.17964437236883057)))))))) /
      x;
  pair l = log_of_pair((pair){x, 0});
  pair s = pair_product(l, sum(x, -0.5));
  s = pair_sum(s, (pair){-x, 0});
  const pair half_log_two_pi = {0x1.d67f1c864beb5p-1, -0x1.65b5a1b7ff5dfp-55};
  return pair_sum(pair_sum(s, half_log_two_pi), (pair){series, 0});
}

// x (x + 1) ... (x + steps - 1).
static pair rising_product(double x, int steps) {
  pair p = {1, 0};
  for (int i = 0; i < steps; i++) p = pair_product(p, sum(x, i));
  return p;
}

// sin(pi x), exact at whole and half numbers.
static pair sine_of_pi(double x) {
  double n = nearest(x);
  pair s = pair_product((pair){x - n, 0}, (pair){pi_high, pi_low});
  pair y;
  if (absolute(s.high) <= 0.7853981633974483) {
    y = sine_part(s);
  } else {
    pair rest = {half_pi_high, half_pi_low};
    y = cosine_part(pair_sum(rest, pair_negated(s.high < 0 ? pair_negated(s) : s)));
    if (s.high < 0) y = pair_negated(y);
  }
  return (int64_t)n & 1 ? pair_negated(y) : y;
}

double ck_gamma(double x) {
  if (x != x || x == -INFINITE) return NOT_A_NUMBER;
  if (x == 0) return with_sign(INFINITE, x);
  if (x > 172) return INFINITE;
  if (x < 0.5) {
    if (x < -0x1p51 || nearest(x) == x) return NOT_A_NUMBER;
    if (x < -185) return 0;
    if (absolute(x) < 0x1p-60) return 1 / x;
    pair s = sine_of_pi(x);
    // gamma(x) gamma(1 - x) = pi / sin(pi x); near the far end the second factor overflows alone.
    pair one_less = sum(1, -x);
    if (x > -12) {
      int steps = 12;
      pair p = {1, 0};
      for (int i = 0; i < steps; i++) {
        p = pair_product(p, pair_sum(one_less, (pair){i, 0}));
      }
      pair top = pair_sum(one_less, (pair){steps, 0});
      pair l = stirling(top.high);
      // d/dx log gamma is about log x: the low part of the argument still counts.
      l.low += top.low * ck_log(top.high);
      pair g = pair_quotient((pair){exp_of_pair(l), 0}, p);
      return pair_quotient((pair){pi_high, pi_low}, pair_product(s, g)).high;
    }
    pair q = pair_quotient((pair){pi_high, pi_low}, s);
    pair l = stirling(one_less.high);
    l.low += one_less.low * ck_log(one_less.high);
    double half = exp_of_pair(pair_scaled(l, -0.5));
    return q.high * half * half;
  }
  if (x < 24 && x == (double)(int)x) {  // factorials that fit are exact
    double p = 1;
    for (int i = 2; i < (int)x; i++) p *= i;
    return p;
  }
  if (x >= 12) {
    pair l = stirling(x);
    return exp_of_pair(l);
  }
  int steps = (int)(13 - x);
  pair top = sum(x, steps);
  pair l = stirling(top.high);
  l.low += top.low * ck_log(top.high);
  return pair_quotient((pair){exp_of_pair(l), 0}, rising_product(x, steps)).high;
}

double ck_lgamma(double x) {
  if (x != x) return x;
  if (!is_finite(x)) return INFINITE;
  if (x == 1 || x == 2) return 0;
  if (x < 0.5) {
    if (x == 0 || x < -0x1p51 || nearest(x) == x) return INFINITE;
    pair s = sine_of_pi(x);
    if (s.high < 0) s = pair_negated(s);
    return ck_log(pair_quotient((pair){pi_high, pi_low}, s).high) - ck_lgamma(1 - x);
  }
  if (x > 1e300) return x * (ck_log(x) - 1);
  if (x >= 12) return stirling(x).high;
  int steps = (int)(13 - x);
  pair top = sum(x, steps);
  pair l = stirling(top.high);
  l.low += top.low * ck_log(top.high);
  return pair_sum(l, pair_negated(log_of_pair(rising_product(x, steps)))).high;
}
