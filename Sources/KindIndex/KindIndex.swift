import Foundation
import PackagePlugin

/// Lists the members of every kind folder of a target.
///
/// A *kind* is a protocol with one folder and one file per member, file name = type name. For
/// each such folder the plugin writes `enum <Folder> { static let all: [any <Protocol>.Type] }`,
/// so adding a member touches its own file only. `Type+Theme.swift` files are not members.
@main
struct KindIndex: BuildToolPlugin {
  /// Folder name → protocol of its members.
  static let kinds: [String: String] = [
    "Operations": "Operation",
    "Renderers": "Renderer",
    "Layers": "Layer",
    "Formats": "DatasetFormat",
    "Augmentations": "Augmentation",
    "Methods": "TrainingMethod",
    "Optimisers": "Optimiser",
    "Schedules": "Schedule",
    "Losses": "Loss",
    "Marks": "Mark",
    "Libraries": "BuiltinLibrary",
    "Commands": "SessionCommand",
  ]

  /// Folder name → module of the protocol, where it is not the members' own.
  static let modules: [String: String] = ["Libraries": "Language"]

  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    guard let target = target as? SourceModuleTarget else { return [] }
    let manager = FileManager.default
    var text = "// Written by the KindIndex plugin from the folders of \(target.name).\n"
    var imports: Set<String> = []
    let folders = try manager.contentsOfDirectory(atPath: target.directoryURL.path).sorted()
    for folder in folders {
      guard let member = Self.kinds[folder] else { continue }
      let files = try manager.contentsOfDirectory(
        atPath: target.directoryURL.appending(path: folder).path)
      let types = files.filter { $0.hasSuffix(".swift") && !$0.contains("+") }
        .map { String($0.dropLast(6)) }.sorted()
      if types.isEmpty { continue }
      if let module = Self.modules[folder] { imports.insert(module) }
      text += "\n/// Every member of `\(folder)`, in the order of their names.\n"
      text += "package enum \(folder) {\n  package static let all: [any \(member).Type] = [\n"
      text += types.map { "    \($0).self,\n" }.joined()
      text += "  ]\n}\n"
    }
    text = imports.sorted().map { "import \($0)\n" }.joined() + text
    let directory = context.pluginWorkDirectoryURL
    let listed = directory.appending(path: "Kinds.txt")
    let output = directory.appending(path: "Kinds.swift")
    if (try? String(contentsOf: listed, encoding: .utf8)) != text {
      try text.write(to: listed, atomically: true, encoding: .utf8)
    }
    return [
      .buildCommand(
        displayName: "Kinds of \(target.name)", executable: URL(filePath: "/bin/cp"),
        arguments: [listed.path, output.path], inputFiles: [listed], outputFiles: [output])
    ]
  }
}
