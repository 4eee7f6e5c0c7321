public import Findings

/// Something in a mapping, or between a mapping and a file, that must be mended before a row is read.
public struct MappingProblem: Error, Hashable, Sendable {
    public enum Code: String, CaseIterable, Sendable {
        /// A join is named that there is not, or a joined file lacks a column.
        case joinColumn = "join-column"
        case columnNotInFile = "column-not-in-file"
        case unknownProperty = "unknown-property"
        case missingProperty = "missing-property"
        case wrongType = "wrong-type"
        case badFormat = "bad-format"
        case unknownZone = "unknown-zone"
        case noAsOf = "no-as-of"
        case namesNobody = "names-nobody"
        case noName = "no-name"
        case sameKey = "same-key"
        case badClause = "bad-clause"
        // What can be wrong with any file that people write; named as in `FindingCode.ofAnyFile`.
        case tooLarge = "too-large"
        case notText = "not-text"
        case tooDeep = "too-deep"
        case unsupportedYAML = "unsupported-yaml"
        case notYAML = "not-yaml"
        case duplicateKey = "duplicate-key"
    }

    public var code: Code
    /// Where in the mapping: `facts[2].with.country`.
    public var place: String
    public var cause: String
    public var remedy: String

    public init(_ code: Code, at place: String, _ cause: String, remedy: String) {
        self.code = code
        self.place = place
        self.cause = cause
        self.remedy = remedy
    }
}

/// Everything that is wrong, at once.
public struct MappingProblems: Error, Sendable {
    public var problems: [MappingProblem]
    /// Where clauses stand in the mapping file, as far as it could be read.
    public var positions: [String: MappingText.Position] = [:]
}

extension MappingProblems {
    /// The problems as findings in the file they are in: each with its place, an excerpt and a caret.
    public func findings(in source: SourceText) -> [Finding] {
        problems.map { problem in
            let position = position(of: problem.place) ?? MappingText.Position(line: 1, column: 1, length: 1)
            let cause = problem.cause.prefix(1).uppercased() + problem.cause.dropFirst()
            let complaint = Complaint(
                FindingCode(problem.code.rawValue), cause.hasSuffix(".") ? cause : cause + ".", remedy: problem.remedy)
            return source.finding(complaint, line: position.line, column: position.column, length: position.length)
        }
    }

    /// Where a clause stands, or the nearest clause around it.
    private func position(of address: String) -> MappingText.Position? {
        var address = Substring(address)
        while true {
            if let position = positions[String(address)] { return position }
            guard let cut = address.lastIndex(where: { $0 == "." || $0 == "[" }) else { return positions[""] }
            address = address[..<cut]
        }
    }

    init(refusing code: MappingProblem.Code, _ cause: String, remedy: String, line: Int = 1, column: Int = 1) {
        problems = [MappingProblem(code, at: "", cause, remedy: remedy)]
        positions = ["": MappingText.Position(line: line, column: column, length: 1)]
    }

    init(_ refusal: YAMLGuard.Refusal) {
        self.init(
            refusing: MappingProblem.Code(rawValue: refusal.complaint.code.name) ?? .notYAML, refusal.complaint.cause,
            remedy: refusal.complaint.remedy, line: refusal.line, column: refusal.column)
    }
}
