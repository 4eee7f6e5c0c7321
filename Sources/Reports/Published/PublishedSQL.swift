/// A number of a report over the outcome tables, as `--how` prints it: of all, or told apart as `--by` says. Tests hold both
/// equal to the program.
///
/// Names that begin with a colon are the question: `:from` and `:to` are the window in milliseconds, either may be NULL;
/// `:horizon` is in milliseconds, NULL for ever; `:start` and `:end` are stages, `:stage` too, NULL for all that hand over.
///
/// A segment of which there is nothing to count has no row.
struct PublishedSQL: Sendable {
    /// Whether the report tells the number apart; it gives it of all alone otherwise, whatever is asked.
    let isToldApart: Bool
    private let subject: SubjectColumns?
    private let words: @Sendable (SQLGrouping) -> String

    /// A number of units, whose subject the columns tell.
    init(of subject: SubjectColumns, _ words: @escaping @Sendable (SQLGrouping) -> String) {
        (isToldApart, self.subject, self.words) = (true, subject, words)
    }

    /// A number that the report never tells apart.
    init(ofAll words: String) {
        (isToldApart, subject) = (false, nil)
        self.words = { _ in words }
    }

    /// The SQL; `nil` is of all.
    func text(by segment: Segment?) -> String { words(SQLGrouping(by: segment, of: subject)) }
}

/// What telling apart adds to a query: nothing, where nothing is told apart.
struct SQLGrouping: Sendable {
    private let expression: String?

    init(by segment: Segment?, of subject: SubjectColumns?) {
        expression = segment.flatMap { segment in subject.map { $0.name(by: segment) } }
    }

    /// The first column of the innermost query: the segment's name. `indent` is that of the columns below it.
    func segment(_ indent: Int = 9) -> String {
        expression.map { "\($0) AS segment,\n" + String(repeating: " ", count: indent) } ?? ""
    }

    private func said(_ words: String) -> String { expression == nil ? "" : words }

    /// The first column of a query around it.
    var name: String { said("segment, ") }
    /// Of a window: each segment by itself.
    var each: String { said("PARTITION BY segment") }
    /// The same before an order.
    var eachInOrder: String { said("PARTITION BY segment ") }
    /// At the end: a row for each segment, in the order of names.
    var groups: String { said("\nGROUP BY segment ORDER BY segment") }
    /// Of a join of two steps of one segment.
    var same: String { said(" AND s.segment = v.segment") }
    /// The first column of such a join.
    var ofStep: String { said("s.segment, ") }
    /// At the end of what has a row for each segment already.
    var order: String { said("\nORDER BY segment") }
}
