#pragma once

// A small, non-variadic face of libedit's wide-character editor, and the signals an interactive
// program needs. Text crosses as UTF-32, one `uint32_t` for each Unicode scalar.
//
// libedit keeps process-wide state, so at most one editor may be open in a process.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Keys that the owner of the editor decides about; libedit handles every other key.
typedef enum {
  CE_KEY_ENTER,
  CE_KEY_NEW_LINE,   // Alt-Enter
  CE_KEY_TAB,
  CE_KEY_UP,
  CE_KEY_DOWN,
  CE_KEY_RIGHT,
  CE_KEY_HOME,
  CE_KEY_END,
  CE_KEY_BACKSPACE,
  CE_KEY_PASTE,      // `ce_pasted` has the text
  CE_KEY_EDITOR,     // ^X^E; the terminal is in its ordinary mode during the call
  CE_KEY_DRAFT,      // not a key: comes first when `ce_read` was told of a draft
} ce_key;

/// What a key handler did.
typedef enum {
  CE_NOTHING,   // no change
  CE_CHANGED,   // text or cursor changed through `ce_replace`
  CE_ACCEPT,    // the entry is finished
  CE_REDRAW,    // something was printed; the cursor stands at the start of a fresh row
  CE_REFUSED,   // beep
} ce_answer;

/// Why `ce_read` came back.
typedef enum {
  CE_ENTRY,         // `ce_text` has the entry
  CE_END,           // end of input, or ^D on an empty entry
  CE_INTERRUPTED,   // Ctrl-C
  CE_FAILED,        // reading failed
} ce_outcome;

/// Functions of the editor's owner. All are called on the thread that called `ce_read`.
typedef struct {
  void *context;
  /// Decides about a key.
  ce_answer (*key)(void *context, ce_key key);
  /// The screen shows the entry, no input waits, and a key is about to be awaited.
  void (*idle)(void *context);
  /// A key came after `idle`; the screen must look again as libedit believes it does.
  void (*busy)(void *context);
  /// Ctrl-C: leave the entry's rows and stand at the start of a fresh row.
  void (*leave)(void *context);
  /// The window changed or the program was continued: erase the entry's rows, stand on the first.
  void (*erase)(void *context, int continued);
} ce_hooks;

typedef struct ce_editor ce_editor;

/// Opens the editor on two descriptors of a terminal, which stay open and the caller's.
///
/// - terminal: name for terminfo, or NULL for `TERM`.
/// - Returns NULL when an editor is open already, there is no UTF-8 locale, or memory is short.
ce_editor *ce_open(int input, int output, const char *terminal, ce_hooks hooks);
void ce_close(ce_editor *editor);

/// Chooses "emacs" or "vi" keys. Returns 0, or -1 for another word.
int ce_set_mode(ce_editor *editor, const char *mode);

/// Reads one entry. In `prompt`, U+0001 stands around every escape sequence; at most 255 scalars.
///
/// - has_draft: whether the owner answers `CE_KEY_DRAFT` with a text to begin with.
ce_outcome ce_read(ce_editor *editor, const uint32_t *prompt, size_t length, int has_draft);

/// The text being edited, or the finished entry; valid until the next call into the editor.
const uint32_t *ce_text(ce_editor *editor, size_t *length, size_t *cursor);
/// Replaces the whole text being edited and puts the cursor at a scalar offset.
void ce_replace(ce_editor *editor, const uint32_t *text, size_t length, size_t cursor);
/// The text of the paste that `CE_KEY_PASTE` announces.
const uint32_t *ce_pasted(ce_editor *editor, size_t *length);

/// Adds an entry to the list that ^R, ^S and vi's motions search.
void ce_remember(ce_editor *editor, const uint32_t *text, size_t length);

/// Bytes that something else read from the terminal and that belong to the next entry.
void ce_type_ahead(ce_editor *editor, const uint8_t *bytes, size_t count);

/// Columns that one scalar takes on the screen; -1 when it has no shape of its own.
int ce_columns(uint32_t scalar);

/// Columns and rows of the terminal at a descriptor; 0 and 0 when it is none.
void ce_window(int descriptor, int *columns, int *rows);

/// Notices SIGINT, SIGWINCH and SIGCONT without SA_RESTART and ignores SIGPIPE. Idempotent.
int ce_watch_signals(void);
/// Readable while noticed signals wait; each byte is a signal number. -1 before `ce_watch_signals`.
int ce_signal_descriptor(void);

#ifdef __cplusplus
}
#endif
