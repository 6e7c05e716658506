/// An entry that ran in this session, and what it answered.
package struct SessionEntry {
  /// Counted from 1; its cell is `in` and the number.
  package var number: Int
  package var text: String
  package var statements: [StatementEcho]
  package var status: History.Item.Status
  package var elapsed: Double

  package init(
    number: Int, text: String, statements: [StatementEcho] = [],
    status: History.Item.Status = .finished, elapsed: Double = 0
  ) {
    self.number = number
    self.text = text
    self.statements = statements
    self.status = status
    self.elapsed = elapsed
  }

  /// Label that keys the entry's random numbers, here and in a saved notebook.
  package var cell: String { "in\(number)" }
}
