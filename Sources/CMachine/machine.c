#include "CMachine.h"

#include <math.h>
#include <stddef.h>

#pragma STDC FP_CONTRACT OFF

// Each instruction is a function that ends by jumping to the next one's: the compiler keeps its
// arguments in registers, and every instruction has its own indirect jump to be predicted.

enum { STRIDE = sizeof(cm_value) };

#define OP(name) static void op_##name(const cm_instruction *i, char *r, char *k, cm_machine *m)
#define CONTINUE(at)                                             \
  do {                                                           \
    const cm_instruction *next = (at);                           \
    __attribute__((musttail)) return next->run(next, r, k, m);   \
  } while (0)
#define NEXT CONTINUE(i + 1)
#define AHEAD(from, bytes) ((const cm_instruction *)((const char *)(from) + (bytes)))
#define JUMP CONTINUE(AHEAD(i, i->c))
#define LEAVE __attribute__((musttail)) return op_leave(i, r, k, m)

#define R(bytes) ((cm_value *)(r + (bytes)))
#define K(bytes) ((const cm_value *)(k + (bytes)))
#define G(bytes) ((cm_value *)(m->globals + (bytes)))
#define SOURCE(bytes) ((bytes) >= 0 ? (const cm_value *)R(bytes) : K(~(bytes)))

__attribute__((noinline)) OP(leave) {
  (void)r, (void)k;
  m->frame->pc = i - m->frame->entry->core;
  m->frame->holds_references = 1;
}

static inline int is_reference(const cm_value *v) {
  return (uint8_t)(v->tag - CM_FIRST_REFERENCE) < CM_NONE - CM_FIRST_REFERENCE;
}

static inline int is_number(const cm_value *v) { return v->tag <= CM_REAL; }

static inline double number(const cm_value *v) {
  return v->tag == CM_REAL ? v->real : (double)v->integer;
}

// Copies what is no reference over what is none.
static inline void copy(cm_value *to, const cm_value *from) {
  to->bits = from->bits;
  if (from->tag > CM_BOOL) to->second = from->second;
  to->tag = from->tag;
}

static inline void set_none(cm_value *v) {
  v->bits = 0;
  v->second = 0;
  v->tag = CM_NONE;
}

static inline void set_int(cm_value *v, int64_t value) {
  v->integer = value;
  v->tag = CM_INT;
}

static inline void set_real(cm_value *v, double value) {
  v->real = value;
  v->tag = CM_REAL;
}

static inline void set_bool(cm_value *v, int value) {
  v->bits = (uint64_t)value;
  v->tag = CM_BOOL;
}

static inline int holds(const cm_value *v) { return (int)(v->bits & 1); }

// Assigns to a register of the running function.
static inline void assign(cm_machine *m, cm_value *to, const cm_value *from) {
  if (is_reference(from)) {
    m->frame->holds_references = 1;
    m->assign(to, from);
  } else if (is_reference(to)) {
    m->assign(to, from);
  } else {
    copy(to, from);
  }
}

// Values

OP(move) {
  assign(m, R(i->a), SOURCE(i->b));
  NEXT;
}

OP(load_global) {
  const cm_value *from = G(i->b);
  if (from->tag == CM_NONE) LEAVE;
  assign(m, R(i->a), from);
  NEXT;
}

OP(store_global) {
  const cm_value *from = SOURCE(i->b);
  cm_value *to = G(i->a);
  if (is_reference(from) || is_reference(to)) LEAVE;
  copy(to, from);
  NEXT;
}

static inline void forget(cm_machine *m, cm_value *v) {
  if (is_reference(v)) m->clear(v, 1);
  set_none(v);
}

OP(borrow_global) {
  if (G(i->b)->tag == CM_NONE) LEAVE;
  forget(m, R(i->a));
  NEXT;
}

OP(borrow) {
  forget(m, R(i->a));
  NEXT;
}

// Operators. `p` and `q` are the operands, integers or reals.

#define BINARY(NAME, X, Y, INTEGERS, REALS)                                              \
  OP(NAME) {                                                                             \
    const cm_value *x = X(i->b), *y = Y(i->c);                                           \
    cm_value *a = R(i->a);                                                               \
    if (is_reference(a)) LEAVE;                                                          \
    if (x->tag == CM_INT && y->tag == CM_INT) {                                          \
      int64_t p = x->integer, q = y->integer;                                            \
      INTEGERS                                                                           \
      NEXT;                                                                              \
    }                                                                                    \
    if (!is_number(x) || !is_number(y)) LEAVE;                                           \
    double p = number(x), q = number(y);                                                 \
    REALS                                                                                \
    NEXT;                                                                                \
  }

#define BINARIES(NAME, INTEGERS, REALS)          \
  BINARY(NAME##_rr, R, R, INTEGERS, REALS)       \
  BINARY(NAME##_rk, R, K, INTEGERS, REALS)       \
  BINARY(NAME##_kr, K, R, INTEGERS, REALS)       \
  BINARY(NAME##_kk, K, K, INTEGERS, REALS)

#define CHECKED(FUNCTION)            \
  {                                  \
    int64_t z;                       \
    if (FUNCTION(p, q, &z)) LEAVE;   \
    set_int(a, z);                   \
  }

BINARIES(add, CHECKED(__builtin_add_overflow), set_real(a, p + q);)
BINARIES(subtract, CHECKED(__builtin_sub_overflow), set_real(a, p - q);)
BINARIES(multiply, CHECKED(__builtin_mul_overflow), set_real(a, p * q);)
BINARIES(divide, set_real(a, (double)p / (double)q);, set_real(a, p / q);)

// Rounded down; the machine does division by 0, and by -1, which may overflow. Short numbers take
// the processor a fraction of the time.
static inline int is_short(int64_t p, int64_t q) { return (uint64_t)(p | q) >> 32 == 0; }

static inline int64_t floor_quotient(int64_t p, int64_t q) {
  if (is_short(p, q)) return (uint32_t)p / (uint32_t)q;
  int64_t quotient = p / q, rest = p % q;
  return rest != 0 && (rest < 0) != (q < 0) ? quotient - 1 : quotient;
}

static inline int64_t floor_rest(int64_t p, int64_t q) {
  if (is_short(p, q)) return (uint32_t)p % (uint32_t)q;
  int64_t rest = p % q;
  return rest != 0 && (rest < 0) != (q < 0) ? rest + q : rest;
}

BINARIES(floor_divide, if (q == 0 || q == -1) LEAVE; set_int(a, floor_quotient(p, q));
         , set_real(a, floor(p / q));)
BINARIES(remainder, if (q == 0 || q == -1) LEAVE; set_int(a, floor_rest(p, q));
         , set_real(a, m->remainder(p, q));)

// By 2^c: rounding down is what a shift does.
#define BY_POWER_OF_TWO(NAME, INTEGER, REAL)                \
  OP(NAME) {                                                \
    const cm_value *x = R(i->b);                            \
    cm_value *a = R(i->a);                                  \
    if (is_reference(a)) LEAVE;                             \
    if (x->tag == CM_INT) {                                 \
      int64_t p = x->integer;                               \
      INTEGER                                               \
    } else if (x->tag == CM_REAL) {                         \
      double p = x->real, q = (double)(1ll << i->c);        \
      REAL                                                  \
    } else {                                                \
      LEAVE;                                                \
    }                                                       \
    NEXT;                                                   \
  }

BY_POWER_OF_TWO(floor_divide_shift, set_int(a, p >> i->c);, set_real(a, floor(p / q));)
BY_POWER_OF_TWO(remainder_mask, set_int(a, p & ((1ll << i->c) - 1));
                , set_real(a, m->remainder(p, q));)

// False when it leaves the 64-bit integers.
static int whole_power(int64_t base, int64_t exponent, int64_t *result) {
  *result = 1;
  for (;;) {
    if (exponent & 1 && __builtin_mul_overflow(*result, base, result)) return 0;
    exponent >>= 1;
    if (exponent == 0) return 1;
    if (__builtin_mul_overflow(base, base, &base)) return 0;
  }
}

static int power(cm_machine *m, cm_value *a, int64_t p, int64_t q) {
  if (q < 0) {
    set_real(a, m->power((double)p, (double)q));
    return 1;
  }
  int64_t z;
  if (!whole_power(p, q, &z)) return 0;
  set_int(a, z);
  return 1;
}

BINARIES(power, if (!power(m, a, p, q)) LEAVE;, set_real(a, m->power(p, q));)

#define COMPARISON(NAME, X, Y, SIGN)                                    \
  BINARY(NAME, X, Y, set_bool(a, p SIGN q);, set_bool(a, p SIGN q);)    \
  OP(if_##NAME) {                                                       \
    const cm_value *x = X(i->b), *y = Y(i->c);                          \
    cm_value *a = R(i->a);                                              \
    if (is_reference(a)) LEAVE;                                         \
    int holds;                                                          \
    if (x->tag == CM_INT && y->tag == CM_INT) {                         \
      holds = x->integer SIGN y->integer;                               \
    } else {                                                            \
      if (!is_number(x) || !is_number(y)) LEAVE;                        \
      holds = number(x) SIGN number(y);                                 \
    }                                                                   \
    set_bool(a, holds);                                                 \
    if (holds) CONTINUE(i + 2);                                         \
    CONTINUE(AHEAD(i + 1, i[1].c));                                     \
  }

#define COMPARISONS(NAME, SIGN)          \
  COMPARISON(NAME##_rr, R, R, SIGN)      \
  COMPARISON(NAME##_rk, R, K, SIGN)      \
  COMPARISON(NAME##_kr, K, R, SIGN)      \
  COMPARISON(NAME##_kk, K, K, SIGN)

COMPARISONS(equal, ==)
COMPARISONS(not_equal, !=)
COMPARISONS(less, <)
COMPARISONS(less_equal, <=)
COMPARISONS(greater, >)
COMPARISONS(greater_equal, >=)

#define LOGIC(NAME, SIGN)                                              \
  OP(NAME) {                                                           \
    const cm_value *x = SOURCE(i->b), *y = SOURCE(i->c);               \
    cm_value *a = R(i->a);                                             \
    if (x->tag != CM_BOOL || y->tag != CM_BOOL || is_reference(a)) LEAVE; \
    set_bool(a, holds(x) SIGN holds(y));                               \
    NEXT;                                                              \
  }

LOGIC(both, &)
LOGIC(either, |)

#define UNARY(NAME, INTEGER, REAL)                     \
  OP(NAME) {                                           \
    const cm_value *x = SOURCE(i->b);                  \
    cm_value *a = R(i->a);                             \
    if (is_reference(a)) LEAVE;                        \
    if (x->tag == CM_INT) {                            \
      int64_t p = x->integer;                          \
      INTEGER                                          \
    } else if (x->tag == CM_REAL) {                    \
      double p = x->real;                              \
      REAL                                             \
    } else {                                           \
      LEAVE;                                           \
    }                                                  \
    NEXT;                                              \
  }

UNARY(negate, if (p == INT64_MIN) LEAVE; set_int(a, -p);, set_real(a, -p);)
UNARY(modulus, if (p == INT64_MIN) LEAVE; set_int(a, p < 0 ? -p : p);, set_real(a, fabs(p));)
UNARY(square_root, if (p < 0) LEAVE; set_real(a, sqrt((double)p));
      , if (!(p >= 0)) LEAVE; set_real(a, sqrt(p));)

#define ROUNDING(NAME, FUNCTION)                                                            \
  UNARY(NAME, set_int(a, p);                                                                \
        , p = FUNCTION(p);                                                                  \
        if (p >= -0x1p63 && p < 0x1p63) set_int(a, (int64_t)p); else set_real(a, p);)

ROUNDING(floor, floor)
ROUNDING(ceil, ceil)
ROUNDING(round, rint)

// Beyond 2^53 the machine goes by way of reals.
UNARY(truncate, if (p > 1ll << 53 || p < -(1ll << 53)) LEAVE; set_int(a, p);
      , if (!(p > -0x1p63 && p < 0x1p63)) LEAVE; set_int(a, (int64_t)p);)

OP(invert) {
  const cm_value *x = SOURCE(i->b);
  cm_value *a = R(i->a);
  if (x->tag != CM_BOOL || is_reference(a)) LEAVE;
  set_bool(a, !holds(x));
  NEXT;
}

// Elementary functions

OP(unary) {
  const cm_value *x = R(i->b);
  cm_value *a = R(i->a);
  if (!is_number(x) || is_reference(a)) LEAVE;
  set_real(a, m->unary(i->function, number(x)));
  NEXT;
}

OP(binary) {
  const cm_value *x = R(i->b);
  cm_value *a = R(i->a);
  if (!is_number(x) || !is_number(x + 1) || is_reference(a)) LEAVE;
  set_real(a, m->binary(i->function, number(x), number(x + 1)));
  NEXT;
}

#define CHOICE(NAME, SIGN)                                                \
  OP(NAME) {                                                              \
    const cm_value *x = R(i->b);                                          \
    cm_value *a = R(i->a);                                                \
    if (!is_number(x) || !is_number(x + 1) || is_reference(a)) LEAVE;     \
    double p = number(x), q = number(x + 1);                              \
    copy(a, p == p && (q != q || q SIGN p) ? x + 1 : x);                  \
    NEXT;                                                                 \
  }

CHOICE(least, <)
CHOICE(greatest, >)

OP(pick) {
  const cm_value *x = R(i->b);
  cm_value *a = R(i->a);
  if (x->tag != CM_BOOL || is_reference(x + 1) || is_reference(x + 2) || is_reference(a)) LEAVE;
  copy(a, holds(x) ? x + 1 : x + 2);
  NEXT;
}

// Control

OP(jump) { JUMP; }

OP(jump_back) {
  if (--m->fuel < 0) LEAVE;
  JUMP;
}

OP(jump_false) {
  const cm_value *x = SOURCE(i->b);
  if (x->tag != CM_BOOL) LEAVE;
  if (!holds(x)) JUMP;
  NEXT;
}

OP(jump_true) {
  const cm_value *x = SOURCE(i->b);
  if (x->tag != CM_BOOL) LEAVE;
  if (holds(x)) JUMP;
  NEXT;
}

OP(jump_if_false) {
  const cm_value *x = SOURCE(i->b);
  if (x->tag == CM_BOOL && !holds(x)) JUMP;
  NEXT;
}

OP(jump_if_true) {
  const cm_value *x = SOURCE(i->b);
  if (x->tag == CM_BOOL && holds(x)) JUMP;
  NEXT;
}

OP(jump_if_set) {
  if (R(i->a)->tag != CM_NONE) JUMP;
  NEXT;
}

// How many integers a range has; -1 when the machine is to say.
static int64_t range_count(int64_t start, int64_t end, int64_t step, int is_closed) {
  int64_t width;
  if (__builtin_sub_overflow(end, start, &width) || width == INT64_MAX || width == INT64_MIN ||
      step == INT64_MIN || step == 0) {
    return -1;
  }
  if (width == 0) return is_closed;
  if ((width > 0) != (step > 0)) return 0;
  if (is_closed) return width / step + 1;
  return ((width < 0 ? -width : width) - 1) / (step < 0 ? -step : step) + 1;
}

// The state of a loop: what is gone through (none for integers), next position or integer, how
// many are left, step.
OP(range_loop) {
  const cm_value *bound = R(i->b);
  cm_value *state = R(i->a);
  if (bound[0].tag != CM_INT || bound[1].tag != CM_INT || is_reference(state)) LEAVE;
  if (bound[2].tag != CM_INT && bound[2].tag != CM_NONE) LEAVE;
  if (is_reference(state + 1) || is_reference(state + 2) || is_reference(state + 3)) LEAVE;
  int64_t start = bound[0].integer;
  int64_t step = bound[2].tag == CM_INT ? bound[2].integer : 1;
  int64_t count = range_count(start, bound[1].integer, step, i->c);
  if (count < 0) LEAVE;
  forget(m, R(i->d));
  set_none(state);
  set_int(state + 1, start);
  set_int(state + 2, count);
  set_int(state + 3, step);
  CONTINUE(i + 2);
}

static inline const cm_window *window(const cm_value *v) {
  return (const cm_window *)((const char *)v->object + 16);
}

static inline void read_number(cm_value *to, const cm_window *w, int64_t position) {
  double value = w->is_double ? ((const double *)w->numbers)[position]
                              : ((const float *)w->numbers)[position];
  if (w->is_mask) {
    set_bool(to, value != 0);
  } else {
    set_real(to, value);
  }
}

// Sets up the next turn: 1 when there is one, 0 at the end, -1 when the machine must. Only the
// beginning of a loop and its turns write the state, so behind its first value are integers.
static inline int turn(cm_value *state, cm_value *element) {
  int64_t left = state[2].integer, at = state[1].integer;
  if (left <= 0) return 0;
  if (is_reference(element)) return -1;
  if (state->tag == CM_NONE) {
    state[2].integer = left - 1;
    state[1].integer = (int64_t)((uint64_t)at + (uint64_t)state[3].integer);
    set_int(element, at);
    return 1;
  }
  if (state->tag != CM_TENSOR) return -1;
  const cm_window *w = window(state);
  if (!w->numbers || w->rank != 1) return -1;
  state[2].integer = left - 1;
  state[1].integer = at + 1;
  read_number(element, w, at);
  return 1;
}

OP(loop_next) {
  int more = turn(R(i->a), R(i->b));
  if (more < 0) LEAVE;
  if (!more) JUMP;
  NEXT;
}

OP(loop_next_move) {
  int more = turn(R(i->a), R(i->b));
  if (more < 0) LEAVE;
  if (!more) JUMP;
  cm_value *name = R(i[1].a);
  if (is_reference(name)) CONTINUE(i + 1);
  copy(name, R(i->b));
  CONTINUE(i + 2);
}

OP(jump_back_loop) {
  if (--m->fuel < 0) LEAVE;
  i = AHEAD(i, i->c);
  int more = turn(R(i->a), R(i->b));
  if (more < 0) LEAVE;
  if (!more) JUMP;
  NEXT;
}

OP(jump_back_loop_move) {
  if (--m->fuel < 0) LEAVE;
  i = AHEAD(i, i->c);
  int more = turn(R(i->a), R(i->b));
  if (more < 0) LEAVE;
  if (!more) JUMP;
  cm_value *name = R(i[1].a);
  if (is_reference(name)) CONTINUE(i + 1);
  copy(name, R(i->b));
  CONTINUE(i + 2);
}

// Calls

static void take_captures(cm_machine *m, const cm_frame *frame, const cm_function *f) {
  const cm_value *captures = f->captures;
  for (int64_t n = 0; n < frame->entry->capture_count; n++) {
    assign(m, (cm_value *)((char *)frame->registers + frame->entry->captured[n]), captures + n);
  }
}

static inline const void *callee(const cm_value *v) {
  return v->tag == CM_FUNCTION ? v->object : NULL;
}

#define CALL(NAME, CALLEE)                                                        \
  OP(NAME) {                                                                      \
    const void *object = CALLEE;                                                  \
    if (!object) LEAVE;                                                           \
    const cm_function *f = (const cm_function *)((const char *)object + 16);      \
    const cm_entry *entry = f->entry;                                             \
    if (!entry || entry->parameter_count != i->d) LEAVE;                          \
    cm_frame *caller = m->frame, *frame = caller + 1;                             \
    char *registers = r + caller->entry->register_count * STRIDE;                 \
    if (frame >= m->last_frame) LEAVE;                                            \
    if (registers + entry->register_count * STRIDE > m->end) LEAVE;               \
    if (--m->fuel < 0) LEAVE;                                                     \
    caller->pc = i + 1 - caller->entry->core;                                     \
    frame->entry = entry;                                                         \
    frame->function = object;                                                     \
    frame->registers = registers;                                                 \
    frame->target = i->a;                                                         \
    frame->holds_references = 0;                                                  \
    m->frame = frame;                                                             \
    const cm_value *from = R(i->c);                                               \
    cm_value *to = (cm_value *)registers, *end = to + entry->parameter_count;     \
    for (; to < end; to++, from++) {                                              \
      if (is_reference(from)) {                                                   \
        set_none(to);                                                             \
        assign(m, to, from);                                                      \
      } else {                                                                    \
        copy(to, from);                                                           \
      }                                                                           \
    }                                                                             \
    end = (cm_value *)registers + entry->register_count;                          \
    for (; to < end; to++) set_none(to);                                          \
    if (entry->capture_count > 0) take_captures(m, frame, f);                     \
    r = registers;                                                                \
    k = entry->constants;                                                         \
    CONTINUE(entry->core);                                                        \
  }

CALL(call, callee(SOURCE(i->b)))
CALL(call_global, callee(G(i->b)))
CALL(call_self, m->frame->function)

OP(result) {
  cm_frame *frame = m->frame, *caller = frame - 1;
  if (frame == m->floor) LEAVE;
  const cm_value *value = SOURCE(i->b);
  cm_value *target = (cm_value *)((char *)caller->registers + frame->target);
  // The target may be what keeps the function and its code alive.
  int64_t count = frame->holds_references ? frame->entry->register_count : 0;
  m->frame = caller;
  assign(m, target, value);
  if (count > 0) m->clear(r, count);
  r = caller->registers;
  k = caller->entry->constants;
  CONTINUE(caller->entry->core + caller->pc);
}

// Elements of tensors. An index below 0 counts from the end.

static inline int position(int64_t index, int64_t size, int64_t *result) {
  if (index < 0) index += size;
  *result = index;
  return index >= 0 && index < size;
}

// False when the machine must.
static inline int element_one(cm_value *a, const cm_value *base, const cm_value *x) {
  if (base->tag != CM_TENSOR || x->tag != CM_INT || is_reference(a)) return 0;
  const cm_window *w = window(base);
  int64_t row;
  if (!w->numbers || w->rank != 1 || !position(x->integer, w->rows, &row)) return 0;
  read_number(a, w, row);
  return 1;
}

static inline int element_two(cm_value *a, const cm_value *base, const cm_value *x,
                              const cm_value *y) {
  if (base->tag != CM_TENSOR || x->tag != CM_INT || y->tag != CM_INT || is_reference(a)) return 0;
  const cm_window *w = window(base);
  int64_t row, column;
  if (!w->numbers || w->rank != 2 || !position(x->integer, w->rows, &row) ||
      !position(y->integer, w->columns, &column)) {
    return 0;
  }
  read_number(a, w, row * w->columns + column);
  return 1;
}

OP(index_one) {
  if (!element_one(R(i->a), SOURCE(i->b), SOURCE(i->c))) LEAVE;
  NEXT;
}

OP(index_one_global) {
  if (!element_one(R(i->a), G(i->b), SOURCE(i->c))) LEAVE;
  NEXT;
}

OP(index_two) {
  if (!element_two(R(i->a), SOURCE(i->b), SOURCE(i->c), SOURCE(i->d))) LEAVE;
  NEXT;
}

OP(index_two_global) {
  if (!element_two(R(i->a), G(i->b), SOURCE(i->c), SOURCE(i->d))) LEAVE;
  NEXT;
}

// Writes a number in place when nobody else refers to the tensor. False when the machine must.
static int write_number(cm_machine *m, cm_value *target, const cm_value *v, int64_t at) {
  if (!is_number(v) || !m->is_sole(target)) return 0;
  const cm_window *w = window(target);
  if (w->is_double) {
    ((double *)w->numbers)[at] = number(v);
  } else {
    ((float *)w->numbers)[at] = (float)number(v);
  }
  return 1;
}

static inline int set_one(cm_machine *m, cm_value *target, const cm_value *v, const cm_value *x) {
  if (target->tag != CM_TENSOR || x->tag != CM_INT) return 0;
  const cm_window *w = window(target);
  int64_t row;
  if (!w->numbers || w->is_mask || w->rank != 1 || !position(x->integer, w->rows, &row)) return 0;
  return write_number(m, target, v, row);
}

static inline int set_two(cm_machine *m, cm_value *target, const cm_value *v, const cm_value *x,
                          const cm_value *y) {
  if (target->tag != CM_TENSOR || x->tag != CM_INT || y->tag != CM_INT) return 0;
  const cm_window *w = window(target);
  int64_t row, column;
  if (!w->numbers || w->is_mask || w->rank != 2 || !position(x->integer, w->rows, &row) ||
      !position(y->integer, w->columns, &column)) {
    return 0;
  }
  return write_number(m, target, v, row * w->columns + column);
}

OP(set_one) {
  if (!set_one(m, R(i->a), SOURCE(i->b), SOURCE(i->c))) LEAVE;
  NEXT;
}

OP(set_one_global) {
  if (!set_one(m, G(i->a), SOURCE(i->b), SOURCE(i->c))) LEAVE;
  NEXT;
}

OP(set_two) {
  if (!set_two(m, R(i->a), SOURCE(i->b), SOURCE(i->c), SOURCE(i->d))) LEAVE;
  NEXT;
}

OP(set_two_global) {
  if (!set_two(m, G(i->a), SOURCE(i->b), SOURCE(i->c), SOURCE(i->d))) LEAVE;
  NEXT;
}

// Gathering

OP(list_append) {
  const cm_value *value = SOURCE(i->b), *host = R(i->a);
  if (host->tag != CM_HOST || value->tag > CM_BOOL) LEAVE;
  cm_list *list = *(cm_list **)((const char *)host->object + 16);
  if (list->count == list->capacity) LEAVE;
  list->bits[list->count] = value->bits;
  list->tags[list->count] = value->tag;
  list->count++;
  NEXT;
}

// `s` is the running result, `v` the value.
#define REDUCTION(NAME, ACCEPTS, STEP)                                 \
  OP(NAME) {                                                           \
    const cm_value *v = SOURCE(i->b);                                  \
    cm_value *s = R(i->a);                                             \
    if (!(ACCEPTS(v))) LEAVE;                                          \
    if (s->tag == CM_NONE) {                                           \
      copy(s, v);                                                      \
    } else {                                                           \
      if (!(ACCEPTS(s))) LEAVE;                                        \
      STEP                                                             \
    }                                                                  \
    NEXT;                                                              \
  }

#define IS_BOOL(v) ((v)->tag == CM_BOOL)

#define FOLD(CHECKED_BY, SIGN)                                         \
  if (s->tag == CM_INT && v->tag == CM_INT) {                          \
    int64_t z;                                                         \
    if (CHECKED_BY(s->integer, v->integer, &z)) LEAVE;                 \
    s->integer = z;                                                    \
  } else {                                                             \
    set_real(s, number(s) SIGN number(v));                             \
  }

#define KEEP(SIGN)                                                     \
  int is_better = s->tag == CM_INT && v->tag == CM_INT                 \
                      ? v->integer SIGN s->integer                     \
                      : number(v) SIGN number(s);                      \
  if (is_better) copy(s, v);

REDUCTION(reduce_sum, is_number, FOLD(__builtin_add_overflow, +))
REDUCTION(reduce_product, is_number, FOLD(__builtin_mul_overflow, *))
REDUCTION(reduce_greatest, is_number, KEEP(>))
REDUCTION(reduce_least, is_number, KEEP(<))
REDUCTION(reduce_any, IS_BOOL, s->bits |= v->bits & 1;)
REDUCTION(reduce_all, IS_BOOL, set_bool(s, holds(s) & holds(v));)

OP(reduce_mean) {
  const cm_value *v = SOURCE(i->b);
  cm_value *s = R(i->a), *count = s + 1;
  if (!is_number(v)) LEAVE;
  if (s->tag == CM_NONE) {
    if (count->tag != CM_NONE) LEAVE;
    copy(s, v);
    set_int(count, 1);
    NEXT;
  }
  if (!is_number(s) || count->tag != CM_INT) LEAVE;
  FOLD(__builtin_add_overflow, +)
  count->integer++;
  NEXT;
}

OP(reduce_end) {
  if (R(i->a)->tag > CM_BOOL) LEAVE;
  NEXT;
}

#define HANDLER(name) op_##name,
static const cm_handler handlers[CM_OPCODE_COUNT] = {CM_OPCODES(HANDLER)};
#undef HANDLER

cm_handler cm_handler_of(cm_opcode opcode) { return handlers[opcode]; }

void cm_run(cm_machine *m) {
  const cm_frame *frame = m->frame;
  const cm_instruction *i = frame->entry->core + frame->pc;
  i->run(i, frame->registers, frame->entry->constants, m);
}
