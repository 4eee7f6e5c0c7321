public import Vocabulary

/// Everything both sides have agreed on, read, resolved by declared type and without an error. A section that was left out
/// is there with its defaults, or empty where saying nothing means nothing.
public struct Agreement: Sendable {
    public let company: Company
    /// The company's own.
    public let zone: Zone
    /// In the order of the file.
    public let calendars: [NamedCalendar]
    public let parties: Parties
    public let mission: Mission
    public let responsibilities: [Responsibility]
    public let delegated: [Delegation]
    public let visibility: Visibility
    public let ignored: Ignored
    public let teams: [Team]
    public let fields: [Field]
    public let entryPoints: [EntryPoint]
    public let deals: Deals
    public let activities: [Activity]
    public let journey: [JourneyStep]
    public let scoring: Scoring
    /// In the company's order.
    public internal(set) var stages: [Stage]
    public internal(set) var detours: [Detour]
    public let onChange: Clause<OnChange>
    public let verdicts: Verdicts
    public let promises: Promises
    public let routing: Routing
    public let workOrder: Clause<WorkOrder>
    public let consent: Consent
    public let targets: Targets?
    public let pipeline: PipelineCounts
    public let plan: Plan
    public let attribution: Attribution
    public let alerts: [Alert]
    public let requests: Requests?
    public let checkIns: [CheckIn]
    /// Every clause once, by address in byte order.
    public internal(set) var clauses: [ClauseEntry]

    public func calendar(named name: String) -> NamedCalendar? { calendars.first { $0.name == name } }
    public func stage(named name: String) -> Stage? { stages.first { $0.name == name } }
    public func field(named name: String) -> Field? { fields.first { $0.name == name } }
    public func team(named name: String) -> Team? { teams.first { $0.name == name } }
    public func clause(at address: String) -> ClauseEntry? { clauses.first { $0.address == address } }
}

extension Agreement {
    /// What both sides sign: each signed clause with what it says, in canonical words, by address. The same for any order of
    /// keys where order means nothing, any comments, any split into files, and whether a default is written out or not;
    /// different for anything else, and where a later program's defaults say something else.
    ///
    /// One line each, `address` tab `words` newline; line breaks and backslashes in words are escaped.
    public var signedDigestInput: [UInt8] {
        var bytes = Array("interlock agreement 1\n".utf8)
        for (address, words) in signedClauses {
            bytes += Array(address.utf8) + [9] + escaped(words) + [10]
        }
        return bytes
    }

    /// The members of a list that all count together are numbered by what they say, not by where they stand.
    private var signedClauses: [(address: String, words: String)] {
        let signed = clauses.filter { $0.standing == .signed }
        let lists = Dictionary(grouping: signed) { NumberedAddress(unordered: $0.address)?.list ?? "" }
        let addresses = lists.flatMap { list, entries in
            list.isEmpty ? entries.map { ($0.address, $0.words) } : renumbered(entries, in: list)
        }
        return addresses.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    }

    private func renumbered(_ entries: [ClauseEntry], in list: String) -> [(String, String)] {
        let members = Dictionary(grouping: entries) { NumberedAddress(unordered: $0.address)?.number ?? 0 }.values.map {
            $0.map { (NumberedAddress(unordered: $0.address)?.rest ?? "", $0.words) }.sorted(by: <)
        }
        let ordered = members.sorted { $0.lexicographicallyPrecedes($1, by: <) }
        return ordered.enumerated().flatMap { number, clauses in
            clauses.map { ("\(list).\(number + 1).\($0.0)", $0.1) }
        }
    }
}
