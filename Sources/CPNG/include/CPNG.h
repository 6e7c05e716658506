#pragma once

#include <stddef.h>
#include <stdint.h>

// PNG files in memory, on libpng. No libpng error jumps across this border: each function returns
// a code and writes a message.

enum cpng_code {
  CPNG_OK = 0,
  CPNG_NOT_PNG = 1,    // the bytes do not start as a PNG file does
  CPNG_DAMAGED = 2,    // cut short, wrong check sum, or against the standard
  CPNG_TOO_LARGE = 3,  // width, height or their product above the limit given
  CPNG_NO_MEMORY = 4,
  CPNG_ARGUMENT = 5,   // sizes or channels that no PNG file can have
};

enum { CPNG_MESSAGE_SIZE = 200 };

// One keyword and its text, both UTF-8 and ended by NUL.
typedef struct {
  const char *key;
  const char *text;
} cpng_text;

// What a file's header says, known before anything is decoded.
typedef struct {
  uint32_t width, height;
  int channels;  // of the decoded picture: 1, 3 or 4; two-channel files become four
  int depth;     // bits a sample in the file
} cpng_header;

// Bytes that this library allocated; give them back with cpng_free.
typedef struct {
  uint8_t *bytes;
  size_t count;
} cpng_buffer;

void cpng_free(cpng_buffer *buffer);

// Encodes height x width x channels bytes, row by row. `level` is zlib's 0...9; `filters` turns
// the adaptive filters on. The same arguments give the same bytes.
int cpng_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int channels, int level,
                int filters, const cpng_text *texts, int text_count, cpng_buffer *out,
                char *message);

// Reads the header only.
int cpng_read_header(const uint8_t *bytes, size_t count, cpng_header *header, char *message);

// Decodes to height x width x channels bytes; refuses pictures of more than `limit` pixels before
// it allocates. Palettes become colours, 16 bits become 8, gray with alpha becomes four channels.
int cpng_decode(const uint8_t *bytes, size_t count, uint64_t limit, cpng_header *header,
                cpng_buffer *pixels, char *message);

// The text chunks as key NUL text NUL key NUL text NUL ...
int cpng_read_texts(const uint8_t *bytes, size_t count, cpng_buffer *out, char *message);
