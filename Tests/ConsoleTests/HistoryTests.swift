import Foundation
import Testing

@testable import Console

@Suite struct HistoryTests {
  @Test func entriesComeBackAsTheyWere() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("state/fdsl/history")
      let history = History(file: file)
      let items = [
        History.Item(
          "f(x) = {\n\tx \\ \"\\n\"\n}", status: .failed, time: 17, elapsed: 1.5, folder: "/a b\tc",
          pictures: 2), History.Item("α", time: 18, elapsed: 0, folder: "/"),
      ]
      items.forEach { history.append($0) }
      #expect(History(file: file).items() == items)
      #expect(History(file: file).items(limit: 1) == [items[1]])
    }
  }

  @Test func theFileIsTheUsersAlone() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("deep/history")
      _ = FileManager.default.createFile(
        atPath: folder.appendingPathComponent("open").path, contents: nil,
        attributes: [.posixPermissions: 0o644])
      for name in ["deep/history", "open"] {
        let file = folder.appendingPathComponent(name)
        History(file: file).append(History.Item("1"))
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
      }
      let parent = try FileManager.default.attributesOfItem(
        atPath: file.deletingLastPathComponent().path)
      #expect(parent[.posixPermissions] as? Int == 0o700)
    }
  }

  @Test func anEntryThatBeginsWithASpaceIsNotKept() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("history")
      let session = makeSession(history: History(file: file)).session
      session.submit(" secret")
      session.submit("x = 1")
      session.submit("boom")
      let items = History(file: file).items()
      #expect(items.map(\.entry) == ["x = 1", "boom"])
      #expect(items.map(\.status) == [.finished, .failed])
    }
  }

  @Test func sessionsSideBySideAllKeepTheirEntries() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("history")
      DispatchQueue.concurrentPerform(iterations: 8) { session in
        let history = History(file: file)
        for entry in 0..<50 {
          history.append(History.Item(String(repeating: "\(session) \(entry)\n", count: 40)))
        }
      }
      let items = History(file: file).items()
      #expect(items.count == 400)
      #expect(Set(items.map(\.entry)).count == 400)
    }
  }

  @Test func damagedLinesAreSkipped() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("history")
      try "garbage\n1\tok\t0.0\t0\t/\tgood\nx\ty\n".write(
        to: file, atomically: true, encoding: .utf8)
      #expect(History(file: file).items().map(\.entry) == ["good"])
    }
  }

  @Test func theProjectsFileGoesBeforeTheUsers() throws {
    try withTemporaryFolder { folder in
      let home = ["HOME": "/home/a"]
      #expect(
        History.defaultFile(environment: home, folder: folder)?.path
          == "/home/a/.local/state/fdsl/history")
      #expect(
        History.defaultFile(environment: ["XDG_STATE_HOME": "/s", "HOME": "/h"], folder: folder)?
          .path == "/s/fdsl/history")
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(".fdsl"), withIntermediateDirectories: true)
      #expect(
        History.defaultFile(environment: home, folder: folder)?.path
          == folder.appendingPathComponent(".fdsl/history").path)
      #expect(History.defaultFile(environment: [:], folder: URL(fileURLWithPath: "/")) == nil)
    }
  }
}

@Suite struct StartupFileTests {
  @Test func aFoldersFileRunsOnlyAsItWasTrusted() throws {
    try withTemporaryFolder { folder in
      let own = folder.appendingPathComponent(".fdsl/init.fdsl")
      let files = StartupFiles(environment: ["HOME": folder.path + "/home"], folder: folder)
      #expect(files.files.trusted.isEmpty && files.files.untrusted == nil)
      try FileManager.default.createDirectory(
        at: own.deletingLastPathComponent(), withIntermediateDirectories: true)
      try "x = 1".write(to: own, atomically: true, encoding: .utf8)
      #expect(files.files.untrusted == own)
      try files.trust()
      #expect(files.files.trusted == [own] && files.files.untrusted == nil)
      try "x = 2".write(to: own, atomically: true, encoding: .utf8)
      #expect(files.files.untrusted == own)
    }
  }
}
