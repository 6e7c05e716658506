import Basics
import Foundation

/// Rewrites what a notebook has recorded with the answers of a run.
package struct Update {
  /// The file as it should be.
  package let text: String
  /// Titles of the cells whose recorded lines changed.
  package let changed: [String]
  private let notebook: Notebook
  private let recording: Recording
  private let mentioned: Set<String>

  /// Works out the new text; writes nothing.
  ///
  /// - Parameters:
  ///   - folder: where the notebook is, for pictures already recorded and files it has read.
  ///   - graph: of the same notebook.
  package init(
    _ notebook: Notebook, _ recording: Recording, graph: CellGraph,
    language: any NotebookLanguage, folder: URL, overrides: [String: String] = [:],
    seed: UInt64? = nil
  ) throws {
    self.notebook = notebook
    self.recording = recording
    let files = FileAccess(root: folder)
    let keys = graph.keys(overrides: overrides, seed: seed) { index in
      recording.cells[index].filesRead.sorted().compactMap { path in
        CellGraph.fileHash(path, files).map { (path, $0) }
      }
    }
    let pictures = RecordedPictures(folder: folder, recording: recording, language: language)
    let isOtherEngine =
      notebook.header("engine").map { $0.split(separator: " ").first.map(String.init) }
      != language.version
    var output: [Int: [String]] = [:]
    var changed: [String] = []
    for (index, cell) in notebook.cells.enumerated() {
      let old = cell.lines.map { notebook.lines[$0].text }
      output[index] = old
      guard recording.cells[index].wasRun else { continue }
      let keepsKey =
        notebook.kind == .program && graph.hasCode(index)
        && (cell.isNamed || recording.cells[index].groups.contains { !$0.computed.isEmpty })
      let key = keepsKey ? keys[index].recorded : nil
      let comparison = Comparison(
        tolerance: cell.options.tolerance, samePicture: pictures.same)
      // An answer that still holds stays byte for byte, within its tolerance too: what does not
      // change the meaning shall not change the file.
      let holds =
        recording.cells[index].stray.isEmpty
        && recording.cells[index].groups.allSatisfy {
          comparison.agrees($0.entry.recorded, $0.computed)
        }
      if holds, cell.key == key { continue }
      let new = Self.lines(of: cell, in: notebook, recording.cells[index], key: key)
      output[index] = new
      if new != old { changed.append(cell.title) }
    }
    if notebook.kind == .program, !changed.isEmpty || isOtherEngine {
      let number = notebook.headerLine("engine")
      let line = "#: engine \(language.stamp)"
      if let number, let cell = notebook.cell(ofLine: number) {
        output[cell]![output[cell]!.firstIndex(of: notebook.lines[number].text)!] = line
      } else {
        output[0] = Self.withHeader(output[0] ?? [], line, notebook)
      }
    }
    self.changed = changed
    text = Self.joined(notebook, output)
    mentioned = Set(
      try Notebook(name: notebook.name, text: text, kind: notebook.kind).lines.compactMap { line in
        if case .picture(_, let path, _) = line.recorded { path } else { nil }
      })
  }

  /// Writes side files first, then the notebook in one step, and last removes the side files that
  /// it no longer mentions. Returns the paths of the files removed.
  @discardableResult
  package func write(to url: URL) throws -> [String] {
    let files = FileAccess(root: url.deletingLastPathComponent())
    for (path, file) in recording.sideFiles.sorted(by: { $0.key < $1.key })
    where mentioned.contains(path) {
      if (try? files.read(path)) != file.data { try files.write(file.data, to: path) }
    }
    if text != notebook.text { try FileAccess.replace(url, with: Data(text.utf8)) }
    return removeForgotten(files)
  }
}

extension Update {
  /// The lines of a cell with the answers of this run in place of the recorded ones.
  private static func lines(
    of cell: Cell, in notebook: Notebook, _ recording: Recording.CellRecording, key: RecordedKey?
  ) -> [String] {
    var answers: [Int: [RecordedLine]] = [:]
    for group in recording.groups { answers[group.entry.lines.upperBound] = group.computed }
    var result: [String] = []
    var lastCode = 0
    for number in cell.lines {
      let line = notebook.lines[number]
      switch line.role {
      case .output: continue
      case .header("key", _) where notebook.kind == .program: continue
      case .prose, .header, .mark: result.append(line.text)
      case .code(let output):
        let code = output == nil ? (text: line.text, gap: "") : line.code
        let answer = answers[number] ?? []
        if output != nil, answer.count == 1, fitsBeside(answer[0]) {
          result.append(code.text + code.gap + "#>" + answer[0].rendered)
        } else {
          result.append(code.text)
          result += answer.map { "#>" + $0.rendered }
        }
        lastCode = result.count
      }
    }
    if let key { result.insert("#: key \(key.text)", at: lastCode) }
    return result
  }

  private static func fitsBeside(_ line: RecordedLine) -> Bool {
    switch line {
    case .text, .volatile: true
    case .picture, .elided: false
    }
  }

  /// Adds the header to a script that has none: below its `#!` line and other header lines.
  private static func withHeader(_ lines: [String], _ engine: String, _ notebook: Notebook)
    -> [String]
  {
    var lines = lines
    var place = lines.first?.hasPrefix("#!") == true ? 1 : 0
    var header = notebook.header("fdsl") == nil ? ["#: fdsl 1", engine] : [engine]
    while place < lines.count, lines[place].hasPrefix("#: ") { place += 1 }
    if place < lines.count, !lines[place].isEmpty { header.append("") }
    lines.insert(contentsOf: header, at: place)
    return lines
  }

  private static func joined(_ notebook: Notebook, _ cells: [Int: [String]]) -> String {
    var result = ""
    var next = 0
    let endsOpen = notebook.lines.last?.terminator.isEmpty ?? true
    for (index, cell) in notebook.cells.enumerated() {
      for number in next..<cell.lines.lowerBound {
        result += notebook.lines[number].text + notebook.lines[number].terminator
      }
      let old = cell.lines.map { notebook.lines[$0].text }
      if cells[index] == old {
        for number in cell.lines {
          result += notebook.lines[number].text + notebook.lines[number].terminator
        }
      } else {
        for line in cells[index] ?? old { result += line + notebook.newline }
      }
      next = cell.lines.upperBound
    }
    for number in next..<notebook.lines.count {
      result += notebook.lines[number].text + notebook.lines[number].terminator
    }
    // A file whose last line has no end gets one only when something was written below it.
    if endsOpen, result.hasSuffix(notebook.newline), let last = notebook.lines.last,
      result.hasSuffix(last.text + notebook.newline)
    {
      result.removeLast()
    }
    return result
  }

  private func removeForgotten(_ files: FileAccess) -> [String] {
    let name = Recording.folder(of: notebook.name)
    let present = (try? files.entries(name)) ?? []
    var removed: [String] = []
    for (file, _) in present where Self.isSideFile(file) {
      let path = "\(name)/\(file)"
      if !mentioned.contains(path), (try? files.remove(path)) == true { removed.append(path) }
    }
    if !present.isEmpty, removed.count == present.count {
      _ = try? files.remove(name, isFolder: true)
    }
    return removed
  }

  /// Whether a file's name is one that an update gives: `label-<8 hex>.png|pdf|csv`.
  private static func isSideFile(_ name: String) -> Bool {
    let parts = name.split(separator: ".")
    guard parts.count >= 2, ["png", "pdf", "csv"].contains(parts.last!) else { return false }
    let hash = parts[parts.count - 2].suffix(9)
    return hash.count == 9 && hash.first == "-"
      && hash.dropFirst().allSatisfy { "0123456789abcdef".contains($0) }
  }
}
