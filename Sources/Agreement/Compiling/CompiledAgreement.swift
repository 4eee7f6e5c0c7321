public import Engine

/// A program together with what it was compiled from, so that a condition can be explained in the agreement's own words.
public struct CompiledAgreement: Sendable {
    public let agreement: Agreement
    public let program: Program
    /// The index of each happening in `Program.happenings`.
    let happenings: [Happening: Int32]

    public init(_ agreement: Agreement) {
        var compiler = ConditionCompiler(agreement)
        compiler.compile(agreement)
        (self.agreement, program, happenings) = (agreement, compiler.program, compiler.happeningIndices)
    }

    /// The clause that a part of the program comes from; `nil` for what comes from none.
    public func clause(_ id: ClauseID) -> ClauseEntry? {
        agreement.clauses.indices.contains(Int(id.index)) ? agreement.clauses[Int(id.index)] : nil
    }
}
