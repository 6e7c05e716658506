import Foundation
import Testing

@testable import Console

@Suite struct TerminalPictureTests {
  private let small = TerminalPixels(
    width: 2, height: 3,
    rgb: [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 128, 128, 128])

  @Test func halfBlocksInTrueColour() {
    #expect(
      HalfBlocks.text(small, hasTrueColour: true) == """
        \u{1B}[38;2;255;0;0m\u{1B}[48;2;0;0;255m▀\u{1B}[38;2;0;255;0m\u{1B}[48;2;255;255;255m▀\u{1B}[0m
        \u{1B}[38;2;0;0;0m▀\u{1B}[38;2;128;128;128m▀\u{1B}[0m

        """)
  }

  @Test func halfBlocksIn256Colours() {
    #expect(
      HalfBlocks.text(small, hasTrueColour: false) == """
        \u{1B}[38;5;196m\u{1B}[48;5;21m▀\u{1B}[38;5;46m\u{1B}[48;5;231m▀\u{1B}[0m
        \u{1B}[38;5;16m▀\u{1B}[38;5;244m▀\u{1B}[0m

        """)
  }

  @Test func equalNeighboursShareTheirColours() {
    let flat = TerminalPixels(width: 3, height: 2, rgb: [UInt8](repeating: 9, count: 18))
    #expect(
      HalfBlocks.text(flat, hasTrueColour: true)
        == "\u{1B}[38;2;9;9;9m\u{1B}[48;2;9;9;9m▀▀▀\u{1B}[0m\n")
  }

  @Test func scalingTakesTheMeanOfWhatIsCovered() {
    let picture = TerminalPixels(
      width: 2, height: 2, rgb: [0, 0, 0, 100, 100, 100, 50, 50, 50, 250, 250, 250])
    #expect(picture.scaled(width: 1, height: 1).rgb == [100, 100, 100])
    let fitted = FakeEngine.gradient.fitted(width: 16, height: 100)
    #expect(fitted.width == 16 && fitted.height == 12)
    #expect(small.fitted(width: 80, height: 24) == small)
  }

  @Test func kittyChunksArePiecesOfAtMost4096() {
    let text = KittyGraphics.text(FakeEngine.gradient)
    let chunks = text.components(separatedBy: "\u{1B}\\").dropLast()
    #expect(chunks.count == 3)
    #expect(chunks.first?.hasPrefix("\u{1B}_Ga=T,f=24,s=64,v=48,q=2,m=1;") == true)
    #expect(chunks.last?.hasPrefix("\u{1B}_Gm=0;") == true)
    #expect(chunks.allSatisfy { $0.split(separator: ";").last.map { $0.count <= 4096 } ?? false })
  }

  @Test func sixelsOfAFlatPictureAreRuns() {
    let flat = TerminalPixels(width: 10, height: 6, rgb: [UInt8](repeating: 255, count: 180))
    #expect(
      Sixels.text(flat) == "\u{1B}Pq\"1;1;10;6#0;2;100;100;100#0!10~-\u{1B}\\")
  }

  @Test func manyColoursFallBackToACube() {
    let text = Sixels.text(FakeEngine.gradient)
    #expect(text.contains("#251;2;") && !text.contains("#252;2;"))
  }

  @Test func inlineImagesCarryAPNG() throws {
    let text = try ITermImages.text(small)
    #expect(text.hasPrefix("\u{1B}]1337;File=inline=1;size="))
    let payload = text.dropLast().split(separator: ":").last.map(String.init) ?? ""
    #expect(Data(base64Encoded: payload)?.prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
  }
}

@Suite struct TerminalQueryTests {
  private func ask(
    _ answer: String, _ environment: [String: String] = [:]
  ) -> (abilities: TerminalAbilities, typed: String) {
    let result = TerminalQuery.abilities(
      answers: Array(answer.utf8), environment: environment)
    return (result.abilities, String(decoding: result.typed, as: UTF8.self))
  }

  @Test func sixelNeedsTheFourExactly() {
    #expect(ask("\u{1B}[?62;4;22c").abilities.method == .sixel)
    #expect(ask("\u{1B}[?62;14;24;41c").abilities.method == .blocks)
    #expect(ask("\u{1B}[?4c").abilities.method == .blocks)
  }

  @Test func kittyAnswersItsOwnQuery() {
    let kitty = "\u{1B}_Gi=31;OK\u{1B}\\\u{1B}P>|kitty(0.32)\u{1B}\\\u{1B}[6;20;10t\u{1B}[?62;4c"
    let abilities = ask(kitty).abilities
    #expect(abilities.method == .kitty)
    #expect(abilities.cellWidth == 10 && abilities.cellHeight == 20)
    #expect(ask("\u{1B}_Gi=31;EINVAL\u{1B}\\\u{1B}[?62c").abilities.method == .blocks)
  }

  @Test func iTermIsKnownByItsName() {
    #expect(ask("\u{1B}P>|iTerm2 3.5.0\u{1B}\\\u{1B}[?62;4c").abilities.method == .iterm)
  }

  @Test func tmuxGetsBlocks() {
    let answer = "\u{1B}P>|tmux 3.4\u{1B}\\\u{1B}[?1;2;4c"
    #expect(ask(answer).abilities.method == .blocks)
    #expect(ask(answer).abilities.hasTrueColour)
    #expect(ask("\u{1B}[?62;4c", ["TMUX": "/tmp/x"]).abilities.method == .blocks)
  }

  @Test func trueColourIsAskedOrDeclared() {
    #expect(!ask("\u{1B}[?62c").abilities.hasTrueColour)
    #expect(ask("\u{1B}P1$r0;48:2::1:2:3m\u{1B}\\\u{1B}[?62c").abilities.hasTrueColour)
    #expect(ask("\u{1B}[?62c", ["COLORTERM": "truecolor"]).abilities.hasTrueColour)
  }

  @Test func typedBytesAreKept() {
    #expect(ask("ab\u{1B}[?62c\u{1B}[Ac").typed == "ab\u{1B}[Ac")
    #expect(ask("\u{1B}[?62;4").typed == "\u{1B}[?62;4")
  }
}
