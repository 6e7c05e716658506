#define _GNU_SOURCE
#include "CEdit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

// A handler may only write; whoever waits for input polls the other end of this pipe. It belongs
// to the process, as signal handlers do.
static int signal_pipe[2] = {-1, -1};

static void on_signal(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  // A full pipe means that signals wait already: nothing is lost that matters.
  ssize_t written = write(signal_pipe[1], &byte, 1);
  (void)written;
  errno = saved;
}

int ce_watch_signals(void) {
  if (signal_pipe[0] >= 0) return 0;
  if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  struct sigaction action = {.sa_handler = on_signal};
  sigemptyset(&action.sa_mask);
  action.sa_flags = 0;  // Without SA_RESTART, so that a blocking read comes back at once.
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGWINCH, &action, NULL);
  sigaction(SIGCONT, &action, NULL);
  signal(SIGPIPE, SIG_IGN);
  return 0;
}

int ce_signal_descriptor(void) { return signal_pipe[0]; }

void ce_window(int descriptor, int *columns, int *rows) {
  struct winsize size = {0};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) size.ws_col = size.ws_row = 0;
  *columns = size.ws_col;
  *rows = size.ws_row;
}
