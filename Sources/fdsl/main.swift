import Basics
import FDSLKit
import Foundation
import Language
let path = CommandLine.arguments[1]
let s = Session.standard(options: SessionOptions(files: FileAccess(root: URL(fileURLWithPath: "."))))
let src = try SourceText(name: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
let errs = s.check(src)
for e in errs { print(DiagnosticText().text(of: e)) }
if errs.isEmpty {
switch try s.run(src, cell: "", onPrint: { print($0, terminator: "") }, onStatement: { r in
  if let shown = r.shown { print(src.text(in: r.span).split(separator: "\n").first ?? "", " #> ", shown.text) } }) {
case .finished: break
case .failed(let d): print(DiagnosticText().text(of: d))
case .interrupted: print("interrupted") } }
