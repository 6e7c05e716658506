#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "CPNG.h"

// Where libpng jumps on trouble, and what it said.
typedef struct {
  jmp_buf place;
  char *message;
} trouble;

static void on_error(png_structp png, png_const_charp text) {
  trouble *t = png_get_error_ptr(png);
  strncpy(t->message, text, CPNG_MESSAGE_SIZE - 1);
  t->message[CPNG_MESSAGE_SIZE - 1] = 0;
  longjmp(t->place, 1);
}
static void on_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}
static void say(char *message, const char *text) {
  strncpy(message, text, CPNG_MESSAGE_SIZE - 1);
  message[CPNG_MESSAGE_SIZE - 1] = 0;
}

void cpng_free(cpng_buffer *buffer) {
  free(buffer->bytes);
  buffer->bytes = NULL;
  buffer->count = 0;
}

// MARK: writing

typedef struct {
  cpng_buffer *out;
  size_t capacity;
} sink;

static void append(png_structp png, png_bytep data, size_t count) {
  sink *s = png_get_io_ptr(png);
  if (s->out->count + count > s->capacity) {
    size_t capacity = s->capacity ? s->capacity * 2 : 1 << 12;
    while (capacity < s->out->count + count) capacity *= 2;
    uint8_t *bytes = realloc(s->out->bytes, capacity);
    if (!bytes) png_error(png, "out of memory");
    s->out->bytes = bytes;
    s->capacity = capacity;
  }
  memcpy(s->out->bytes + s->out->count, data, count);
  s->out->count += count;
}
static void flush(png_structp png) { (void)png; }

int cpng_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int channels, int level,
                int filters, const cpng_text *texts, int text_count, cpng_buffer *out,
                char *message) {
  out->bytes = NULL;
  out->count = 0;
  message[0] = 0;
  int type = channels == 1   ? PNG_COLOR_TYPE_GRAY
             : channels == 3 ? PNG_COLOR_TYPE_RGB
             : channels == 4 ? PNG_COLOR_TYPE_RGB_ALPHA
                             : -1;
  if (type < 0 || width == 0 || height == 0 || width > 0x7fffffff || height > 0x7fffffff) {
    say(message, "a PNG file has 1 to 2147483647 rows and columns of 1, 3 or 4 channels");
    return CPNG_ARGUMENT;
  }
  trouble t = {.message = message};
  sink s = {out, 0};
  png_textp chunks = calloc(text_count > 0 ? text_count : 1, sizeof *chunks);
  png_structp png =
      chunks ? png_create_write_struct(PNG_LIBPNG_VER_STRING, &t, on_error, on_warning) : NULL;
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_write_struct(&png, NULL);
    free(chunks);
    say(message, "out of memory");
    return CPNG_NO_MEMORY;
  }
  // Nothing changed after this line is read after a jump but through pointers.
  if (setjmp(t.place)) {
    png_destroy_write_struct(&png, &info);
    free(chunks);
    cpng_free(out);
    return CPNG_DAMAGED;
  }
  png_set_write_fn(png, &s, append, flush);
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  png_set_IHDR(png, info, width, height, 8, type, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level(png, level);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, filters ? PNG_ALL_FILTERS : PNG_FILTER_NONE);
  // Runs and Huffman codes alone: as fast as the least level, and smaller on line art and noise.
  if (!filters) png_set_compression_strategy(png, Z_RLE);
  for (int i = 0; i < text_count; i++) {
    chunks[i].compression = PNG_ITXT_COMPRESSION_NONE;
    chunks[i].key = (char *)texts[i].key;
    chunks[i].text = (char *)texts[i].text;
    chunks[i].itxt_length = strlen(texts[i].text);
    int is_ascii = 1;
    for (const char *c = texts[i].text; *c; c++) is_ascii &= (unsigned char)*c < 128;
    if (is_ascii) {
      chunks[i].compression = PNG_TEXT_COMPRESSION_NONE;
      chunks[i].text_length = strlen(texts[i].text);
      chunks[i].itxt_length = 0;
    }
  }
  if (text_count > 0) png_set_text(png, info, chunks, text_count);
  png_write_info(png, info);
  for (uint32_t y = 0; y < height; y++) {
    png_write_row(png, (png_bytep)(pixels + (size_t)y * width * channels));
  }
  png_write_end(png, NULL);
  png_destroy_write_struct(&png, &info);
  free(chunks);
  return CPNG_OK;
}

// MARK: reading

typedef struct {
  const uint8_t *bytes;
  size_t count, used;
} source;

static void take(png_structp png, png_bytep data, size_t count) {
  source *s = png_get_io_ptr(png);
  if (count > s->count - s->used) png_error(png, "the file ends too early");
  memcpy(data, s->bytes + s->used, count);
  s->used += count;
}

// The big-endian word at `at`.
static uint32_t word(const uint8_t *at) {
  return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

int cpng_read_header(const uint8_t *bytes, size_t count, cpng_header *header, char *message) {
  message[0] = 0;
  memset(header, 0, sizeof *header);
  if (count < 8 || png_sig_cmp(bytes, 0, 8)) {
    say(message, "the file does not start with the PNG signature");
    return CPNG_NOT_PNG;
  }
  if (count < 33 || word(bytes + 8) != 13 || memcmp(bytes + 12, "IHDR", 4)) {
    say(message, "the file has no header chunk");
    return CPNG_DAMAGED;
  }
  header->width = word(bytes + 16);
  header->height = word(bytes + 20);
  header->depth = bytes[24];
  int type = bytes[25];
  header->channels = type == 0 ? 1 : type == 2 || type == 3 ? 3 : 4;
  if (header->width == 0 || header->height == 0 || header->width > 0x7fffffff ||
      header->height > 0x7fffffff) {
    say(message, "width or height is zero or beyond the standard");
    return CPNG_DAMAGED;
  }
  return CPNG_OK;
}

int cpng_decode(const uint8_t *bytes, size_t count, uint64_t limit, cpng_header *header,
                cpng_buffer *pixels, char *message) {
  pixels->bytes = NULL;
  pixels->count = 0;
  int code = cpng_read_header(bytes, count, header, message);
  if (code) return code;
  if ((uint64_t)header->width * header->height > limit) {
    say(message, "more pixels than allowed");
    return CPNG_TOO_LARGE;
  }
  trouble t = {.message = message};
  source s = {bytes, count, 0};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &t, on_error, on_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_read_struct(&png, NULL, NULL);
    say(message, "out of memory");
    return CPNG_NO_MEMORY;
  }
  png_bytep *volatile rows = NULL;
  if (setjmp(t.place)) {
    png_destroy_read_struct(&png, &info, NULL);
    free(rows);
    cpng_free(pixels);
    return CPNG_DAMAGED;
  }
  png_set_read_fn(png, &s, take);
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
  png_read_info(png, info);
  int type = png_get_color_type(png, info);
  if (type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (type == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png, info) < 8) {
    png_set_expand_gray_1_2_4_to_8(png);
  }
  int has_transparency = png_get_valid(png, info, PNG_INFO_tRNS) != 0;
  if (has_transparency) png_set_tRNS_to_alpha(png);
  if (png_get_bit_depth(png, info) == 16) png_set_scale_16(png);
  if (type == PNG_COLOR_TYPE_GRAY_ALPHA || (type == PNG_COLOR_TYPE_GRAY && has_transparency)) {
    png_set_gray_to_rgb(png);
  }
  png_set_interlace_handling(png);
  png_read_update_info(png, info);
  header->channels = png_get_channels(png, info);
  size_t stride = png_get_rowbytes(png, info);
  if (stride != (size_t)header->width * header->channels) png_error(png, "unexpected row size");
  pixels->count = stride * header->height;
  pixels->bytes = malloc(pixels->count);
  rows = malloc(sizeof *rows * header->height);
  if (!pixels->bytes || !rows) png_error(png, "out of memory");
  for (uint32_t y = 0; y < header->height; y++) rows[y] = pixels->bytes + y * stride;
  png_read_image(png, rows);
  png_read_end(png, NULL);
  png_destroy_read_struct(&png, &info, NULL);
  free(rows);
  return CPNG_OK;
}

int cpng_read_texts(const uint8_t *bytes, size_t count, cpng_buffer *out, char *message) {
  out->bytes = NULL;
  out->count = 0;
  cpng_header header;
  int code = cpng_read_header(bytes, count, &header, message);
  if (code) return code;
  trouble t = {.message = message};
  source s = {bytes, count, 0};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &t, on_error, on_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_read_struct(&png, NULL, NULL);
    say(message, "out of memory");
    return CPNG_NO_MEMORY;
  }
  if (setjmp(t.place)) {
    png_destroy_read_struct(&png, &info, NULL);
    cpng_free(out);
    return CPNG_DAMAGED;
  }
  png_set_read_fn(png, &s, take);
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  // Only what stands before the pixels: that is where recipes are written.
  png_read_info(png, info);
  png_textp chunks;
  int n = png_get_text(png, info, &chunks, NULL);
  size_t size = 1;
  for (int i = 0; i < n; i++) size += strlen(chunks[i].key) + strlen(chunks[i].text) + 2;
  out->bytes = malloc(size);
  if (!out->bytes) png_error(png, "out of memory");
  for (int i = 0; i < n; i++) {
    const char *parts[2] = {chunks[i].key, chunks[i].text};
    for (int k = 0; k < 2; k++) {
      size_t length = strlen(parts[k]) + 1;
      memcpy(out->bytes + out->count, parts[k], length);
      out->count += length;
    }
  }
  png_destroy_read_struct(&png, &info, NULL);
  return CPNG_OK;
}
