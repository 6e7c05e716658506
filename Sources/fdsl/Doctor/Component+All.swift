import Basics
import CGnuplot
import CKernels
import COneDNN
import COpenBLAS
import Console
import Datasets
import Foundation

extension Component {
  /// Every component, in the order in which they matter to a first program.
  static var all: [Component] {
    [
      Component(name: "Swift", found: compiler, without: ""),
      processor, openBLAS, oneDNN, libgomp, libedit, libpng, zlib, gnuplotStream, gnuplot,
      gnuplotTerminals, fonts, fashion, pictures, locale,
    ]
  }

  private static var compiler: String {
    #if compiler(>=6.5)
      "6.5 or newer"
    #elseif compiler(>=6.4)
      "6.4"
    #else
      "6.3"
    #endif
  }

  private static var processor: Component {
    let units = Machine.vectorUnits
    let level =
      units.contains("avx512f") ? "AVX-512" : units.contains("avx2") ? "AVX2" : "baseline"
    return Component(
      name: "processor",
      found: "\(Machine.processor); level \(level) (\(units.joined(separator: " "))); "
        + "\(Parallel.threads) threads, \(NumberText.bytes(Machine.memory)), of which programs may "
        + "hold \(NumberText.bytes(Double(Memory.budget)))",
      without: "")
  }

  private static var openBLAS: Component {
    guard ob_available() != 0 else {
      return Component(
        name: "OpenBLAS", found: nil,
        without: "plain loops multiply matrices, much slower",
        remedy: "apt-get install libopenblas0")
    }
    let description = String(cString: ob_version()).trimmingCharacters(in: .whitespaces)
    return Component(
      name: "OpenBLAS", found: "\(description), kernel \(String(cString: ob_core()))", without: "")
  }

  private static var oneDNN: Component {
    guard dn_available() != 0 else {
      return Component(
        name: "oneDNN", found: nil,
        without: "convolutions run on OpenBLAS, slower",
        remedy: "apt-get install libdnnl2")
    }
    return Component(
      name: "oneDNN",
      found: "\(String(cString: dn_version())), code for \(String(cString: dn_isa()))",
      without: "")
  }

  private static var libgomp: Component {
    Component(
      name: "libgomp",
      found: ck_team_available() == 0
        ? nil : "\(Parallel.threads) threads, shared by loops, products and convolutions",
      without: "loops run on threads of their own, which is slower",
      remedy: "apt-get install libgomp1")
  }

  private static var libedit: Component {
    Component(
      name: "libedit", found: Machine.versionInName("libedit.so"),
      without: "sessions read plain lines, without editing and completion",
      remedy: "apt-get install libedit2")
  }

  private static var libpng: Component {
    Component(
      name: "libpng", found: Machine.text(fromFunction: "png_get_libpng_ver"),
      without: "pictures can be neither saved nor read", remedy: "apt-get install libpng16-16")
  }

  private static var zlib: Component {
    Component(
      name: "zlib", found: Machine.text(fromFunction: "zlibVersion"),
      without: "compressed data sets cannot be read", remedy: "apt-get install zlib1g")
  }

  private static var gnuplotStream: Component {
    Component(name: "gnuplot-iostream", found: String(cString: cg_versions()), without: "")
  }

  private static let withoutGnuplot =
    "plots are saved as .gp and data; images and montages work all the same"

  private static var gnuplot: Component {
    let version = Machine.program("gnuplot").flatMap { path in
      Machine.output(of: path, ["--version"]).map {
        "\($0.trimmingCharacters(in: .whitespacesAndNewlines)) (\(path))"
      }
    }
    return Component(
      name: "gnuplot", found: version, without: withoutGnuplot,
      remedy: "apt-get install gnuplot-nox")
  }

  private static var gnuplotTerminals: Component {
    let wanted = ["pdfcairo", "pngcairo", "svg", "epscairo", "cairolatex", "tikz"]
    let listed =
      Machine.program("gnuplot").flatMap { Machine.output(of: $0, ["-d", "-e", "set terminal"]) }
      ?? ""
    let words = Set(listed.split { $0 == " " || $0 == "\n" }.map(String.init))
    let found = wanted.filter(words.contains)
    let missing = wanted.filter { !words.contains($0) }
    return Component(
      name: "its terminals",
      found: found.isEmpty
        ? nil
        : found.joined(separator: " ")
          + (missing.isEmpty ? "" : "; not " + missing.joined(separator: " ")),
      without: withoutGnuplot, remedy: "apt-get install gnuplot-nox")
  }

  private static var fonts: Component {
    let folders = ["/usr/share/fonts", "/usr/local/share/fonts", NSHomeDirectory() + "/.fonts"]
    let wanted = ["DejaVuSans.ttf", "DejaVuSerif.ttf", "DejaVuSansMono.ttf"]
    var found: Set<String> = []
    for folder in folders {
      let files = FileManager.default.enumerator(atPath: folder)
      while let path = files?.nextObject() as? String {
        let name = PathName.last(path)
        if wanted.contains(name) { found.insert(String(name.dropLast(4))) }
      }
    }
    return Component(
      name: "fonts", found: found.isEmpty ? nil : found.sorted().joined(separator: " "),
      without: "figures take whatever type gnuplot finds, so they differ between machines",
      remedy: "apt-get install fonts-dejavu-core")
  }

  private static var fashion: Component {
    let folder = FashionMNIST.usualFolder
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return Component(
      name: "Fashion-MNIST", found: files.isEmpty ? nil : "\(files.count) files in \(folder)",
      without: "fashion_mnist() needs a folder as its argument",
      remedy: "apt-get install dataset-fashion-mnist")
  }

  private static var pictures: Component {
    let environment = ProcessInfo.processInfo.environment
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      return Component(name: "pictures", found: "no terminal here: none are shown", without: "")
    }
    let answer = TerminalQuery.ask(
      input: STDIN_FILENO, output: STDOUT_FILENO, environment: environment)
    let method = answer?.abilities.method ?? .blocks
    return Component(
      name: "pictures", found: "shown as \(method.rawValue) (--images chooses another way)",
      without: "")
  }

  private static var locale: Component {
    let environment = ProcessInfo.processInfo.environment
    let name =
      ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "C"
    let isUTF8 = name.lowercased().contains("utf-8") || name.lowercased().contains("utf8")
    return Component(
      name: "locale",
      found: isUTF8 ? name : "\(name): sessions use C.UTF-8, so that every sign can be typed",
      without: "")
  }
}
