import ArgumentParser
import Notebooks

/// The root of the command line.
struct FDSLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fdsl",
    abstract: "Tensors, formulas and formula-driven pictures: programs, notebooks, training.",
    usage: """
      fdsl                         interactive session
      fdsl FILE [-D name=value]…   run a program or notebook
      fdsl -e EXPR                 one expression
      fdsl -                       program on standard input
      fdsl COMMAND …               one of the commands below
      """,
    discussion: """
      Options of a run, in full with `fdsl help run`: -q prints only; -v tells times; -D name=value sets a \
      parameter; --cell LABEL runs one cell and what it needs; --seed, --threads, --time, --memory, --output, --safe, \
      --read, --write, --color, --images, --diagnostics.
      """,
    version: "fdsl \(FDSLLanguage.programVersion)",
    subcommands: [
      RunCommand.self, UpdateCommand.self, CheckCommand.self, StatusCommand.self,
      ParamsCommand.self, FiguresCommand.self, FormatCommand.self, LintCommand.self,
      DocCommand.self, DoctorCommand.self, TrustCommand.self,
    ],
    defaultSubcommand: RunCommand.self)
}
