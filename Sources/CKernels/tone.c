#include <stdlib.h>

#include "CKernels.h"

#pragma STDC FP_CONTRACT OFF

// The weights of one side of a Gaussian, cut at three deviations and half the period, and summing
// to one with their mirror images.
static int weights_of(double sigma, int period, float *weights) {
  int radius = (int)(3 * sigma) + 1;
  if (radius > period / 2) radius = period / 2;
  double total = 0;
  for (int k = 0; k <= radius; k++) {
    double w = sigma > 0 ? ck_exp(-(double)k * k / (2 * sigma * sigma)) : k == 0;
    total += k ? 2 * w : w;
    weights[k] = (float)w;
  }
  for (int k = 0; k <= radius; k++) weights[k] = (float)(weights[k] / total);
  return radius;
}

void ck_smooth_wrapping(const float *in, int width, int height, double across, double along,
                        float *out) {
  int longest = width > height ? width : height;
  float *weights = malloc(sizeof *weights * (longest / 2 + 2));
  float *row = malloc(sizeof *row * (2 * (size_t)width + 2));
  float *middle = malloc(sizeof *middle * (size_t)width * height);
  if (!weights || !row || !middle) abort();
  int radius = weights_of(across, width, weights);
  for (int y = 0; y < height; y++) {
    const float *source = in + (size_t)y * width;
    float *target = middle + (size_t)y * width;
    // The row with its ends repeated on the other side.
    for (int x = 0; x < width + 2 * radius; x++) {
      row[x] = source[(x - radius + width) % width];
    }
    for (int x = 0; x < width; x++) target[x] = weights[0] * row[x + radius];
    for (int k = 1; k <= radius; k++) {
      for (int x = 0; x < width; x++) {
        target[x] += weights[k] * (row[x + radius - k] + row[x + radius + k]);
      }
    }
  }
  radius = weights_of(along, height, weights);
  for (int y = 0; y < height; y++) {
    float *target = out + (size_t)y * width;
    const float *centre = middle + (size_t)y * width;
    for (int x = 0; x < width; x++) target[x] = weights[0] * centre[x];
    for (int k = 1; k <= radius; k++) {
      const float *above = middle + (size_t)((y - k + height) % height) * width;
      const float *below = middle + (size_t)((y + k) % height) * width;
      for (int x = 0; x < width; x++) target[x] += weights[k] * (above[x] + below[x]);
    }
  }
  free(weights);
  free(row);
  free(middle);
}

void ck_tone(const uint32_t *hits, long count, uint32_t white, double floor, float *out) {
  enum { TABLE = 256 };
  float table[TABLE];
  double scale = (1 - floor) / ck_log(1 + (double)white);
  table[0] = 0;
  for (int i = 1; i < TABLE; i++) {
    table[i] = (uint32_t)i >= white ? 1 : (float)(floor + scale * ck_log(1 + (double)i));
  }
  for (long i = 0; i < count; i++) {
    uint32_t h = hits[i];
    out[i] = h < TABLE ? table[h] : h >= white ? 1 : (float)(floor + scale * ck_log(1 + (double)h));
  }
}

uint32_t ck_white(const uint32_t *hits, long count, double quantile) {
  // A histogram of small counts decides nearly always; above it the greatest count stands in.
  enum { BINS = 4096 };
  uint32_t bins[BINS] = {0}, most = 0;
  long visited = 0;
  for (long i = 0; i < count; i++) {
    uint32_t h = hits[i];
    if (h == 0) continue;
    visited++;
    if (h > most) most = h;
    bins[h < BINS ? h : BINS - 1]++;
  }
  long wanted = (long)(visited * quantile), seen = 0;
  uint32_t white = 0;
  while (white < BINS - 1 && seen <= wanted) seen += bins[++white];
  if (white == BINS - 1) white = most;
  if (white > most) white = most;
  return white < 2 ? 2 : white;
}

long ck_visited(const uint32_t *hits, long count) {
  long visited = 0;
  for (long i = 0; i < count; i++) visited += hits[i] != 0;
  return visited;
}
