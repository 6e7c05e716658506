/// An entry that ran in this session, and what it answered.
package struct SessionEntry {
  /// Counted from 1; 0 for what ran at the start.
  package var number: Int
  /// Label that keys the entry's random numbers, here and in a saved notebook.
  package var cell: String
  package var text: String
  package var statements: [StatementEcho]
  package var status: History.Item.Status
  package var elapsed: Double
  /// Significant digits of its answers; `nil` for the usual ones.
  package var digits: Int?
  /// Files below the folder of the session that it read.
  package var filesRead: [String] = []

  package init(
    number: Int, cell: String, text: String, statements: [StatementEcho] = [],
    status: History.Item.Status = .finished, elapsed: Double = 0
  ) {
    self.number = number
    self.cell = cell
    self.text = text
    self.statements = statements
    self.status = status
    self.elapsed = elapsed
  }
}
