// swift-tools-version: 6.1
import PackageDescription

// One way down: a target imports only targets that stand above it in this list.
// A folder named in `Sources/KindIndex` holds one file per member; the plugin lists the members.

let kinds: [Target.PluginUsage] = [.plugin(name: "KindIndex")]

let package = Package(
  name: "fdsl",
  products: [
    .library(name: "FDSLKit", targets: ["FDSLKit"]),
    .executable(name: "fdsl", targets: ["fdsl"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
  ],
  targets: [
    .plugin(name: "KindIndex", capability: .buildTool(), path: "Sources/KindIndex"),

    // C and C++
    .target(name: "CKernels"),
    .systemLibrary(
      name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CMachine"),
    .target(name: "CPNG", linkerSettings: [.linkedLibrary("png")]),
    .target(name: "CEdit", linkerSettings: [.linkedLibrary("edit")]),
    .target(
      name: "CGnuplot",
      linkerSettings: [
        .linkedLibrary("boost_iostreams"), .linkedLibrary("boost_filesystem"),
        .linkedLibrary("boost_system"), .linkedLibrary("stdc++"),
      ]),
    .target(name: "COneDNN", dependencies: ["CKernels"]),
    .target(name: "COpenBLAS"),

    // 0
    .target(name: "Basics", dependencies: ["CKernels"]),
    // 1
    .target(name: "Formulas", dependencies: ["CKernels"]),
    .target(name: "Images", dependencies: ["Basics", "CKernels", "CPNG"]),
    // 2
    .target(
      name: "Tensors",
      dependencies: ["Basics", "Formulas", "COneDNN", "COpenBLAS", "CKernels"], plugins: kinds),
    .target(name: "Rendering", dependencies: ["Basics", "Images", "CKernels"], plugins: kinds),
    // 3
    .target(name: "Networks", dependencies: ["Basics", "Formulas", "Tensors"], plugins: kinds),
    .target(
      name: "Datasets",
      dependencies: ["Basics", "Images", "Tensors", "Rendering", "CKernels", "CZlib"],
      plugins: kinds),
    .target(name: "Figures", dependencies: ["Basics", "Images", "CGnuplot"], plugins: kinds),
    .target(
      name: "Language",
      dependencies: [
        "Basics", "Formulas", "Tensors", "CKernels", "CMachine",
        .product(name: "ComplexModule", package: "swift-numerics"),
      ],
      plugins: kinds),
    // 4
    .target(
      name: "Training", dependencies: ["Basics", "Tensors", "Networks", "Datasets", "CKernels"],
      plugins: kinds),
    // 5
    .target(
      name: "Builtins",
      dependencies: [
        "Basics", "Formulas", "Images", "Tensors", "Rendering", "Networks", "Datasets", "Training",
        "Figures", "Language", "CKernels",
        .product(name: "ComplexModule", package: "swift-numerics"),
      ], plugins: kinds),
    // 6
    .target(
      name: "FDSLKit",
      dependencies: [
        "Language", "Builtins", "Images", "Tensors", "Basics",
        .product(name: "ComplexModule", package: "swift-numerics"),
      ]),
    // 7
    .target(
      name: "Notebooks", dependencies: ["FDSLKit", "Language", "Images", "COpenBLAS", "Basics"]),
    // 8
    .target(
      name: "Console",
      dependencies: ["FDSLKit", "Language", "Notebooks", "Images", "Basics", "CEdit"],
      plugins: kinds),
    // 9
    .executableTarget(
      name: "fdsl",
      dependencies: [
        "FDSLKit", "Language", "Notebooks", "Console", "Datasets", "COneDNN", "COpenBLAS",
        "CGnuplot", "CKernels", "Basics",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .target(name: "TestSupport", dependencies: ["Basics", "Images"], path: "Tests/TestSupport"),
  ]
    + [
      "Basics", "Formulas", "Images", "Tensors", "Rendering", "Networks", "Datasets", "Figures",
      "Language", "Training", "Builtins", "FDSLKit", "Notebooks", "Console",
    ].map { .testTarget(name: "\($0)Tests", dependencies: [.target(name: $0), "TestSupport"]) }
    + [.testTarget(name: "CommandTests", dependencies: ["fdsl", "Language"])],
  cxxLanguageStandard: .cxx17
)

// What `scripts/fuzz` builds; it needs the sanitizers' libraries, so nobody else builds it.
if Context.environment["FDSL_FUZZ"] != nil {
  package.targets += [
    .systemLibrary(name: "CFuzzer", path: "scripts/fuzzing/CFuzzer"),
    .executableTarget(
      name: "Fuzz", dependencies: ["CFuzzer", "Builtins", "Language", "Basics"],
      path: "scripts/fuzzing/Fuzz"),
  ]
}
