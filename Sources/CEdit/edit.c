#define _GNU_SOURCE
#include "CEdit.h"

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "wide characters are Unicode scalars");

enum { PROMPT_LIMIT = 256 };

struct ce_editor {
  EditLine *line;
  HistoryW *history;
  FILE *input_file, *output_file;
  int input, output;
  ce_hooks hooks;
  wchar_t prompt[PROMPT_LIMIT];
  bool is_vi;
  bool is_pasting;
  bool is_idle;           // `idle` was called and `busy` not yet
  bool was_interrupted;   // Ctrl-C ended the read
  uint32_t *pasted;
  size_t pasted_length, pasted_room;
  uint32_t *entry;        // the finished entry, without its newline
  size_t entry_length, entry_room;
  bool is_reading;
  uint8_t *ahead;         // bytes to use before reading
  size_t ahead_next, ahead_count;
};

static bool is_open = false;

// Keys that the editor presses itself, to reach functions that only work when libedit calls them.
// Control characters, because in vi's insert mode an escape is a key of its own; a terminal turns
// ^\ into a signal, and ^_ without a draft does nothing.
#define FINISH L"\034"
#define DRAFT L"\037"

static ce_editor *owner(EditLine *line) {
  void *data = NULL;
  el_wget(line, EL_CLIENTDATA, &data);
  return data;
}

static bool reserve(uint32_t **text, size_t *room, size_t wanted) {
  if (wanted <= *room) return true;
  size_t larger = wanted * 2 + 64;
  uint32_t *grown = realloc(*text, larger * sizeof **text);
  if (!grown) return false;
  *text = grown;
  *room = larger;
  return true;
}

// ---- Reading characters

static void write_all(int descriptor, const char *text) {
  size_t left = strlen(text);
  while (left > 0) {
    ssize_t count = write(descriptor, text, left);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    text += count;
    left -= (size_t)count;
  }
}

static void set_bracketed_paste(ce_editor *e, bool on) {
  // In vi keys the escape of the paste's frame would mean "command mode".
  if (e->is_vi && on) return;
  write_all(e->output, on ? "\033[?2004h" : "\033[?2004l");
}

static void leave_idle(ce_editor *e) {
  if (!e->is_idle) return;
  e->is_idle = false;
  if (e->hooks.busy) e->hooks.busy(e->hooks.context);
}

static bool input_waits(ce_editor *e) {
  if (e->ahead_next < e->ahead_count) return true;
  struct pollfd wait = {.fd = e->input, .events = POLLIN};
  return poll(&wait, 1, 0) > 0;
}

static void redraw(ce_editor *e, bool continued) {
  leave_idle(e);
  if (e->hooks.erase) e->hooks.erase(e->hooks.context, continued);
  if (continued) {
    // A shell puts its own terminal modes back when a program stops; libedit must set its own
    // again, and it does so only when it believes they are not set.
    el_wset(e->line, EL_PREP_TERM, 0);
    el_wset(e->line, EL_PREP_TERM, 1);
    set_bracketed_paste(e, true);
  }
  el_resize(e->line);
  el_wset(e->line, EL_REFRESH);
  if (e->hooks.idle) {
    e->is_idle = true;
    e->hooks.idle(e->hooks.context);
  }
}

// Empties the signal pipe. Returns true when Ctrl-C was among the signals.
static bool take_signals(ce_editor *e, bool react) {
  bool interrupt = false, resize = false, continued = false;
  int descriptor = ce_signal_descriptor();
  unsigned char bytes[64];
  if (descriptor < 0) return false;
  for (;;) {
    ssize_t count = read(descriptor, bytes, sizeof bytes);
    if (count <= 0) break;
    for (ssize_t i = 0; i < count; i++) {
      interrupt |= bytes[i] == SIGINT;
      resize |= bytes[i] == SIGWINCH;
      continued |= bytes[i] == SIGCONT;
    }
  }
  if (react && !interrupt && (resize || continued)) redraw(e, continued);
  return interrupt;
}

// One byte: 1, or 0 at the end, or -1 (EINTR for Ctrl-C).
static int next_byte(ce_editor *e, uint8_t *byte) {
  for (;;) {
    if (e->ahead_next < e->ahead_count) {
      *byte = e->ahead[e->ahead_next++];
      return 1;
    }
    struct pollfd wait[2] = {
        {.fd = e->input, .events = POLLIN},
        {.fd = ce_signal_descriptor(), .events = POLLIN},
    };
    if (poll(wait, 2, -1) < 0 && errno != EINTR) return -1;
    if (take_signals(e, true)) {
      e->was_interrupted = true;
      errno = EINTR;
      return -1;
    }
    if (!(wait[0].revents & (POLLIN | POLLHUP | POLLERR))) continue;
    ssize_t count = read(e->input, byte, 1);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0 && errno == EIO) return 0;  // The terminal went away.
    return (int)count;
  }
}

// Assembles one character; libedit calls it for each key.
static int read_character(EditLine *line, wchar_t *character) {
  ce_editor *e = owner(line);
  if (!e->is_pasting && !e->is_idle && e->hooks.idle && !input_waits(e)) {
    e->is_idle = true;
    e->hooks.idle(e->hooks.context);
  }
  uint8_t byte = 0;
  int got = next_byte(e, &byte);
  leave_idle(e);
  if (got <= 0) return got;
  int more = byte < 0x80 ? 0 : byte >= 0xC2 && byte < 0xE0 ? 1 : byte >= 0xE0 && byte < 0xF0 ? 2
           : byte >= 0xF0 && byte < 0xF5                   ? 3
                                                           : -1;
  if (more < 0) {
    *character = 0xFFFD;
    return 1;
  }
  uint32_t scalar = more == 0 ? byte : byte & (0x3F >> more);
  for (int i = 0; i < more; i++) {
    got = next_byte(e, &byte);
    if (got <= 0) return got;
    if ((byte & 0xC0) != 0x80) {
      *character = 0xFFFD;
      return 1;
    }
    scalar = scalar << 6 | (byte & 0x3F);
  }
  static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
  bool is_valid = scalar >= least[more] && scalar <= 0x10FFFF
               && !(scalar >= 0xD800 && scalar <= 0xDFFF);
  *character = is_valid ? (wchar_t)scalar : 0xFFFD;
  return 1;
}

// ---- Keys

static unsigned char answer(ce_editor *e, ce_key key) {
  switch (e->hooks.key(e->hooks.context, key)) {
    case CE_NOTHING: return CC_NORM;
    case CE_CHANGED: return CC_REFRESH;
    case CE_REFUSED: return CC_REFRESH_BEEP;
    case CE_REDRAW:
      el_wset(e->line, EL_REFRESH);
      return CC_NORM;
    case CE_ACCEPT: {
      // A function of our own that returned CC_NEWLINE would give a text without terminator and
      // echo no newline: go to the end and let libedit's own function finish the entry.
      const LineInfoW *now = el_wline(e->line);
      el_cursor(e->line, (int)(now->lastchar - now->cursor));
      el_wpush(e->line, FINISH);
      return CC_REFRESH;
    }
  }
  return CC_NORM;
}

#define KEY_FUNCTION(name, key) \
  static unsigned char name(EditLine *line, int c) { (void)c; return answer(owner(line), key); }

KEY_FUNCTION(on_enter, CE_KEY_ENTER)
KEY_FUNCTION(on_new_line, CE_KEY_NEW_LINE)
KEY_FUNCTION(on_tab, CE_KEY_TAB)
KEY_FUNCTION(on_up, CE_KEY_UP)
KEY_FUNCTION(on_down, CE_KEY_DOWN)
KEY_FUNCTION(on_right, CE_KEY_RIGHT)
KEY_FUNCTION(on_home, CE_KEY_HOME)
KEY_FUNCTION(on_end, CE_KEY_END)
KEY_FUNCTION(on_backspace, CE_KEY_BACKSPACE)
KEY_FUNCTION(on_draft, CE_KEY_DRAFT)

static unsigned char on_editor(EditLine *line, int c) {
  (void)c;
  ce_editor *e = owner(line);
  set_bracketed_paste(e, false);
  el_wset(line, EL_PREP_TERM, 0);
  unsigned char result = answer(e, CE_KEY_EDITOR);
  el_wset(line, EL_PREP_TERM, 1);
  set_bracketed_paste(e, true);
  return result;
}

static unsigned char on_paste(EditLine *line, int c) {
  (void)c;
  ce_editor *e = owner(line);
  static const wchar_t end[] = L"\033[201~";
  const size_t end_length = sizeof end / sizeof *end - 1;
  e->pasted_length = 0;
  e->is_pasting = true;
  bool is_closed = false;
  wchar_t character;
  while (!is_closed && el_wgetc(line, &character) == 1) {
    if (!reserve(&e->pasted, &e->pasted_room, e->pasted_length + 1)) break;
    e->pasted[e->pasted_length++] = (uint32_t)character;
    if (e->pasted_length >= end_length
        && wmemcmp((wchar_t *)e->pasted + e->pasted_length - end_length, end, end_length) == 0) {
      e->pasted_length -= end_length;
      is_closed = true;
    }
  }
  e->is_pasting = false;
  return is_closed ? answer(e, CE_KEY_PASTE) : CC_NORM;
}

static void bind_key(ce_editor *e, const wchar_t *key, const wchar_t *function) {
  el_wset(e->line, EL_BIND, key, function, NULL);
  if (e->is_vi) el_wset(e->line, EL_BIND, L"-a", key, function, NULL);
}

static void bind_keys(ce_editor *e) {
  static const struct { const wchar_t *key, *function; } plain[] = {
      {L"^J", L"fdsl-enter"}, {L"^M", L"fdsl-enter"}, {L"^I", L"fdsl-complete"},
      {L"^R", L"em-inc-search-prev"}, {L"^S", L"em-inc-search-next"},
      {L"^?", L"fdsl-backspace"}, {L"^H", L"fdsl-backspace"},
      {L"^\\", L"ed-newline"}, {L"^_", L"fdsl-draft"},
  };
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
    bind_key(e, plain[i].key, plain[i].function);
  }
  if (e->is_vi) {
    // Escape is a key of its own in vi's insert mode; sequences begin in command mode.
    el_wset(e->line, EL_BIND, L"-a", L"[A", L"fdsl-up", NULL);
    el_wset(e->line, EL_BIND, L"-a", L"[B", L"fdsl-down", NULL);
    el_wset(e->line, EL_BIND, L"-a", L"k", L"fdsl-up", NULL);
    el_wset(e->line, EL_BIND, L"-a", L"j", L"fdsl-down", NULL);
    return;
  }
  static const struct { const wchar_t *key, *function; } emacs[] = {
      {L"\\e[200~", L"fdsl-paste"},
      {L"\\e^J", L"fdsl-new-line"}, {L"\\e^M", L"fdsl-new-line"},
      {L"\\e[13;2u", L"fdsl-new-line"}, {L"\\e[13;3u", L"fdsl-new-line"},
      {L"\\e[A", L"fdsl-up"}, {L"\\eOA", L"fdsl-up"}, {L"^P", L"fdsl-up"},
      {L"\\e[B", L"fdsl-down"}, {L"\\eOB", L"fdsl-down"}, {L"^N", L"fdsl-down"},
      {L"\\e[C", L"fdsl-right"}, {L"\\eOC", L"fdsl-right"}, {L"^F", L"fdsl-right"},
      {L"\\e[D", L"ed-prev-char"}, {L"\\eOD", L"ed-prev-char"},
      {L"\\e[H", L"fdsl-home"}, {L"\\eOH", L"fdsl-home"}, {L"\\e[1~", L"fdsl-home"},
      {L"\\e[7~", L"fdsl-home"}, {L"^A", L"fdsl-home"},
      {L"\\e[F", L"fdsl-end"}, {L"\\eOF", L"fdsl-end"}, {L"\\e[4~", L"fdsl-end"},
      {L"\\e[8~", L"fdsl-end"}, {L"^E", L"fdsl-end"},
      {L"\\e[3~", L"ed-delete-next-char"}, {L"^W", L"ed-delete-prev-word"},
      {L"\\e[1;5D", L"ed-prev-word"}, {L"\\e[1;5C", L"em-next-word"},
      {L"\\e[1;3D", L"ed-prev-word"}, {L"\\e[1;3C", L"em-next-word"},
      {L"^X^E", L"fdsl-editor"},
  };
  for (size_t i = 0; i < sizeof emacs / sizeof *emacs; i++) {
    bind_key(e, emacs[i].key, emacs[i].function);
  }
}

static wchar_t *prompt_of(EditLine *line) { return owner(line)->prompt; }

// ---- Opening and closing

// libedit never sets the locale, and without a UTF-8 one it takes every byte for a character.
static bool has_utf8;

static void choose_locale(void) {
  setlocale(LC_CTYPE, "");
  has_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0 || setlocale(LC_CTYPE, "C.UTF-8")
          || setlocale(LC_CTYPE, "en_US.UTF-8");
}

static bool ensure_utf8(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, choose_locale);
  return has_utf8;
}

static FILE *stream_on(int descriptor, const char *mode) {
  int copy = dup(descriptor);
  if (copy < 0) return NULL;
  FILE *file = fdopen(copy, mode);
  if (!file) close(copy);
  return file;
}

ce_editor *ce_open(int input, int output, const char *terminal, ce_hooks hooks) {
  if (is_open || !ensure_utf8() || ce_watch_signals() != 0) return NULL;
  ce_editor *e = calloc(1, sizeof *e);
  if (!e) return NULL;
  e->input = input;
  e->output = output;
  e->hooks = hooks;
  e->input_file = stream_on(input, "r");
  e->output_file = stream_on(output, "w");
  e->history = history_winit();
  if (e->input_file && e->output_file && e->history) {
    e->line = el_init("fdsl", e->input_file, e->output_file, stderr);
  }
  if (!e->line) {
    ce_close(e);
    return NULL;
  }
  is_open = true;
  EditLine *line = e->line;
  HistEventW event;
  history_w(e->history, &event, H_SETSIZE, 20000);
  el_wset(line, EL_CLIENTDATA, e);
  if (terminal) el_set(line, EL_TERMINAL, terminal);
  el_wset(line, EL_SIGNAL, 0);
  el_wset(line, EL_HIST, history_w, e->history);
  el_wset(line, EL_EDITOR, L"emacs");
  el_wset(line, EL_PROMPT_ESC, prompt_of, L'\1');
  el_wset(line, EL_GETCFN, read_character);
  static const struct {
    const wchar_t *name;
    unsigned char (*function)(EditLine *, int);
  } functions[] = {
      {L"fdsl-enter", on_enter}, {L"fdsl-new-line", on_new_line}, {L"fdsl-complete", on_tab},
      {L"fdsl-up", on_up}, {L"fdsl-down", on_down}, {L"fdsl-right", on_right},
      {L"fdsl-home", on_home}, {L"fdsl-end", on_end}, {L"fdsl-backspace", on_backspace},
      {L"fdsl-paste", on_paste}, {L"fdsl-editor", on_editor}, {L"fdsl-draft", on_draft},
  };
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    el_wset(line, EL_ADDFN, functions[i].name, L"", functions[i].function);
  }
  // The user's own habits first (vi mode lives there), the keys fdsl needs over them.
  el_source(line, NULL);
  const wchar_t *mode = NULL;
  if (el_wget(line, EL_EDITOR, &mode) == 0 && mode) e->is_vi = wcscmp(mode, L"vi") == 0;
  bind_keys(e);
  return e;
}

void ce_close(ce_editor *e) {
  if (!e) return;
  if (e->line) {
    el_end(e->line);
    is_open = false;
  }
  if (e->history) history_wend(e->history);
  if (e->input_file) fclose(e->input_file);
  if (e->output_file) fclose(e->output_file);
  free(e->pasted);
  free(e->entry);
  free(e->ahead);
  free(e);
}

int ce_set_mode(ce_editor *e, const char *mode) {
  bool is_vi = strcmp(mode, "vi") == 0;
  if (!is_vi && strcmp(mode, "emacs") != 0) return -1;
  el_wset(e->line, EL_EDITOR, is_vi ? L"vi" : L"emacs");
  e->is_vi = is_vi;
  bind_keys(e);
  return 0;
}

// ---- Entries

ce_outcome ce_read(ce_editor *e, const uint32_t *prompt, size_t length, int has_draft) {
  if (length >= PROMPT_LIMIT) length = PROMPT_LIMIT - 1;
  memcpy(e->prompt, prompt, length * sizeof *prompt);
  e->prompt[length] = 0;
  e->was_interrupted = false;
  e->is_idle = false;
  e->entry_length = 0;
  take_signals(e, false);  // What came during a computation is not about this entry.
  // Keys typed from the prompt on are keys: libedit itself would leave the terminal's own editing
  // on until it reads.
  el_wset(e->line, EL_PREP_TERM, 1);
  set_bracketed_paste(e, true);
  if (has_draft) el_wpush(e->line, DRAFT);
  int count = 0;
  e->is_reading = true;
  errno = 0;
  const wchar_t *text = el_wgets(e->line, &count);
  int problem = errno;
  e->is_reading = false;
  ce_outcome outcome;
  if (text && count > 0) {
    size_t kept = (size_t)count;
    if (text[kept - 1] == L'\n') kept--;
    outcome = CE_FAILED;
    if (reserve(&e->entry, &e->entry_room, kept + 1)) {
      memcpy(e->entry, text, kept * sizeof *text);
      e->entry_length = kept;
      outcome = CE_ENTRY;
    }
  } else if (e->was_interrupted) {
    if (e->hooks.leave) e->hooks.leave(e->hooks.context);
    el_reset(e->line);
    outcome = CE_INTERRUPTED;
  } else {
    outcome = count < 0 && problem != 0 ? CE_FAILED : CE_END;
  }
  set_bracketed_paste(e, false);
  return outcome;
}

const uint32_t *ce_text(ce_editor *e, size_t *length, size_t *cursor) {
  if (!e->is_reading) {
    *length = e->entry_length;
    *cursor = e->entry_length;
    return e->entry;
  }
  const LineInfoW *now = el_wline(e->line);
  *length = (size_t)(now->lastchar - now->buffer);
  *cursor = (size_t)(now->cursor - now->buffer);
  return (const uint32_t *)now->buffer;
}

void ce_replace(ce_editor *e, const uint32_t *text, size_t length, size_t cursor) {
  const LineInfoW *now = el_wline(e->line);
  el_cursor(e->line, (int)(now->lastchar - now->cursor));
  now = el_wline(e->line);
  el_deletestr(e->line, (int)(now->lastchar - now->buffer));
  if (length == 0) return;
  wchar_t *copy = calloc(length + 1, sizeof *copy);
  if (!copy) return;
  memcpy(copy, text, length * sizeof *text);
  el_winsertstr(e->line, copy);
  free(copy);
  el_cursor(e->line, (int)cursor - (int)length);
}

const uint32_t *ce_pasted(ce_editor *e, size_t *length) {
  *length = e->pasted_length;
  return e->pasted;
}

void ce_remember(ce_editor *e, const uint32_t *text, size_t length) {
  if (length == 0) return;
  wchar_t *copy = calloc(length + 1, sizeof *copy);
  if (!copy) return;
  memcpy(copy, text, length * sizeof *text);
  HistEventW event;
  history_w(e->history, &event, H_ENTER, copy);
  free(copy);
}

void ce_type_ahead(ce_editor *e, const uint8_t *bytes, size_t count) {
  size_t left = e->ahead_count - e->ahead_next;
  uint8_t *joined = malloc(left + count + 1);
  if (!joined) return;
  if (left > 0) memcpy(joined, e->ahead + e->ahead_next, left);
  if (count > 0) memcpy(joined + left, bytes, count);
  free(e->ahead);
  e->ahead = joined;
  e->ahead_next = 0;
  e->ahead_count = left + count;
}

int ce_columns(uint32_t scalar) {
  ensure_utf8();
  return wcwidth((wchar_t)scalar);
}
