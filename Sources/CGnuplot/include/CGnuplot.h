#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The version of gnuplot-iostream's interface and of Boost that this was built with.
const char *cg_versions(void);

/// A gnuplot script that is being written to a file through gnuplot-iostream.
typedef struct cg_script cg_script;

/// Creates the file `path` (which must not exist) and a stream into it.
/// Returns NULL on failure and then writes the reason into `message`.
cg_script *cg_script_create(const char *path, char *message, size_t message_size);

/// Appends `length` bytes as they are. Returns 0, or -1 when the stream failed.
int cg_script_text(cg_script *script, const char *bytes, size_t length);

/// Appends `count` bytes of samples as a binary array.
int cg_script_bytes(cg_script *script, const uint8_t *samples, size_t count);

/// Appends `count` single-precision samples as a binary array.
int cg_script_floats(cg_script *script, const float *samples, size_t count);

/// Flushes, syncs and closes; frees `script` in every case. Returns 0 only if every byte arrived.
int cg_script_close(cg_script *script, char *message, size_t message_size);

/// How a run of gnuplot ended.
typedef enum {
  CG_ENDED = 0,      // exit_status holds the exit code, or 128 + signal
  CG_TIMED_OUT = 1,  // stopped after the time limit
  CG_CANCELLED = 2,  // `should_stop` said so
  CG_NOT_STARTED = 3 // the program could not be started; output holds why
} cg_ending;

/// What `cg_run` has to know.
typedef struct {
  const char *program;                // path of the program
  const char *const *arguments;       // NULL-terminated, the program's name first
  const char *const *environment;     // NULL-terminated "NAME=value"; nothing else is inherited
  const char *directory;              // working directory
  double seconds;                     // time limit
  int (*should_stop)(void *context);  // polled about twenty times a second; may be NULL
  void *context;
} cg_job;

/// Runs a program in its own process group with no standard input, collects what it prints
/// (both streams, at most `output_size - 1` bytes, NUL-terminated) and waits for it.
/// The whole group is killed on time-out, on cancellation, and after the program has ended.
cg_ending cg_run(const cg_job *job, int *exit_status, char *output, size_t output_size);

#ifdef __cplusplus
}
#endif
