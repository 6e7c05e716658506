import ArgumentParser
import Notebooks

/// The root of the command line.
struct FDSLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fdsl",
    abstract: "Tensors, formulas and formula-driven pictures: programs, notebooks, training.",
    usage: """
      fdsl                                interactive session
      fdsl FILE [-D name=value]… [-- arg…]  run a program or notebook
      fdsl -e EXPR | fdsl -               one expression | program on standard input
      fdsl COMMAND …                      one of the commands below
      """,
    discussion: """
      Options of a run (all of them: fdsl help run):
        -q  prints only      -D name=value  set a parameter      --cell LABEL  one cell
        --seed N  --threads N  --time 10min  --safe  --read DIR  --write DIR
        --color auto|always|never  --images auto|kitty|iterm|sixel|blocks|none
        --diagnostics text|json
      """,
    version: "fdsl \(FDSLLanguage.programVersion)",
    subcommands: [
      RunCommand.self, UpdateCommand.self, CheckCommand.self, StatusCommand.self,
      ParamsCommand.self, FiguresCommand.self, FormatCommand.self, LintCommand.self,
      DocCommand.self, DoctorCommand.self, TrustCommand.self,
    ],
    defaultSubcommand: RunCommand.self)
}
