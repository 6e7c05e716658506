#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

#include "CKernels.h"

// libgomp's entry for a parallel region: calls `body` once on each thread of a team.
static void (*gomp_parallel)(void (*body)(void *), void *context, unsigned threads,
                             unsigned flags);
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  // Turns of the waiting loop before an idle thread sleeps, about 0.2 ms: longer than the gaps
  // inside a training step, and nothing to notice between two entries of a session.
  setenv("GOMP_SPINCOUNT", "4000", 0);
  void *library = dlopen("libgomp.so.1", RTLD_NOW | RTLD_GLOBAL);
  if (library)
    gomp_parallel = (void (*)(void (*)(void *), void *, unsigned, unsigned))dlsym(
        library, "GOMP_parallel");
}

int ck_team_available(void) {
  pthread_once(&once, load);
  return gomp_parallel != NULL;
}

void ck_team_run(int threads, void (*body)(void *), void *context) {
  if (threads > 1 && ck_team_available())
    gomp_parallel(body, context, (unsigned)threads, 0);
  else
    body(context);
}
