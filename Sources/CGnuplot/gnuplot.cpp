// The only C++ of the project: gnuplot-iostream on a FILE*, and the process that reads the file.
//
// The script is a file first and gnuplot reads it afterwards: there is no pipe that could break,
// errors carry a line, and gnuplot stops at the first of them.

#include "CGnuplot.h"

#include <boost/version.hpp>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <memory>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <gnuplot-iostream.h>
#pragma clang diagnostic pop

namespace {

void tell(char *message, size_t size, const char *text) {
  if (message && size) std::snprintf(message, size, "%s", text);
}

/// The container that gnuplot-iostream knows how to send.
template <typename T> std::vector<T> samples_of(const T *samples, size_t count) {
  return std::vector<T>(samples, samples + count);
}

} // namespace

struct cg_script {
  /// Kept beside the stream because gnuplot-iostream closes its own handle without a way to
  /// learn whether the last bytes arrived.
  int descriptor = -1;
  std::unique_ptr<Gnuplot> stream;
};

namespace {

/// Runs `body`; an exception or a failed stream becomes -1.
template <typename Body> int guarded(cg_script *script, Body body) {
  try {
    body(*script->stream);
    return script->stream->good() ? 0 : -1;
  } catch (...) {
    return -1;
  }
}

} // namespace

const char *cg_versions(void) {
  static char text[48];
  static const int written = std::snprintf(
      text, sizeof text, "interface %d, Boost %d.%d.%d", GNUPLOT_IOSTREAM_VERSION,
      BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100);
  return written > 0 ? text : "";
}

cg_script *cg_script_create(const char *path, char *message, size_t message_size) {
  int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) {
    tell(message, message_size, std::strerror(errno));
    return nullptr;
  }
  int second = fcntl(file, F_DUPFD_CLOEXEC, 3);
  FILE *handle = fdopen(file, "wb");
  if (second < 0 || !handle) {
    tell(message, message_size, std::strerror(errno));
    if (second >= 0) close(second);
    if (handle) fclose(handle);
    else close(file);
    return nullptr;
  }
  try {
    auto script = std::make_unique<cg_script>();
    script->descriptor = second;
    script->stream = std::make_unique<Gnuplot>(handle);
    return script.release();
  } catch (const std::exception &error) {
    tell(message, message_size, error.what());
  } catch (...) {
    tell(message, message_size, "gnuplot-iostream failed");
  }
  fclose(handle);
  close(second);
  return nullptr;
}

int cg_script_text(cg_script *script, const char *bytes, size_t length) {
  return guarded(script, [&](Gnuplot &stream) {
    stream.write(bytes, static_cast<std::streamsize>(length));
  });
}

int cg_script_bytes(cg_script *script, const uint8_t *samples, size_t count) {
  return guarded(script,
                 [&](Gnuplot &stream) { stream.sendBinary1d(samples_of(samples, count)); });
}

int cg_script_floats(cg_script *script, const float *samples, size_t count) {
  return guarded(script,
                 [&](Gnuplot &stream) { stream.sendBinary1d(samples_of(samples, count)); });
}

int cg_script_close(cg_script *script, char *message, size_t message_size) {
  int result = 0;
  try {
    script->stream->flush();
    if (!script->stream->good()) {
      tell(message, message_size, errno ? std::strerror(errno) : "the stream failed");
      result = -1;
    }
    script->stream.reset();
  } catch (...) {
    tell(message, message_size, "the stream failed");
    result = -1;
  }
  if (result == 0 && fsync(script->descriptor) != 0) {
    tell(message, message_size, std::strerror(errno));
    result = -1;
  }
  close(script->descriptor);
  delete script;
  return result;
}

cg_ending cg_run(const cg_job *job, int *exit_status, char *output, size_t output_size) {
  using Clock = std::chrono::steady_clock;
  *exit_status = -1;
  if (output_size) output[0] = 0;
  // Pipe `said` carries what gnuplot prints, `failed` the errno of a failed start: it closes by
  // itself when exec succeeds.
  int said[2], failed[2];
  if (pipe2(said, O_CLOEXEC) != 0) {
    tell(output, output_size, std::strerror(errno));
    return CG_NOT_STARTED;
  }
  if (pipe2(failed, O_CLOEXEC) != 0) {
    tell(output, output_size, std::strerror(errno));
    close(said[0]);
    close(said[1]);
    return CG_NOT_STARTED;
  }
  const pid_t child = fork();
  if (child == 0) {
    // Only async-signal-safe calls from here to exec.
    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    int null = open("/dev/null", O_RDONLY);
    if (null >= 0 && dup2(null, 0) >= 0 && dup2(said[1], 1) >= 0 && dup2(said[1], 2) >= 0
        && chdir(job->directory) == 0) {
      execve(job->program, const_cast<char *const *>(job->arguments),
             const_cast<char *const *>(job->environment));
    }
    int reason = errno;
    ssize_t ignored = write(failed[1], &reason, sizeof reason);
    (void)ignored;
    _exit(127);
  }
  close(said[1]);
  close(failed[1]);
  if (child < 0) {
    tell(output, output_size, std::strerror(errno));
    close(said[0]);
    close(failed[0]);
    return CG_NOT_STARTED;
  }
  // Also here, so that the group exists whichever of the two runs first.
  setpgid(child, child);
  int reason = 0;
  ssize_t got;
  do got = read(failed[0], &reason, sizeof reason);
  while (got < 0 && errno == EINTR);
  close(failed[0]);
  if (got == static_cast<ssize_t>(sizeof reason)) {
    waitpid(child, nullptr, 0);
    close(said[0]);
    tell(output, output_size, std::strerror(reason));
    return CG_NOT_STARTED;
  }

  const auto start = Clock::now();
  cg_ending ending = CG_ENDED;
  size_t used = 0;
  bool open_stream = true;
  int status = 0;
  bool ended = false;
  while (!ended) {
    pollfd wait = {said[0], POLLIN, 0};
    if (open_stream && poll(&wait, 1, 20) > 0) {
      char chunk[4096];
      ssize_t count = read(said[0], chunk, sizeof chunk);
      if (count == 0 || (count < 0 && errno != EINTR)) open_stream = false;
      for (ssize_t i = 0; i < count && used + 1 < output_size; i++) output[used++] = chunk[i];
    } else if (!open_stream) {
      poll(nullptr, 0, 2);
    }
    pid_t who = waitpid(child, &status, WNOHANG);
    if (who == child || (who < 0 && errno != EINTR)) ended = true;
    if (!ended) {
      const std::chrono::duration<double> passed = Clock::now() - start;
      if (passed.count() > job->seconds) ending = CG_TIMED_OUT;
      else if (job->should_stop && job->should_stop(job->context)) ending = CG_CANCELLED;
      if (ending != CG_ENDED) {
        kill(-child, SIGKILL);
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
        ended = true;
      }
    }
  }
  // Whatever the program left behind in its group goes too; then the pipe has no writer.
  kill(-child, SIGKILL);
  while (open_stream) {
    char chunk[4096];
    pollfd wait = {said[0], POLLIN, 0};
    if (poll(&wait, 1, 200) <= 0) break;
    ssize_t count = read(said[0], chunk, sizeof chunk);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    for (ssize_t i = 0; i < count && used + 1 < output_size; i++) output[used++] = chunk[i];
  }
  close(said[0]);
  if (output_size) output[used] = 0;
  *exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return ending;
}
