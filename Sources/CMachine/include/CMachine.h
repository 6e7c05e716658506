#pragma once

#include <stdint.h>

// The core of the register machine: the instructions that scalar loops and calls consist of, run
// directly on the machine's registers. Whatever else comes up is left to the machine, one
// instruction at a time: operands that are not numbers, errors, everything that makes objects.
//
// The machine is written in Swift, and so are its values. `cm_value` and the objects below say how
// the core expects them in memory; the machine looks once whether they are, and does without the
// core when they are not. References are counted by the two functions that the machine lends.

// Kinds of values in the order of `Value`. From the first reference on up to none, a value has
// to be counted.
enum {
  CM_INT = 0,
  CM_REAL = 1,
  CM_BOOL = 2,
  CM_COMPLEX = 3,
  CM_FIRST_REFERENCE = 4,
  CM_RANGE = 5,
  CM_TENSOR = 6,
  CM_FUNCTION = 8,
  CM_HOST = 9,
  CM_NONE = 10,
};

// A value: 17 bytes, 24 apart.
typedef struct {
  union {
    int64_t integer;
    double real;
    uint64_t bits;  // a bool is its lowest byte
    const void *object;
  };
  uint64_t second;  // the imaginary part of a complex number; 0 with none
  uint8_t tag;
} cm_value;

typedef struct cm_instruction cm_instruction;
typedef struct cm_machine cm_machine;

// Runs the instruction at `i` and all that follow it. `r` and `k` are the registers and constants
// of the running function.
typedef void (*cm_handler)(const cm_instruction *i, char *r, char *k, cm_machine *m);

// One instruction of the core, at the same position as the machine's. Operands that are registers
// or constants are given in bytes; jumps in bytes from the instruction itself.
struct cm_instruction {
  cm_handler run;
  int32_t a, b;
  union {
    struct {
      int32_t c, d;
    };
    const void *function;  // an object that the machine calls, held by the code
  };
};

// What a call needs of a function's code.
typedef struct {
  const void *code;          // the object that owns all of this
  const void *instructions;  // the machine's own
  void *constants;
  const cm_instruction *core;  // null when the core is not used
  const int32_t *captured;     // registers in bytes, one for each value taken along
  int64_t register_count, parameter_count, capture_count;
} cm_entry;

// A call under way.
typedef struct {
  const cm_entry *entry;
  const void *function;  // not held; null for a statement
  void *registers;
  int64_t pc;      // the next instruction
  int64_t target;  // the caller's register for the result, in bytes
  int64_t holds_references;
} cm_frame;

struct cm_machine {
  cm_frame *frame;       // the innermost
  cm_frame *last_frame;  // none may begin here
  cm_frame *floor;       // not left by the core
  char *end;             // of the registers
  char *globals;
  int64_t fuel;  // jumps back and calls until one is left to the machine, which polls
  // Assigns a value, counting references.
  void (*assign)(void *to, const void *from);
  // Lets go of values and leaves none.
  void (*clear)(void *first, int64_t count);
  // Whether nobody else refers to the tensor of this value, or to its numbers.
  int (*is_sole)(void *tensor);
  // Functions of reals.
  double (*unary)(const void *function, double x);
  double (*binary)(const void *function, double x, double y);
  double (*power)(double x, double y);
  double (*remainder)(double x, double y);
};

// The beginnings of the machine's objects; two words come before each.
typedef struct {
  const cm_entry *entry;  // null unless the function is written in the language
  const void *captures;
} cm_function;

typedef struct {
  void *numbers;  // row-major; null when they are not to be read here
  int64_t rank;
  int64_t rows, columns;  // the first two axes, 1 where there are fewer
  int32_t is_double;      // else single precision
  int32_t is_mask;
} cm_window;

// Numbers gathered by a comprehension.
typedef struct {
  uint64_t *bits;
  uint8_t *tags;
  int64_t count, capacity;
} cm_list;

// What the core does by itself. An operand is a register, or a constant when negative (`~bytes`).
// The operators of two exist four times, by whether b and c are registers or constants; `if_less`
// is `less` together with the jump_false behind it, which reads its result.
#define CM_FOUR(X, name) X(name##_rr) X(name##_rk) X(name##_kr) X(name##_kk)
#define CM_OPCODES(X)                                                                   \
  X(leave)                  /* ask the machine */                                       \
  X(move)                   /* a ← b */                                                 \
  X(load_global)            /* a ← globals[b] */                                        \
  X(store_global)           /* globals[a] ← b */                                        \
  X(borrow)                 /* a ← none: its only reader looks where the value is */    \
  X(borrow_global)          /* the same, for globals[b] */                              \
  CM_FOUR(X, add)           /* a ← b op c */                                            \
  CM_FOUR(X, subtract)                                                                  \
  CM_FOUR(X, multiply)                                                                  \
  CM_FOUR(X, divide)                                                                    \
  CM_FOUR(X, floor_divide)                                                              \
  CM_FOUR(X, remainder)                                                                 \
  X(floor_divide_shift)     /* a ← b // 2^c */                                          \
  X(remainder_mask)         /* a ← b % 2^c */                                           \
  CM_FOUR(X, power)                                                                     \
  CM_FOUR(X, equal)                                                                     \
  CM_FOUR(X, not_equal)                                                                 \
  CM_FOUR(X, less)                                                                      \
  CM_FOUR(X, less_equal)                                                                \
  CM_FOUR(X, greater)                                                                   \
  CM_FOUR(X, greater_equal)                                                             \
  CM_FOUR(X, if_equal)      /* a ← b op c, and to the jump's c unless it holds */       \
  CM_FOUR(X, if_not_equal)                                                              \
  CM_FOUR(X, if_less)                                                                   \
  CM_FOUR(X, if_less_equal)                                                             \
  CM_FOUR(X, if_greater)                                                                \
  CM_FOUR(X, if_greater_equal)                                                          \
  X(both)                   /* a ← b and c */                                           \
  X(either)                 /* a ← b or c */                                            \
  X(negate)                 /* a ← op b */                                              \
  X(invert)                                                                             \
  X(square_root)                                                                        \
  X(modulus)                                                                            \
  X(floor)                  /* an integer where it fits 64 bits */                      \
  X(ceil)                                                                               \
  X(round)                                                                              \
  X(truncate)                                                                           \
  X(unary)                  /* a ← function of b */                                     \
  X(binary)                 /* a ← function of b and the register behind */               \
  X(least)                  /* a ← the smaller of b and the register behind it */       \
  X(greatest)                                                                           \
  X(pick)                   /* a ← one of the two registers behind b, by b */           \
  X(jump)                   /* to c */                                                  \
  X(jump_back)              /* to c, using fuel */                                      \
  X(jump_false)             /* to c unless b holds */                                   \
  X(jump_true)              /* to c if b holds */                                       \
  X(jump_if_false)          /* to c if b is the bool false */                           \
  X(jump_if_true)           /* to c if b is the bool true */                            \
  X(jump_if_set)            /* to c unless a is none */                                 \
  X(range_loop)             /* a..a+3 ← state of a loop from b to b+1 by b+2, closed if c; */ \
                            /* d ← none: the range itself is not made */                \
  X(loop_next)              /* b ← next element of the loop at a, or to c */            \
  X(loop_next_move)         /* and the move behind it */                                \
  X(jump_back_loop)         /* jump_back and the loop_next that it leads to */          \
  X(jump_back_loop_move)                                                                \
  X(call)                   /* a ← function b with d arguments from c */                \
  X(call_global)            /* a ← function globals[b] with d arguments from c */       \
  X(call_self)              /* a ← the running function with d arguments from c */      \
  X(result)                 /* leave with b */                                          \
  X(index_one)              /* a ← b[c] */                                              \
  X(index_one_global)       /* a ← globals[b][c] */                                     \
  X(index_two)              /* a ← b[c, d] */                                           \
  X(index_two_global)                                                                   \
  X(set_one)                /* a[c] ← b */                                              \
  X(set_one_global)         /* globals[a][c] ← b */                                     \
  X(set_two)                /* a[c, d] ← b */                                           \
  X(set_two_global)                                                                     \
  X(list_append)            /* the list a takes b */                                    \
  X(reduce_sum)             /* a, a+1 ← running reduction with b */                     \
  X(reduce_product)                                                                     \
  X(reduce_greatest)                                                                    \
  X(reduce_least)                                                                       \
  X(reduce_mean)                                                                        \
  X(reduce_any)                                                                         \
  X(reduce_all)                                                                         \
  X(reduce_end)             /* the result is in a */

#define CM_ENUMERATE(name) CM_OP_##name,
typedef enum { CM_OPCODES(CM_ENUMERATE) CM_OPCODE_COUNT } cm_opcode;
#undef CM_ENUMERATE

cm_handler cm_handler_of(cm_opcode opcode);

// Runs the innermost call from its pc on until an instruction is for the machine: then pc is that
// one's, and `frame` the call it belongs to.
void cm_run(cm_machine *m);
