#include "CKernels.h"

#pragma STDC FP_CONTRACT OFF

void ck_twister_seed(ck_twister *t, uint32_t seed) {
  t->words[0] = seed;
  for (uint32_t i = 1; i < 624; i++) {
    uint32_t before = t->words[i - 1];
    t->words[i] = 1812433253u * (before ^ before >> 30) + i;
  }
  t->used = 624;
}

void ck_twister_seed_words(ck_twister *t, const uint32_t *key, int count) {
  ck_twister_seed(t, 19650218u);
  uint32_t *mt = t->words;
  int i = 1, j = 0;
  for (int k = count > 624 ? count : 624; k > 0; k--) {
    mt[i] = (mt[i] ^ ((mt[i - 1] ^ mt[i - 1] >> 30) * 1664525u)) + key[j] + (uint32_t)j;
    if (++i == 624) {
      mt[0] = mt[623];
      i = 1;
    }
    if (++j == count) j = 0;
  }
  for (int k = 623; k > 0; k--) {
    mt[i] = (mt[i] ^ ((mt[i - 1] ^ mt[i - 1] >> 30) * 1566083941u)) - (uint32_t)i;
    if (++i == 624) {
      mt[0] = mt[623];
      i = 1;
    }
  }
  mt[0] = 0x80000000u;
  t->used = 624;
}

static inline uint32_t mixed(uint32_t upper, uint32_t lower, uint32_t far) {
  uint32_t y = (upper & 0x80000000u) | (lower & 0x7fffffffu);
  return far ^ y >> 1 ^ (-(y & 1u) & 0x9908b0dfu);
}

static void refill(ck_twister *t) {
  uint32_t *mt = t->words;
  // Three runs without a remainder in the index: the first two can be done side by side.
  for (int i = 0; i < 227; i++) mt[i] = mixed(mt[i], mt[i + 1], mt[i + 397]);
  for (int i = 227; i < 454; i++) mt[i] = mixed(mt[i], mt[i + 1], mt[i - 227]);
  for (int i = 454; i < 623; i++) mt[i] = mixed(mt[i], mt[i + 1], mt[i - 227]);
  mt[623] = mixed(mt[623], mt[0], mt[396]);
  t->used = 0;
}

static inline uint32_t tempered(uint32_t y) {
  y ^= y >> 11;
  y ^= y << 7 & 0x9d2c5680u;
  y ^= y << 15 & 0xefc60000u;
  return y ^ y >> 18;
}

uint32_t ck_twister_next(ck_twister *t) {
  if (t->used >= 624) refill(t);
  return tempered(t->words[t->used++]);
}

double ck_twister_uniform(ck_twister *t) {
  uint32_t high = ck_twister_next(t) >> 5, low = ck_twister_next(t) >> 6;
  return (high * 67108864.0 + low) / 9007199254740992.0;
}

void ck_twister_uniforms(ck_twister *t, double *out, long count) {
  long i = 0;
  while (i < count) {
    if (t->used >= 624) refill(t);
    long whole = (624 - t->used) / 2;
    if (whole > count - i) whole = count - i;
    const uint32_t *w = t->words + t->used;
    for (long k = 0; k < whole; k++) {
      uint32_t high = tempered(w[2 * k]) >> 5, low = tempered(w[2 * k + 1]) >> 6;
      // A product with a power of two is the same as the quotient, and faster.
      out[i + k] = ((int32_t)high * 67108864.0 + (int32_t)low) * 0x1p-53;
    }
    t->used += (int32_t)(2 * whole);
    i += whole;
    if (i < count && t->used == 623) out[i++] = ck_twister_uniform(t);
  }
}

void ck_twister_skip(ck_twister *t, long count) {
  while (count > 0) {
    if (t->used >= 624) refill(t);
    long step = 624 - t->used;
    if (step > count) step = count;
    t->used += (int32_t)step;
    count -= step;
  }
}
