#include <math.h>
#include <string.h>

#include "CKernels.h"

#pragma STDC FP_CONTRACT OFF

// MARK: orbits

long ck_orbit(const ck_affine2 *maps, const double *cumulative, int map_count, const double *r,
              long count, double *x, double *y) {
  enum { BLOCK = 512 };
  uint16_t choice[BLOCK];
  // One more map than there are: it repeats the point where rounding left no map.
  ck_affine2 table[CK_MOST_MAPS + 1];
  memcpy(table, maps, sizeof *maps * map_count);
  table[map_count] = (ck_affine2){1, 0, 0, 1, 0, 0};
  x[0] = y[0] = 0;
  double px = 0, py = 0;
  long done = 1;
  while (done < count) {
    long block = count - done < BLOCK ? count - done : BLOCK;
    const double *draw = r + done - 1;
    // The choices do not wait for the orbit, so they are made ahead.
    for (long i = 0; i < block; i++) {
      int j = 0;
      // Sums of chances never fall, so the first fit is the count of misses.
      for (int m = 0; m < map_count; m++) j += draw[i] > cumulative[m];
      choice[i] = (uint16_t)j;
    }
    for (long i = 0; i < block; i++) {
      const ck_affine2 *m = table + choice[i];
      double nx = m->a * px + m->b * py + m->e;
      py = m->c * px + m->d * py + m->f;
      px = nx;
      x[done + i] = px;
      y[done + i] = py;
    }
    done += block;
    // No number stays no number: once there is one, the rest adds nothing.
    if (px != px && py != py) return done;
  }
  return done;
}

uint64_t ck_splitmix(uint64_t key, uint64_t index) {
  uint64_t z = key + (index + 1) * 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

// The choices of all chains at the next step.
static inline void choose(ck_chains *s, const ck_alias *alias, uint32_t map_count,
                          uint32_t choice[CK_CHAINS]) {
  for (int pair = 0; pair < CK_CHAINS / 2; pair++) {
    uint64_t bits = ck_splitmix(s->key, s->step * (CK_CHAINS / 2) + pair);
    for (int half = 0; half < 2; half++) {
      uint64_t t = (bits >> (32 * half) & 0xffffffffu) * map_count;
      uint32_t j = (uint32_t)(t >> 32);
      // Without a branch: a coin cannot be predicted.
      uint32_t leaves = -(uint32_t)((uint32_t)t >= alias[j].threshold);
      choice[2 * pair + half] = j ^ ((j ^ alias[j].other) & leaves);
    }
  }
  s->step++;
}

// A point, or a column of a map.
typedef double column __attribute__((vector_size(16)));

typedef struct {
  column first, second, third;  // (a, c), (b, d), (e, f)
} columns;

static inline void columns_of(const ck_affine2 *maps, int count, columns *out) {
  for (int i = 0; i < count; i++) {
    const ck_affine2 *m = maps + i;
    out[i] = (columns){{m->a, m->c}, {m->b, m->d}, {m->e, m->f}};
  }
}

static inline void step2(ck_chains *s, column p[CK_CHAINS], const columns *maps,
                         const ck_alias *alias, int count) {
  uint32_t choice[CK_CHAINS];
  choose(s, alias, (uint32_t)count, choice);
  for (int i = 0; i < CK_CHAINS; i++) {
    const columns *m = maps + choice[i];
    column x = __builtin_shufflevector(p[i], p[i], 0, 0);
    column y = __builtin_shufflevector(p[i], p[i], 1, 1);
    p[i] = m->first * x + m->second * y + m->third;
  }
}

static inline void step3(ck_chains *s, const ck_affine3 *maps, const ck_alias *alias, int count) {
  uint32_t choice[CK_CHAINS];
  choose(s, alias, (uint32_t)count, choice);
  for (int i = 0; i < CK_CHAINS; i++) {
    const ck_affine3 *m = maps + choice[i];
    double x = s->x[i], y = s->y[i], z = s->z[i];
    s->x[i] = m->a * x + m->b * y + m->c * z + m->j;
    s->y[i] = m->d * x + m->e * y + m->f * z + m->k;
    s->z[i] = m->g * x + m->h * y + m->i * z + m->l;
  }
}

void ck_chains_start2(ck_chains *s, uint64_t key, const ck_affine2 *maps, const ck_alias *alias,
                      int map_count, int warm_up) {
  memset(s, 0, sizeof *s);
  s->key = key;
  columns table[CK_MOST_MAPS];
  columns_of(maps, map_count, table);
  column p[CK_CHAINS] = {{0, 0}};
  for (int i = 0; i < warm_up; i++) step2(s, p, table, alias, map_count);
  for (int i = 0; i < CK_CHAINS; i++) {
    s->x[i] = p[i][0];
    s->y[i] = p[i][1];
  }
}

void ck_chains_start3(ck_chains *s, uint64_t key, const ck_affine3 *maps, const ck_alias *alias,
                      int map_count, int warm_up) {
  memset(s, 0, sizeof *s);
  s->key = key;
  for (int i = 0; i < warm_up; i++) step3(s, maps, alias, map_count);
}

void ck_chains_run2(ck_chains *s, const ck_affine2 *maps, const ck_alias *alias, int map_count,
                    long count, double *x, double *y) {
  ck_chains local = *s;
  columns table[CK_MOST_MAPS];
  columns_of(maps, map_count, table);
  column p[CK_CHAINS];
  for (int i = 0; i < CK_CHAINS; i++) p[i] = (column){s->x[i], s->y[i]};
  for (long i = 0; i + CK_CHAINS <= count; i += CK_CHAINS) {
    step2(&local, p, table, alias, map_count);
    for (int k = 0; k < CK_CHAINS; k++) {
      x[i + k] = p[k][0];
      y[i + k] = p[k][1];
    }
  }
  for (int i = 0; i < CK_CHAINS; i++) {
    local.x[i] = p[i][0];
    local.y[i] = p[i][1];
  }
  *s = local;
}

void ck_chains_run3(ck_chains *s, const ck_affine3 *maps, const ck_alias *alias, int map_count,
                    long count, double *x, double *y, double *z) {
  ck_chains local = *s;
  for (long i = 0; i + CK_CHAINS <= count; i += CK_CHAINS) {
    step3(&local, maps, alias, map_count);
    memcpy(x + i, local.x, sizeof local.x);
    memcpy(y + i, local.y, sizeof local.y);
    memcpy(z + i, local.z, sizeof local.z);
  }
  *s = local;
}

// MARK: measures

void ck_range(const double *v, long count, double *low, double *high) {
  // Four strands keep the compares from waiting for each other; the least of all is the same.
  double l[4], h[4], s[4] = {0, 0, 0, 0};
  for (int k = 0; k < 4; k++) l[k] = h[k] = v[0];
  long i = 0;
  for (; i + 4 <= count; i += 4) {
    for (int k = 0; k < 4; k++) {
      double value = v[i + k];
      l[k] = value < l[k] ? value : l[k];
      h[k] = value > h[k] ? value : h[k];
      s[k] += value * 0;  // NaN as soon as one value is NaN or infinite
    }
  }
  for (; i < count; i++) {
    l[0] = v[i] < l[0] ? v[i] : l[0];
    h[0] = v[i] > h[0] ? v[i] : h[0];
    s[0] += v[i] * 0;
  }
  for (int k = 1; k < 4; k++) {
    l[0] = l[k] < l[0] ? l[k] : l[0];
    h[0] = h[k] > h[0] ? h[k] : h[0];
  }
  *low = l[0];
  *high = h[0];
  if (s[0] + s[1] + s[2] + s[3] == 0) return;
  for (i = 0; i < count; i++) {
    if (v[i] != v[i]) {
      *low = *high = v[i];
      return;
    }
  }
}

void ck_published_pixels(double *v, long count, int size, int pad, uint16_t *pixel) {
  if (count == 0) return;
  double low, high;
  ck_range(v, count, &low, &high);
  if (low < 0) {
    for (long i = 0; i < count; i++) v[i] -= low;
    // Rounding keeps order, so the greatest stays the greatest.
    high -= low;
    low -= low;
    if (high != high || low != low) high = low = NAN;
  }
  double extent = high - low, inner = size - 2 * pad;
  if (extent > 0 && extent * 0 == 0 && low * 0 == 0) {
    for (long i = 0; i < count; i++) {
      pixel[i] = (uint16_t)(int32_t)(v[i] / extent * inner + pad);
    }
    return;
  }
  for (long i = 0; i < count; i++) {
    double p = v[i] / extent * inner + pad;
    // What the 32-bit conversion cannot hold becomes 0x80000000, whose low half is 0.
    pixel[i] = p > -2147483648.0 && p < 2147483648.0 ? (uint16_t)(int32_t)p : 0;
  }
}

long ck_mark(const uint16_t *px, const uint16_t *py, long count, int width, int height,
             uint8_t *bitmap) {
  long marked = 0;
  for (long i = 0; i < count; i++) {
    if (px[i] >= width || py[i] >= height) continue;
    uint8_t *pixel = bitmap + (size_t)py[i] * width + px[i];
    marked += *pixel == 0;
    *pixel = 1;
  }
  return marked;
}

void ck_count_hits(const double *x, const double *y, long count, double x_scale, double x_offset,
                   double y_scale, double y_offset, int width, int height, uint32_t *hits) {
  for (long i = 0; i < count; i++) {
    double u = x[i] * x_scale + x_offset, v = y[i] * y_scale + y_offset;
    // Written so that NaN is outside.
    if (u >= 0 && v >= 0 && u < width && v < height) hits[(long)(int)v * width + (int)u]++;
  }
}

void ck_cells(const double *x, const double *y, long count, double x_scale, double x_offset,
              double y_scale, double y_offset, int width, int height, int32_t *cell) {
  for (long i = 0; i < count; i++) {
    double u = x[i] * x_scale + x_offset, v = y[i] * y_scale + y_offset;
    int inside = u >= 0 && v >= 0 && u < width && v < height;
    cell[i] = inside ? (int)v * width + (int)u : -1;
  }
}

// MARK: drawing

void ck_draw_points(const uint16_t *px, const uint16_t *py, long count, const uint8_t *colours,
                    int colour_count, int width, int height, uint8_t *rgb) {
  int k = 0;
  for (long i = 0; i < count; i++) {
    if (px[i] < width && py[i] < height) {
      memcpy(rgb + 3 * ((size_t)py[i] * width + px[i]), colours + 3 * k, 3);
    }
    if (++k == colour_count) k = 0;
  }
}

void ck_draw_patches(const uint16_t *px, const uint16_t *py, long count, const uint16_t *masks,
                     int mask_step, const uint8_t *colours, int colour_count, int width, int height,
                     uint8_t *rgb) {
  static const uint8_t black[3] = {0, 0, 0};
  int k = 0;
  for (long i = 0; i < count; i++) {
    uint32_t mask = masks[i * mask_step];
    const uint8_t *colour = colours + 3 * k;
    int bit = 8;
    for (int dy = 1; dy <= 3; dy++) {
      for (int dx = 1; dx <= 3; dx++, bit--) {
        int column = px[i] + dx, row = py[i] + dy;
        if (column >= width || row >= height) continue;
        memcpy(rgb + 3 * ((size_t)row * width + column), mask >> bit & 1 ? colour : black, 3);
      }
    }
    if (++k == colour_count) k = 0;
  }
}

void ck_published_masks(ck_twister *t, long count, uint16_t *masks) {
  for (long i = 0; i < count; i++) {
    uint32_t below;
    do below = ck_twister_next(t) >> 23;
    while (below >= 511);
    masks[i] = (uint16_t)(below + 1);
  }
}

// One sample copied as one sample: a call for each byte costs more than all the rest.
static inline void copy_colour(uint8_t *to, const uint8_t *from, int channels) {
  to[0] = from[0];
  for (int c = 1; c < channels; c++) to[c] = from[c];
}

void ck_paint(const int32_t *cells, long count, int width, int height, long first, int patches,
              uint64_t mask_key, const uint8_t *colours, int channels, int colour_count,
              uint8_t *pixels) {
  static const uint8_t black[4] = {0, 0, 0, 0};
  long turn = first % colour_count;
  for (long i = 0; i < count; i++) {
    const uint8_t *colour = colours + turn * channels;
    if (++turn == colour_count) turn = 0;
    if (cells[i] < 0) continue;
    if (!patches) {
      copy_colour(pixels + (size_t)cells[i] * channels, colour, channels);
      continue;
    }
    uint64_t bits = ck_splitmix(mask_key, (uint64_t)(first + i));
    uint32_t mask = (uint32_t)((bits >> 32) * 511 >> 32) + 1;
    int row = cells[i] / width, column = cells[i] % width, bit = 8;
    for (int y = row - 1; y <= row + 1; y++) {
      for (int x = column - 1; x <= column + 1; x++, bit--) {
        if (x < 0 || y < 0 || x >= width || y >= height) continue;
        const uint8_t *from = mask >> bit & 1 ? colour : black;
        copy_colour(pixels + ((size_t)y * width + x) * channels, from, channels);
      }
    }
  }
}

void ck_project(const double *x, const double *y, const double *z, long count,
                const double frame[9], double distance, double focal, double near, double *u,
                double *v) {
  for (long i = 0; i < count; i++) {
    double right = frame[0] * x[i] + frame[1] * y[i] + frame[2] * z[i];
    double up = frame[3] * x[i] + frame[4] * y[i] + frame[5] * z[i];
    double depth = frame[6] * x[i] + frame[7] * y[i] + frame[8] * z[i] + distance;
    int visible = depth >= near;
    u[i] = visible ? focal * right / depth : NAN;
    v[i] = visible ? -focal * up / depth : NAN;
  }
}
