/// What became of everything that was read. The row counts add up to the rows read, always: see `check`.
public struct ImportCounts: Hashable, Sendable {
    /// Rows that added at least one fact.
    public var accepted = 0
    /// Record rows that say what their source said before.
    public var unchanged = 0
    /// Event rows that were in the journal.
    public var repeated = 0
    public var rejected = 0
    /// Rows the mapping does not want.
    public var filtered = 0

    public var header = 0
    public var blank = 0
    public var footer = 0

    public var factsAdded = 0
    public var factsUnchanged = 0
    public var factsRepeated = 0

    public init() {}

    public var rows: Int { accepted + unchanged + repeated + rejected + filtered }

    /// Adds another file's counts.
    public mutating func add(_ other: ImportCounts) {
        accepted += other.accepted
        unchanged += other.unchanged
        repeated += other.repeated
        rejected += other.rejected
        filtered += other.filtered
        header += other.header
        blank += other.blank
        footer += other.footer
        factsAdded += other.factsAdded
        factsUnchanged += other.factsUnchanged
        factsRepeated += other.factsRepeated
    }

    func less(_ other: ImportCounts) -> ImportCounts {
        var rest = self
        rest.accepted -= other.accepted
        rest.unchanged -= other.unchanged
        rest.repeated -= other.repeated
        rest.rejected -= other.rejected
        rest.filtered -= other.filtered
        return rest
    }

    /// Compares with what the reader says it read. A difference is a defect of this program, and is told as one.
    func check(against read: ReadingCounts) throws {
        let expected = read.rows + read.malformed
        guard rows == expected else { throw CountsDoNotAddUp(read: expected, accountedFor: rows) }
    }
}

/// Rows vanished or appeared between reading and counting.
public struct CountsDoNotAddUp: Error, Equatable, Sendable {
    public var read: Int
    public var accountedFor: Int
}
