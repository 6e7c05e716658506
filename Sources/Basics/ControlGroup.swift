import Foundation

/// The limits that the system sets to this process and its siblings: a container's, a service's.
enum ControlGroup {
  /// Bytes of memory that the group may use; `Int.max` without a limit.
  static var memory: Int {
    let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
    var least = Int.max
    for line in groups.split(separator: "\n") {
      // `0::/user.slice` in version 2, `9:memory:/docker/1f` in version 1.
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      if parts[1].isEmpty {
        least = min(least, limit("/sys/fs/cgroup", String(parts[2]), "memory.max"))
      } else if parts[1].split(separator: ",").contains("memory") {
        least = min(
          least, limit("/sys/fs/cgroup/memory", String(parts[2]), "memory.limit_in_bytes"))
      }
    }
    return least
  }

  /// The smallest number in the files of that name from a group up to the root.
  private static func limit(_ root: String, _ group: String, _ file: String) -> Int {
    var least = Int.max
    var path = group
    while true {
      if let text = try? String(contentsOfFile: "\(root)/\(path)/\(file)", encoding: .utf8),
        let number = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)), number > 0
      {
        least = min(least, number)
      }
      if path.isEmpty || path == "/" { return least }
      path = PathName.folder(path)
    }
  }
}
