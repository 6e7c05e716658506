#define _GNU_SOURCE
#include <sys/mman.h>
#include <unistd.h>

#include "CKernels.h"

// A range of 2^30 bytes and more is made of at most this many pieces, far below the number of
// mappings that Linux allows a process.
enum { most_pieces = 8192 };

void *ck_scratch_map(size_t bytes) {
  const size_t page = 1 << 21;
  size_t piece = (bytes / most_pieces + page) / page * page;
  if (piece < (size_t)1 << 24) piece = (size_t)1 << 24;
  char *start = mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (start == MAP_FAILED) return NULL;
  int file = memfd_create("fdsl-scratch", MFD_CLOEXEC);
  if (file < 0 || ftruncate(file, (off_t)piece) != 0) goto failed;
  for (size_t at = 0; at < bytes; at += piece) {
    size_t size = bytes - at < piece ? bytes - at : piece;
    if (mmap(start + at, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file, 0)
        == MAP_FAILED)
      goto failed;
  }
  close(file);
  return start;
failed:
  if (file >= 0) close(file);
  munmap(start, bytes);
  return NULL;
}

void ck_scratch_unmap(void *start, size_t bytes) { munmap(start, bytes); }
