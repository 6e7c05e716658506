import CEdit
import Foundation

/// The line editor on a terminal: libedit, with highlighting, completion and multi-line entries.
package final class EditLineEditor: LineEditor {
  private var handle: OpaquePointer?
  private let input: Int32
  private let output: Int32
  private let style: TerminalStyle
  private let isSmart: Bool
  private weak var assistant: (any EntryAssistant)?
  private var search = HistorySearch()
  private var promptWidth = 0
  private var layout = ScreenLayout([], columns: 80, prompt: 0)
  private var cursor = 0
  private var suggestion = ""
  private var hasSuggestion = false
  private var draft = ""
  private let environment: [String: String]

  /// - Parameters:
  ///   - terminal: name for terminfo; `nil` takes it from `TERM`.
  ///   - style: colours of the prompt and the entry.
  ///   - isSmart: whether the terminal understands cursor movements.
  /// - Returns: `nil` when the terminal cannot be edited on.
  package init?(
    input: Int32, output: Int32, terminal: String? = nil, style: TerminalStyle,
    isSmart: Bool = true,
    assistant: any EntryAssistant,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.input = input
    self.output = output
    self.style = style
    self.isSmart = isSmart
    self.assistant = assistant
    self.environment = environment
    let context = Unmanaged.passUnretained(self).toOpaque()
    let hooks = ce_hooks(
      context: context,
      key: { context, key in EditLineEditor.of(context).press(key) },
      idle: { context in EditLineEditor.of(context).paint() },
      busy: { context in EditLineEditor.of(context).unpaint() },
      leave: { context in EditLineEditor.of(context).leave() },
      erase: { context, continued in EditLineEditor.of(context).erase(continued: continued != 0) })
    guard let handle = ce_open(input, output, terminal, hooks) else { return nil }
    self.handle = handle
  }

  deinit { ce_close(handle) }

  package func read(prompt: String, draft: String) throws -> EntryRead {
    search.forget()
    self.draft = draft
    promptWidth = TextWidth.of(prompt)
    // The escapes must not come last: libedit drops them there.
    let text = prompt.hasSuffix(" ") ? String(prompt.dropLast()) : prompt
    let shown =
      style.isColoured ? "\u{1}\u{1B}[1m\u{1}\(text)\u{1}\u{1B}[0m\u{1} " : text + " "
    let scalars = shown.unicodeScalars.map(\.value)
    switch ce_read(handle, scalars, scalars.count, draft.isEmpty ? 0 : 1) {
    case CE_ENTRY: return .entry(EntryBuffer.entry(fromShown: current().text))
    case CE_INTERRUPTED: return .interrupted
    default:
      write("\r\n")
      return .end
    }
  }

  package func remember(_ entry: String) {
    search.add(entry)
    let scalars = EntryBuffer.shown(entry).unicodeScalars.map(\.value)
    ce_remember(handle, scalars, scalars.count)
  }

  package func setKeys(_ name: String) -> Bool { ce_set_mode(handle, name) == 0 }

  /// Bytes that something else read from the terminal and that belong to the next entry.
  package func typeAhead(_ bytes: [UInt8]) { ce_type_ahead(handle, bytes, bytes.count) }

  private static func of(_ context: UnsafeMutableRawPointer?) -> EditLineEditor {
    guard let context else { preconditionFailure("the editor's hooks have their context") }
    return Unmanaged<EditLineEditor>.fromOpaque(context).takeUnretainedValue()
  }
}

// MARK: - Text in libedit

extension EditLineEditor {
  private func current() -> EntryBuffer {
    var length = 0
    var cursor = 0
    guard let text = ce_text(handle, &length, &cursor) else {
      return EntryBuffer(scalars: [], cursor: 0)
    }
    let scalars = UnsafeBufferPointer(start: text, count: length).map {
      Unicode.Scalar($0) ?? "\u{FFFD}"
    }
    return EntryBuffer(scalars: scalars, cursor: cursor)
  }

  private func put(_ buffer: EntryBuffer) -> ce_answer {
    let scalars = buffer.scalars.map(\.value)
    ce_replace(handle, scalars, scalars.count, buffer.cursor)
    return CE_CHANGED
  }

  private func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(output, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      if count <= 0 { return }
      bytes = bytes.dropFirst(count)
    }
  }

  private var window: (columns: Int, rows: Int) {
    var columns: Int32 = 0
    var rows: Int32 = 0
    ce_window(output, &columns, &rows)
    return (columns > 0 ? Int(columns) : 80, rows > 0 ? Int(rows) : 24)
  }
}

// MARK: - Keys

extension EditLineEditor {
  private func press(_ key: ce_key) -> ce_answer {
    var buffer = current()
    switch key {
    case CE_KEY_ENTER: return enter(&buffer)
    case CE_KEY_NEW_LINE:
      buffer.openLine()
      return put(buffer)
    case CE_KEY_TAB: return complete(&buffer)
    case CE_KEY_UP:
      if buffer.moveUp() { return put(buffer) }
      return recall(
        search.older(than: buffer.entry, before: entryBeforeCursor(buffer)))
    case CE_KEY_DOWN:
      if buffer.moveDown() { return put(buffer) }
      return recall(search.newer(than: buffer.entry, before: entryBeforeCursor(buffer)))
    case CE_KEY_RIGHT:
      if buffer.cursor < buffer.scalars.count {
        buffer.cursor += 1
      } else if !suggestion.isEmpty {
        buffer = EntryBuffer(entry: buffer.entry + suggestion)
      } else {
        return CE_NOTHING
      }
      return put(buffer)
    case CE_KEY_HOME:
      buffer.moveHome()
      return put(buffer)
    case CE_KEY_END:
      buffer.moveEnd()
      return put(buffer)
    case CE_KEY_BACKSPACE: return buffer.deleteBackward() ? put(buffer) : CE_REFUSED
    case CE_KEY_PASTE: return paste(&buffer)
    case CE_KEY_EDITOR: return editOutside(buffer)
    case CE_KEY_DRAFT:
      defer { draft = "" }
      return put(EntryBuffer(entry: draft))
    default: return CE_NOTHING
    }
  }

  private func enter(_ buffer: inout EntryBuffer) -> ce_answer {
    let isMoved = buffer.alignCloser()
    guard assistant?.isFinished(buffer.entry) ?? true else {
      buffer.openLine()
      return put(buffer)
    }
    if isMoved {
      _ = put(buffer)
      return CE_ACCEPT
    }
    // What stays on the screen shows no matched bracket.
    repaint(buffer, isFinal: true)
    return CE_ACCEPT
  }

  private func entryBeforeCursor(_ buffer: EntryBuffer) -> String {
    String(buffer.entry.unicodeScalars.prefix(buffer.entryCursor))
  }

  private func recall(_ entry: String?) -> ce_answer {
    guard let entry else { return CE_NOTHING }
    return put(EntryBuffer(entry: entry))
  }

  private func paste(_ buffer: inout EntryBuffer) -> ce_answer {
    var length = 0
    guard let start = ce_pasted(handle, &length) else { return CE_NOTHING }
    var view = String.UnicodeScalarView()
    for value in UnsafeBufferPointer(start: start, count: length) {
      view.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    let text = String(view).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
      .replacing("\t", with: "    ")
    // Escapes and other control characters in a paste would upset the screen.
    let plain = text.unicodeScalars.filter { $0 == "\n" || $0.value >= 32 && $0.value != 127 }
    let pasted = String(String.UnicodeScalarView(plain))
    buffer.paste(assistant?.cleaned(pasted) ?? pasted)
    return put(buffer)
  }

  private func complete(_ buffer: inout EntryBuffer) -> ce_answer {
    if buffer.indentLine() { return put(buffer) }
    guard
      let completion = assistant?.completion(buffer.entry, cursor: buffer.entryCursor),
      !completion.candidates.isEmpty
    else { return CE_REFUSED }
    let before = buffer
    let typed = buffer.entryCursor - completion.start
    let prefix = completion.commonPrefix
    if completion.candidates.count == 1 || prefix.unicodeScalars.count > typed {
      buffer.replace(fromEntryOffset: completion.start, with: prefix)
      if buffer != before || completion.candidates.count == 1 { return put(buffer) }
    }
    let (columns, rows) = window
    let list = CompletionList.rows(
      completion.candidates, columns: columns, height: rows, style: style)
    leaveRows()
    write(list.map { $0 + "\r\n" }.joined())
    return CE_REDRAW
  }

  private func editOutside(_ buffer: EntryBuffer) -> ce_answer {
    leaveRows()
    guard
      let edited = try? OutsideEditor(environment: environment).edit(buffer.entry)
    else { return CE_REDRAW }
    _ = put(EntryBuffer(entry: edited))
    return CE_REDRAW
  }
}

// MARK: - Screen

extension EditLineEditor {
  private func place(_ buffer: EntryBuffer) {
    layout = ScreenLayout(buffer.scalars, columns: window.columns, prompt: promptWidth)
    cursor = buffer.cursor
  }

  private func paint() {
    let buffer = current()
    suggestion = ""
    if isSmart, style.isColoured, buffer.cursor == buffer.scalars.count, !buffer.text.contains("\n")
    {
      suggestion = search.suggestion(for: buffer.entry) ?? ""
    }
    repaint(buffer, isFinal: false)
  }

  private func repaint(_ buffer: EntryBuffer, isFinal: Bool) {
    place(buffer)
    hasSuggestion = false
    let (columns, rows) = window
    guard isSmart, style.isColoured, layout.isPlain, layout.rows < rows, !buffer.scalars.isEmpty
    else { return }
    var dim = ""
    if !isFinal, let line = suggestion.split(separator: "\n").first, !suggestion.hasPrefix("\n") {
      dim = TextWidth.cut(String(line), to: columns - layout.cells[cursor].column - 1)
      hasSuggestion = !dim.isEmpty
    }
    var repaint = Repaint(
      buffer: buffer, layout: layout, inks: inks(in: buffer), suggestion: dim, prompt: promptWidth)
    if isFinal { repaint.showsBrackets = false }
    write(repaint.text)
  }

  /// The entry's coloured parts as scalar offsets of the shown text.
  private func inks(in buffer: EntryBuffer) -> [(range: Range<Int>, ink: TerminalStyle.Ink)] {
    guard let spans = assistant?.coloured(buffer.entry), !spans.isEmpty else { return [] }
    // The shown offset of each UTF-8 offset in the entry.
    var offsets: [Int] = []
    var skipped = EntryBuffer.indent
    for (index, scalar) in buffer.scalars.enumerated() {
      if skipped < EntryBuffer.indent, scalar == " " {
        skipped += 1
        continue
      }
      skipped = scalar == "\n" ? 0 : EntryBuffer.indent
      for _ in 0..<UTF8.width(scalar) { offsets.append(index) }
    }
    offsets.append(buffer.scalars.count)
    return spans.compactMap { span in
      guard span.range.upperBound < offsets.count else { return nil }
      return (offsets[span.range.lowerBound]..<offsets[span.range.upperBound], span.kind.ink)
    }
  }

  private func unpaint() {
    if hasSuggestion { write("\u{1B}[K") }
    hasSuggestion = false
  }

  /// Moves to a fresh row under the entry.
  private func leaveRows() {
    guard isSmart else { return write("\r\n") }
    let down = layout.rows - 1 - layout.cells[min(cursor, layout.cells.count - 1)].row
    write((down > 0 ? "\u{1B}[\(down)B" : "") + "\r\n")
  }

  private func leave() {
    guard isSmart, let end = layout.cells.last else { return write("^C\r\n") }
    let down = end.row - layout.cells[min(cursor, layout.cells.count - 1)].row
    let across = end.column > 0 ? "\r\u{1B}[\(end.column)C" : "\r"
    write((down > 0 ? "\u{1B}[\(down)B" : "") + across + style.paint("^C", .dim) + "\r\n")
  }

  private func erase(continued: Bool) {
    guard isSmart else { return write("\r\n") }
    if continued { return write("\r\u{1B}[J") }
    // Most terminals have wrapped the rows anew for the new width.
    place(current())
    let up = layout.cells[cursor].row
    write((up > 0 ? "\u{1B}[\(up)A" : "") + "\r\u{1B}[J")
  }
}
