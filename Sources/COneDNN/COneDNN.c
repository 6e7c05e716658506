#define _GNU_SOURCE
#include "COneDNN.h"

#include <CKernels.h>
#include <dlfcn.h>
#include <oneapi/dnnl/dnnl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Every function of the library that is used here.
#define FUNCTIONS(X)                                                                               \
  X(dnnl_version)                                                                                  \
  X(dnnl_get_effective_cpu_isa)                                                                    \
  X(dnnl_engine_create)                                                                            \
  X(dnnl_stream_create)                                                                            \
  X(dnnl_stream_wait)                                                                              \
  X(dnnl_memory_desc_init_by_tag)                                                                  \
  X(dnnl_memory_desc_init_by_strides)                                                              \
  X(dnnl_memory_desc_equal)                                                                        \
  X(dnnl_memory_desc_get_size)                                                                     \
  X(dnnl_memory_create)                                                                            \
  X(dnnl_memory_set_data_handle)                                                                   \
  X(dnnl_convolution_forward_desc_init)                                                            \
  X(dnnl_convolution_backward_data_desc_init)                                                      \
  X(dnnl_convolution_backward_weights_desc_init)                                                   \
  X(dnnl_matmul_desc_init)                                                                         \
  X(dnnl_primitive_attr_create)                                                                    \
  X(dnnl_primitive_attr_destroy)                                                                   \
  X(dnnl_primitive_attr_set_output_scales)                                                         \
  X(dnnl_primitive_attr_set_scratchpad_mode)                                                       \
  X(dnnl_primitive_desc_create)                                                                    \
  X(dnnl_primitive_desc_destroy)                                                                   \
  X(dnnl_primitive_desc_query_md)                                                                  \
  X(dnnl_reorder_primitive_desc_create)                                                            \
  X(dnnl_primitive_create)                                                                         \
  X(dnnl_primitive_execute)

#define DECLARE(NAME) __typeof__(NAME) *NAME;
static struct {
  void *library;
  dnnl_engine_t engine;
  dnnl_stream_t stream;
  void (*omp_threads)(int);
  int (*omp_inside)(void);
  char version[24];
  int block;
  FUNCTIONS(DECLARE)
} dn;
static pthread_once_t once = PTHREAD_ONCE_INIT;
// One call at a time: each uses all threads it was given, and shares scratch memory.
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static void load(void) {
  ck_team_available(); // decides how long idle threads of libgomp spin
  void *library = dlopen("libdnnl.so.2", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
#define FIND(NAME)                                                                                 \
  dn.NAME = (__typeof__(NAME) *)dlsym(library, #NAME);                                             \
  if (!dn.NAME) return;
  FUNCTIONS(FIND)
  // Found in libgomp, on which the library depends.
  dn.omp_threads = (void (*)(int))dlsym(library, "omp_set_num_threads");
  dn.omp_inside = (int (*)(void))dlsym(library, "omp_in_parallel");
  if (dn.dnnl_engine_create(&dn.engine, dnnl_cpu, 0)) return;
  if (dn.dnnl_stream_create(&dn.stream, dn.engine, dnnl_stream_default_flags)) return;
  const dnnl_version_t *version = dn.dnnl_version();
  snprintf(dn.version, sizeof dn.version, "%d.%d.%d", version->major, version->minor,
           version->patch);
  dn.block = dn.dnnl_get_effective_cpu_isa() >= dnnl_cpu_isa_avx512_mic ? 16 : 8;
  dn.library = library;
}

int dn_available(void) {
  pthread_once(&once, load);
  return dn.library != NULL;
}

const char *dn_version(void) { return dn_available() ? dn.version : ""; }
int dn_channel_block(void) { return dn_available() ? dn.block : 1; }

const char *dn_isa(void) {
  if (!dn_available()) return "";
  switch (dn.dnnl_get_effective_cpu_isa()) {
  case dnnl_cpu_isa_sse41: return "sse41";
  case dnnl_cpu_isa_avx: return "avx";
  case dnnl_cpu_isa_avx2: return "avx2";
  case dnnl_cpu_isa_avx2_vnni: return "avx2_vnni";
  case dnnl_cpu_isa_avx512_core: return "avx512_core";
  case dnnl_cpu_isa_avx512_core_vnni: return "avx512_core_vnni";
  case dnnl_cpu_isa_avx512_core_bf16: return "avx512_core_bf16";
  case dnnl_cpu_isa_avx512_core_amx: return "avx512_core_amx";
  default: return "all";
  }
}

// ---- cache of primitives ----

enum { KEY = 40, ARGUMENTS = 6, SLOTS = 4096 };

// A primitive with the scratch memory it needs. The library's own belongs to the thread that made
// the primitive and is missing, or too small, on every other.
typedef struct {
  dnnl_primitive_t primitive; // NULL: the library has no code for this case
  dnnl_memory_t scratch;      // NULL: it needs none
  size_t size;
} program;

// One argument of a primitive: where it stands in the caller's format and, when the primitive
// wants another one, how to carry it there.
typedef struct {
  int id, is_output;
  dnnl_memory_t own;     // in the primitive's format; its handle is set for each call
  dnnl_memory_t user;    // in the caller's format, when that differs
  program carry;         // between the two
  void *buffer;          // holds `own` when the formats differ
} argument;

typedef struct {
  int64_t key[KEY];
  program program;
  int count;
  argument arguments[ARGUMENTS];
} entry;

static entry *slots[SLOTS];
static int filled;

static entry *find(const int64_t *key) {
  uint64_t hash = 1469598103934665603u;
  for (int i = 0; i < KEY; i++) hash = (hash ^ (uint64_t)key[i]) * 1099511628211u;
  hash ^= hash >> 29;
  for (int i = 0; i < SLOTS; i++) {
    entry **slot = &slots[(hash + (uint64_t)i) % SLOTS];
    if (!*slot) {
      // A quarter is left empty so that searches stay short.
      if (filled >= SLOTS / 4 * 3) return NULL;
      *slot = calloc(1, sizeof(entry));
      if (!*slot) return NULL;
      memcpy((*slot)->key, key, sizeof(int64_t) * KEY);
      (*slot)->count = -1;
      filled++;
      return *slot;
    }
    if (!memcmp((*slot)->key, key, sizeof(int64_t) * KEY)) return *slot;
  }
  return NULL;
}

static int make_attributes(dnnl_primitive_attr_t *made) {
  int status = dn.dnnl_primitive_attr_create(made);
  if (status) return status;
  return dn.dnnl_primitive_attr_set_scratchpad_mode(*made, dnnl_scratchpad_mode_user);
}

// Makes the program of a description.
static int make_program(program *made, dnnl_primitive_desc_t description) {
  const dnnl_memory_desc_t *scratch =
      dn.dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0);
  made->size = scratch ? dn.dnnl_memory_desc_get_size(scratch) : 0;
  int status = 0;
  if (made->size)
    status = dn.dnnl_memory_create(&made->scratch, scratch, dn.engine, DNNL_MEMORY_NONE);
  return status ? status : dn.dnnl_primitive_create(&made->primitive, description);
}

// Runs a program. The list has room for one more argument.
static int run(const program *p, int count, dnnl_exec_arg_t *list) {
  // Shared by all programs: one runs at a time.
  static void *buffer;
  static size_t size;
  if (p->scratch) {
    if (size < p->size) {
      free(buffer);
      size = 0;
      if (posix_memalign(&buffer, 4096, p->size)) {
        buffer = NULL;
        return dnnl_out_of_memory;
      }
      size = p->size;
    }
    int status = dn.dnnl_memory_set_data_handle(p->scratch, buffer);
    if (status) return status;
    list[count].arg = DNNL_ARG_SCRATCHPAD;
    list[count++].memory = p->scratch;
  }
  return dn.dnnl_primitive_execute(p->primitive, dn.stream, count, list);
}

static int carry(program *made, const dnnl_memory_desc_t *from, const dnnl_memory_desc_t *to) {
  dnnl_primitive_attr_t attributes;
  int status = make_attributes(&attributes);
  if (status) return status;
  dnnl_primitive_desc_t description;
  status = dn.dnnl_reorder_primitive_desc_create(&description, from, dn.engine, to, dn.engine,
                                                 attributes);
  dn.dnnl_primitive_attr_destroy(attributes);
  if (status) return status;
  status = make_program(made, description);
  dn.dnnl_primitive_desc_destroy(description);
  return status;
}

// Adds an argument whose format for the caller is `user` and for the primitive `own`.
static int add(entry *e, int id, int is_output, const dnnl_memory_desc_t *user,
               const dnnl_memory_desc_t *own) {
  argument *a = &e->arguments[e->count++];
  a->id = id;
  a->is_output = is_output;
  int status;
  if (dn.dnnl_memory_desc_equal(user, own))
    return dn.dnnl_memory_create(&a->own, own, dn.engine, DNNL_MEMORY_NONE);
  if (posix_memalign(&a->buffer, 64, dn.dnnl_memory_desc_get_size(own) + 64))
    return dnnl_out_of_memory;
  if ((status = dn.dnnl_memory_create(&a->own, own, dn.engine, a->buffer))) return status;
  if ((status = dn.dnnl_memory_create(&a->user, user, dn.engine, DNNL_MEMORY_NONE))) return status;
  return is_output ? carry(&a->carry, own, user) : carry(&a->carry, user, own);
}

static int move(const argument *a) {
  dnnl_exec_arg_t pair[3] = {{DNNL_ARG_FROM, a->is_output ? a->own : a->user},
                             {DNNL_ARG_TO, a->is_output ? a->user : a->own}};
  return run(&a->carry, 2, pair);
}

// Runs the primitive on the caller's pointers, in the order in which arguments were added.
static int execute(entry *e, void *const *pointers) {
  if (!e->program.primitive) return DN_UNSUPPORTED;
  dnnl_exec_arg_t list[ARGUMENTS + 1];
  int status;
  for (int i = 0; i < e->count; i++) {
    argument *a = &e->arguments[i];
    dnnl_memory_t theirs = a->user ? a->user : a->own;
    if ((status = dn.dnnl_memory_set_data_handle(theirs, pointers[i]))) return status;
    if (a->carry.primitive && !a->is_output && (status = move(a))) return status;
    list[i].arg = a->id;
    list[i].memory = a->own;
  }
  if ((status = run(&e->program, e->count, list))) return status;
  for (int i = 0; i < e->count; i++) {
    const argument *a = &e->arguments[i];
    if (a->carry.primitive && a->is_output && (status = move(a))) return status;
  }
  return dn.dnnl_stream_wait(dn.stream);
}

static const dnnl_memory_desc_t *query(dnnl_primitive_desc_t d, dnnl_query_t what, int index) {
  return dn.dnnl_primitive_desc_query_md(d, what, index);
}

// Takes the turn; returns how many threads the library will use, for which primitives are made.
static int begin(int threads) {
  pthread_mutex_lock(&turn);
  if (dn.omp_inside && dn.omp_inside()) return 1;
  if (dn.omp_threads) dn.omp_threads(threads < 1 ? 1 : threads);
  return threads;
}

// ---- products ----

static int describe(dnnl_memory_desc_t *d, int64_t outer, int64_t inner, int64_t rows,
                    int64_t columns, dn_strides s, int axes) {
  dnnl_dims_t dims = {s.outer ? outer : 1, s.inner ? inner : 1, rows, columns};
  dnnl_dims_t strides = {s.outer, s.inner, s.row, s.column};
  if (dims[1] == 1) strides[1] = rows * columns;
  if (dims[0] == 1) strides[0] = dims[1] * strides[1];
  // The library takes the fast path only for as many axes as are needed.
  int from = 4 - axes;
  if (axes == 3) { dims[1] = dims[0]; strides[1] = strides[0]; }
  return dn.dnnl_memory_desc_init_by_strides(d, axes, dims + from, dnnl_f32, strides + from);
}

static int make_matmul(entry *e, int64_t outer, int64_t inner, int64_t m, int64_t n, int64_t k,
                       dn_strides sa, dn_strides sb, int has_bias, float scale, dn_strides sy) {
  dnnl_memory_desc_t a, b, y, bias;
  int axes = inner > 1 ? 4 : outer > 1 ? 3 : 2, status;
  if ((status = describe(&a, outer, inner, m, k, sa, axes))) return status;
  if ((status = describe(&b, outer, inner, k, n, sb, axes))) return status;
  if ((status = describe(&y, outer, inner, m, n, sy, axes))) return status;
  dnnl_dims_t dims = {1, 1, 1, n}, strides = {n, n, n, 1};
  int from = 4 - axes;
  if ((status = dn.dnnl_memory_desc_init_by_strides(&bias, axes, dims + from, dnnl_f32,
                                                    strides + from)))
    return status;
  dnnl_matmul_desc_t description;
  if ((status = dn.dnnl_matmul_desc_init(&description, &a, &b, has_bias ? &bias : NULL, &y)))
    return status;
  dnnl_primitive_attr_t attributes;
  if ((status = make_attributes(&attributes))) return status;
  if (scale != 1) dn.dnnl_primitive_attr_set_output_scales(attributes, 1, 0, &scale);
  dnnl_primitive_desc_t made;
  status = dn.dnnl_primitive_desc_create(&made, &description, attributes, dn.engine, NULL);
  dn.dnnl_primitive_attr_destroy(attributes);
  if (status) return status;
  if ((status = add(e, DNNL_ARG_SRC, 0, &a, &a))) return status;
  if ((status = add(e, DNNL_ARG_WEIGHTS, 0, &b, &b))) return status;
  if (has_bias && (status = add(e, DNNL_ARG_BIAS, 0, &bias, &bias))) return status;
  if ((status = add(e, DNNL_ARG_DST, 1, &y, &y))) return status;
  status = make_program(&e->program, made);
  dn.dnnl_primitive_desc_destroy(made);
  return status;
}

int dn_matmul(int64_t outer, int64_t inner, int64_t m, int64_t n, int64_t k, const float *a,
              dn_strides sa, const float *b, dn_strides sb, const float *bias, float scale, float *y,
              dn_strides sy, int threads) {
  if (!dn_available()) return DN_MISSING;
  int32_t bits;
  memcpy(&bits, &scale, sizeof bits);
  int64_t key[KEY] = {1,         outer,  inner,    m,        n,      k,         sa.outer,
                      sa.inner,  sa.row, sa.column, sb.outer, sb.inner, sb.row, sb.column,
                      bias != 0, bits,   sy.outer, sy.inner, sy.row, sy.column, begin(threads)};
  entry *e = find(key);
  int status = DN_UNSUPPORTED;
  if (e) {
    if (e->count < 0) {
      e->count = 0;
      if (make_matmul(e, outer, inner, m, n, k, sa, sb, bias != 0, scale, sy))
        e->program.primitive = NULL;
    }
    void *pointers[4] = {(void *)a, (void *)b, bias ? (void *)bias : y, y};
    status = execute(e, pointers);
  }
  pthread_mutex_unlock(&turn);
  return status;
}

// ---- convolutions ----

typedef enum { FORWARD, DATA, WEIGHTS } pass;

static dnnl_format_tag_t picture(int64_t block) {
  return block == 16 ? dnnl_nChw16c : block == 8 ? dnnl_nChw8c : dnnl_nchw;
}

typedef struct {
  dnnl_memory_desc_t x, y, w, any, bias;
} formats;

static int make_formats(const dn_convolution *c, formats *f) {
  dnnl_dims_t x = {c->batch, c->channels, c->height, c->width};
  dnnl_dims_t y = {c->batch, c->outputs, c->out_height, c->out_width};
  dnnl_dims_t plain = {c->outputs, c->channels, c->kernel_h, c->kernel_w};
  dnnl_dims_t grouped = {c->groups, c->outputs / c->groups, c->channels / c->groups, c->kernel_h,
                         c->kernel_w};
  dnnl_dims_t o = {c->outputs};
  int is_grouped = c->groups > 1, axes = is_grouped ? 5 : 4, status;
  const int64_t *w = is_grouped ? grouped : plain;
  if ((status = dn.dnnl_memory_desc_init_by_tag(&f->x, 4, x, dnnl_f32, picture(c->in_block))) ||
      (status = dn.dnnl_memory_desc_init_by_tag(&f->y, 4, y, dnnl_f32, picture(c->out_block))) ||
      (status = dn.dnnl_memory_desc_init_by_tag(&f->w, axes, w, dnnl_f32,
                                                is_grouped ? dnnl_goihw : dnnl_oihw)) ||
      (status = dn.dnnl_memory_desc_init_by_tag(&f->any, axes, w, dnnl_f32, dnnl_format_tag_any)))
    return status;
  return dn.dnnl_memory_desc_init_by_tag(&f->bias, 1, o, dnnl_f32, dnnl_a);
}

static int describe_pass(const dn_convolution *c, const formats *f, pass p, int has_bias,
                         dnnl_alg_kind_t algorithm, dnnl_primitive_desc_t hint,
                         dnnl_primitive_desc_t *made) {
  dnnl_dims_t stride = {c->stride_h, c->stride_w}, before = {c->pad_h, c->pad_w};
  dnnl_dims_t after = {(c->out_height - 1) * c->stride_h + c->kernel_h - c->height - c->pad_h,
                       (c->out_width - 1) * c->stride_w + c->kernel_w - c->width - c->pad_w};
  dnnl_convolution_desc_t d;
  const dnnl_memory_desc_t *bias = has_bias ? &f->bias : NULL;
  int status = 0;
  switch (p) {
  case FORWARD:
    status = dn.dnnl_convolution_forward_desc_init(&d, dnnl_forward_training, algorithm, &f->x,
                                                   &f->any, bias, &f->y, stride, before, after);
    break;
  case DATA:
    status = dn.dnnl_convolution_backward_data_desc_init(&d, algorithm, &f->x, &f->any, &f->y,
                                                         stride, before, after);
    break;
  case WEIGHTS:
    status = dn.dnnl_convolution_backward_weights_desc_init(&d, algorithm, &f->x, &f->any, bias,
                                                            &f->y, stride, before, after);
    break;
  }
  if (status) return status;
  dnnl_primitive_attr_t attributes;
  if ((status = make_attributes(&attributes))) return status;
  status = dn.dnnl_primitive_desc_create(made, &d, attributes, dn.engine, hint);
  dn.dnnl_primitive_attr_destroy(attributes);
  return status;
}

static int make_convolution(entry *e, const dn_convolution *c, pass p, int has_bias) {
  formats f;
  int status = make_formats(c, &f);
  if (status) return status;
  dnnl_primitive_desc_t forward, made;
  // The library's own choice is Winograd wherever it exists: twice as fast from 64 channels on, but
  // for few channels its transformations cost more than they save.
  int is_small = p != WEIGHTS && c->channels * c->outputs <= 512;
  dnnl_alg_kind_t algorithm = is_small ? dnnl_convolution_direct : dnnl_convolution_auto;
  if ((status = describe_pass(c, &f, FORWARD, has_bias, algorithm, NULL, &forward))) return status;
  made = forward;
  if (p != FORWARD) {
    status = describe_pass(c, &f, p, has_bias, algorithm, forward, &made);
    dn.dnnl_primitive_desc_destroy(forward);
    if (status) return status;
  }
  switch (p) {
  case FORWARD:
    status = add(e, DNNL_ARG_SRC, 0, &f.x, &f.x);
    if (!status) status = add(e, DNNL_ARG_WEIGHTS, 0, &f.w, query(made, dnnl_query_weights_md, 0));
    if (!status && has_bias) status = add(e, DNNL_ARG_BIAS, 0, &f.bias, &f.bias);
    if (!status) status = add(e, DNNL_ARG_DST, 1, &f.y, &f.y);
    break;
  case DATA:
    status = add(e, DNNL_ARG_DIFF_DST, 0, &f.y, &f.y);
    if (!status) status = add(e, DNNL_ARG_WEIGHTS, 0, &f.w, query(made, dnnl_query_weights_md, 0));
    if (!status) status = add(e, DNNL_ARG_DIFF_SRC, 1, &f.x, &f.x);
    break;
  case WEIGHTS:
    status = add(e, DNNL_ARG_SRC, 0, &f.x, &f.x);
    if (!status) status = add(e, DNNL_ARG_DIFF_DST, 0, &f.y, &f.y);
    if (!status)
      status =
          add(e, DNNL_ARG_DIFF_WEIGHTS, 1, &f.w, query(made, dnnl_query_diff_weights_md, 0));
    if (!status && has_bias) status = add(e, DNNL_ARG_DIFF_BIAS, 1, &f.bias, &f.bias);
    break;
  }
  if (!status) status = make_program(&e->program, made);
  dn.dnnl_primitive_desc_destroy(made);
  return status;
}

static int convolve(const dn_convolution *c, pass p, int has_bias, void *const *pointers,
                    int threads) {
  if (!dn_available()) return DN_MISSING;
  int64_t key[KEY] = {2, p, has_bias, begin(threads)};
  memcpy(key + 4, c, sizeof *c);
  entry *e = find(key);
  int status = DN_UNSUPPORTED;
  if (e) {
    if (e->count < 0) {
      e->count = 0;
      if (make_convolution(e, c, p, has_bias)) e->program.primitive = NULL;
    }
    status = execute(e, pointers);
  }
  pthread_mutex_unlock(&turn);
  return status;
}

int dn_convolve(const dn_convolution *c, const float *x, const float *w, const float *bias,
                float *y, int threads) {
  void *with[] = {(void *)x, (void *)w, (void *)bias, y}, *without[] = {(void *)x, (void *)w, y};
  return convolve(c, FORWARD, bias != 0, bias ? with : without, threads);
}

int dn_convolve_data(const dn_convolution *c, float *dx, const float *w, const float *dy,
                     int threads) {
  void *pointers[] = {(void *)dy, (void *)w, dx};
  return convolve(c, DATA, 0, pointers, threads);
}

int dn_convolve_weights(const dn_convolution *c, const float *x, float *dw, float *db,
                        const float *dy, int threads) {
  void *pointers[] = {(void *)x, (void *)dy, dw, db};
  return convolve(c, WEIGHTS, db != 0, pointers, threads);
}

int dn_reorder(int64_t batch, int64_t channels, int64_t height, int64_t width, int64_t from_block,
               const float *from, int64_t to_block, float *to, int threads) {
  if (!dn_available()) return DN_MISSING;
  int64_t key[KEY] = {3, batch, channels, height, width, from_block, to_block, begin(threads)};
  entry *e = find(key);
  int status = DN_UNSUPPORTED;
  if (e) {
    if (e->count < 0) {
      e->count = 0;
      dnnl_dims_t dims = {batch, channels, height, width};
      dnnl_memory_desc_t a, b;
      if (dn.dnnl_memory_desc_init_by_tag(&a, 4, dims, dnnl_f32, picture(from_block)) ||
          dn.dnnl_memory_desc_init_by_tag(&b, 4, dims, dnnl_f32, picture(to_block)) ||
          add(e, DNNL_ARG_FROM, 0, &a, &a) || add(e, DNNL_ARG_TO, 1, &b, &b) ||
          carry(&e->program, &a, &b))
        e->program.primitive = NULL;
    }
    void *pointers[2] = {(void *)from, to};
    status = execute(e, pointers);
  }
  pthread_mutex_unlock(&turn);
  return status;
}
