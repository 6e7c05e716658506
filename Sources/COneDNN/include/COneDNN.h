#pragma once

#include <stdint.h>

// oneDNN, loaded at first use; primitives are cached by shape. Single precision.
// Functions return 0, or an error code: DN_MISSING without the library, DN_UNSUPPORTED for a case
// that the library has no code for, else the library's own status. The caller then computes the
// result itself.

enum { DN_MISSING = -1, DN_UNSUPPORTED = -2 };

// Whether the library was found.
int dn_available(void);
// Its version as "2.6.3"; "" without it. Never freed.
const char *dn_version(void);
// The instruction set its code generator uses, as "avx512_core_bf16". Never freed.
const char *dn_isa(void);
// Channels that stand together in a blocked picture: 16 or 8, or 1 when the library is missing.
int dn_channel_block(void);

// A matrix in a stack of stacks of matrices: distances in numbers between neighbours along the
// two batch axes, the rows and the columns.
typedef struct {
  int64_t outer, inner, row, column;
} dn_strides;

// y[o, i, m, n] = scale * sum over k of a[o, i, m, k] b[o, i, k, n] (+ bias[n] when not NULL).
// A distance of 0 along a batch axis repeats the matrix.
int dn_matmul(int64_t outer, int64_t inner, int64_t m, int64_t n, int64_t k, const float *a,
              dn_strides sa, const float *b, dn_strides sb, const float *bias, float scale, float *y,
              dn_strides sy, int threads);

// A convolution. Pictures are [batch, channels, height, width], channels in blocks of
// `*_block`: [batch, channels / block, height, width, block]; block 1 is row-major.
// Weights are row-major [outputs, channels / groups, kernel_h, kernel_w].
typedef struct {
  int64_t batch, channels, height, width;
  int64_t outputs, out_height, out_width;
  int64_t kernel_h, kernel_w, stride_h, stride_w, pad_h, pad_w, groups;
  int64_t in_block, out_block;
} dn_convolution;

// y = x * w (+ bias when not NULL).
int dn_convolve(const dn_convolution *c, const float *x, const float *w, const float *bias,
                float *y, int threads);
// dx from dy.
int dn_convolve_data(const dn_convolution *c, float *dx, const float *w, const float *dy,
                     int threads);
// dw (and db when not NULL) from x and dy.
int dn_convolve_weights(const dn_convolution *c, const float *x, float *dw, float *db,
                        const float *dy, int threads);

// Copies a picture between channel blocks.
int dn_reorder(int64_t batch, int64_t channels, int64_t height, int64_t width, int64_t from_block,
               const float *from, int64_t to_block, float *to, int threads);
