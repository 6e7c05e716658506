#include "tensor_kernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

#pragma STDC FP_CONTRACT OFF
// Vectors wider than a level's registers are passed to inlined functions only.
#pragma clang diagnostic ignored "-Wpsabi"

#define ROW(REAL, SUFFIX, NAME, PARAMETERS, ARGUMENTS) void(*NAME##_##SUFFIX) PARAMETERS;
typedef struct {
  const char *name;
  CK_TENSOR_FUNCTIONS(ROW, float, f32)
  CK_TENSOR_FUNCTIONS(ROW, double, f64)
} tensor_table;
#undef ROW

#define JOIN_(A, B) A##_##B
#define JOIN(A, B) JOIN_(A, B)
#define MEMBER(REAL, SUFFIX, NAME, PARAMETERS, ARGUMENTS) JOIN(NAME##_##SUFFIX, LEVEL),
#define TABLE(NAME)                                                                                \
  static const tensor_table JOIN(table, LEVEL) = {                                                 \
      NAME, CK_TENSOR_FUNCTIONS(MEMBER, float, f32) CK_TENSOR_FUNCTIONS(MEMBER, double, f64)}

// One body, compiled once per level and precision.
#define LEVEL baseline
#include "bodies/tensor_levels.inc"
TABLE("baseline");
#undef LEVEL

#if defined(__x86_64__)
#define LEVEL avx2
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#include "bodies/tensor_levels.inc"
#pragma clang attribute pop
TABLE("avx2");
#undef LEVEL

#define LEVEL avx512
#pragma clang attribute push(                                                                      \
    __attribute__((target("avx2,avx512f,avx512dq,avx512bw,avx512vl"))), apply_to = function)
#include "bodies/tensor_levels.inc"
#pragma clang attribute pop
TABLE("avx512");
#undef LEVEL
#endif

static const tensor_table *choose(void) {
#if defined(__x86_64__)
  const char *asked = getenv("FDSL_SIMD");
  if (asked && !strcmp(asked, "baseline")) return &table_baseline;
  __builtin_cpu_init();
  int has2 = __builtin_cpu_supports("avx2");
  int has512 = has2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
  if (has512 && !(asked && !strcmp(asked, "avx2"))) return &table_avx512;
  if (has2) return &table_avx2;
#endif
  return &table_baseline;
}

static const tensor_table *table(void) {
  static const tensor_table *chosen;
  const tensor_table *now = __atomic_load_n(&chosen, __ATOMIC_RELAXED);
  if (now) return now;
  now = choose();
  __atomic_store_n(&chosen, now, __ATOMIC_RELAXED);
  return now;
}

const char *ck_tensor_level(void) { return table()->name; }

#define FORWARD(REAL, SUFFIX, NAME, PARAMETERS, ARGUMENTS)                                         \
  void ck_##NAME##_##SUFFIX PARAMETERS { table()->NAME##_##SUFFIX ARGUMENTS; }
CK_TENSOR_FUNCTIONS(FORWARD, float, f32)
CK_TENSOR_FUNCTIONS(FORWARD, double, f64)
