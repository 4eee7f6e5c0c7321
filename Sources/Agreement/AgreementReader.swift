public import Findings
import Vocabulary

/// Reads an agreement: what it says where it can be used, and all findings at once.
public func readAgreement(_ text: SourceText, in surroundings: Surroundings) -> AgreementReading {
    var reader = AgreementReader(text: text, surroundings: surroundings)
    let agreement = reader.agreement()
    let findings = reader.findings.sorted {
        ($0.place.file, $0.place.line, $0.place.column) < ($1.place.file, $1.place.line, $1.place.column)
    }
    let isUsable = !findings.contains { $0.level == .error }
    return AgreementReading(agreement: isUsable ? agreement : nil, findings: findings)
}

/// Turns syntax into an agreement. Every method that cannot read what it is given notes a finding, and the others go on, so
/// that one look at the findings is enough.
struct AgreementReader {
    let text: SourceText
    let surroundings: Surroundings
    var findings: [Finding] = []
    /// Every clause that was read.
    var ledger: [ClauseEntry] = []
    /// What conditions may name.
    var names = ConditionNames()
    var detourNames: [String] = []
    var teamNames: [String] = []
    var calendarNames: [String] = []
    var checkInNames: [String] = []
    /// Quotas of the table beside the agreement.
    private(set) var includedQuotas: [IncludedQuota] = []
    private var delegated: [Delegation] = []

    init(text: SourceText, surroundings: Surroundings) {
        self.text = text
        self.surroundings = surroundings
    }

    /// `nil` where the file is no mapping at all; with an error among the findings it holds stand-ins.
    mutating func agreement() -> Agreement? {
        guard let syntax = root(), mapping(syntax, "an agreement", example: "company: Northwind") != nil else {
            return nil
        }
        let root = section(
            syntax, "", in: "an agreement", keys: SectionShape.agreement.names, beside: syntax,
            example: "company: Northwind")
        checkVersion(root["interlock"])
        gatherNames(root)
        delegated = delegations(root)
        includedQuotas = quotas(root)
        let company = company(root)
        let zone = surroundings.zones[company.timezone.value] ?? .utc
        let calendars = optional(root["calendars"], unless: []) { $0.calendars($1, companyZone: zone) } ?? []
        return Agreement(
            company: company, zone: zone, calendars: calendars, parties: parties(root), mission: mission(root),
            responsibilities: responsibilities(root), delegated: delegated, visibility: visibility(root),
            ignored: ignored(root), teams: teams(root), fields: fields(root), entryPoints: entryPoints(root),
            deals: deals(root), activities: activities(root), journey: journey(root), scoring: scoring(root),
            stages: stages(root), detours: detours(root), onChange: onChange(root), verdicts: verdicts(root),
            promises: promises(root), routing: routing(root), workOrder: workOrder(root), consent: consent(root),
            targets: targets(root), pipeline: pipeline(root), plan: plan(root), attribution: attribution(root),
            alerts: alerts(root), requests: requests(root), checkIns: checkIns(root),
            clauses: ledger.sorted { $0.address.utf8.lexicographicallyPrecedes($1.address.utf8) })
    }

    /// Whether facts of a kind are signed or delegated.
    func standing(_ what: Delegable) -> Standing {
        delegated.first { $0.what == what }.map { .delegated(to: $0.to.value) } ?? .signed
    }

    /// What a key that may be left out says; `nil` where it is there and cannot be read.
    mutating func optional<Value>(
        _ syntax: Syntax?, unless absent: Value, _ read: (inout AgreementReader, Syntax) -> Value?
    ) -> Value? {
        guard let syntax else { return absent }
        return read(&self, syntax)
    }

    private mutating func root() -> Syntax? {
        do {
            if let root = try Syntax.root(of: text) { return root }
            note(
                .init(
                    .missingKey, "The file is empty.", remedy: "Name the company first.", example: "company: Northwind"),
                1, 1)
        } catch {
            note(error.complaint, error.line, error.column)
        }
        return nil
    }

    private mutating func checkVersion(_ syntax: Syntax?) {
        guard let syntax, syntax.text != "1" else { return }
        note(
            .unknownVersion, at: syntax, "This program reads version 1 of the agreement language.",
            remedy: "Write 1, or use a newer program.", example: "interlock: 1")
    }
}

// Values that occur in many clauses.

extension AgreementReader {
    mutating func zone(_ syntax: Syntax) -> Zone? {
        guard let name = plainText(syntax, "the name of a time zone") else { return nil }
        if let zone = surroundings.zones[name] { return zone }
        let names = surroundings.zones.names
        let city = names.first { $0.lowercased().hasSuffix("/" + name.lowercased()) }
        note(
            .unknownZone, at: syntax, "There is no time zone \"\(name)\".",
            remedy: didYouMean(city ?? nearestName(to: name, among: names))
                ?? "Zones are named after a continent and a city.", example: "timezone: Europe/Berlin")
        return nil
    }

    mutating func duration(_ syntax: Syntax) -> Budget? {
        guard let written = plainText(syntax, "a duration") else { return nil }
        do {
            return try Budget(text: written)
        } catch {
            var suggestion: String?
            if case .unknownUnit(let unit) = error { suggestion = nearestName(to: unit, among: Budget.unitNames) }
            note(
                .badDuration, at: syntax, "\"\(written)\" is not a duration: \(error).",
                remedy: didYouMean(suggestion)
                    ?? "Say a whole number, the clock and the unit: seconds, minutes, hours, days, weeks, or business "
                    + "minutes, hours, days.", example: "2 business hours")
            return nil
        }
    }

    mutating func date(_ syntax: Syntax) -> CivilDate? {
        guard let written = plainText(syntax, "a date") else { return nil }
        return date(written, at: syntax)
    }

    mutating func date(_ written: String, at syntax: Syntax) -> CivilDate? {
        do {
            return try CivilDate(text: written)
        } catch {
            note(
                .badDate, at: syntax, "\"\(written)\" is not a date: \(error).",
                remedy: "Write year, month and day.", example: "2026-12-24")
            return nil
        }
    }

    /// The values of a mapping by key. Unknown keys are noted and left out.
    mutating func entries(
        of syntax: Syntax, in what: String, keys: [String], example: String
    ) -> [String: Syntax]? {
        guard let entries = mapping(syntax, what, example: example) else { return nil }
        var values: [String: Syntax] = [:]
        for entry in entries where findings.count < Self.mostFindings {
            if keys.contains(entry.key) {
                values[entry.key] = entry.value
            } else {
                note(
                    .unknownKey, at: entry.keySyntax, "\(what.sentence) has no \"\(entry.key)\".",
                    remedy: didYouMean(nearestName(to: entry.key, among: keys))
                        ?? "It may have: \(keys.joined(separator: ", ")).")
            }
        }
        return values
    }

    mutating func mapping(_ syntax: Syntax, _ what: String, example: String) -> [Syntax.Entry]? {
        guard case .mapping(let entries) = syntax.content else {
            note(
                .wrongShape, at: syntax, "\(what.sentence) is written as keys with values.",
                remedy: "Write a key, a colon, a space and a value.", example: example)
            return nil
        }
        return entries
    }

    mutating func plainText(_ syntax: Syntax, _ what: String) -> String? {
        if let text = syntax.text, !text.isEmpty { return text }
        note(
            .wrongShape, at: syntax, "Here should stand \(what), as one text.",
            remedy: "Write it on this line, behind the colon.")
        return nil
    }
}

// Findings.

extension AgreementReader {
    mutating func note(
        _ code: FindingCode, at syntax: Syntax, _ cause: String, remedy: String, example: String? = nil
    ) {
        let complaint = Complaint(code, cause, remedy: remedy, example: example)
        note(complaint, line: syntax.line, column: syntax.column, length: syntax.length)
    }

    mutating func note(_ complaint: Complaint, _ line: Int, _ column: Int) {
        note(complaint, line: line, column: column, length: 1)
    }

    mutating func note(_ complaint: Complaint, line: Int, column: Int, length: Int) {
        note(text, complaint, line, column, length)
    }

    /// All findings at once, as far as anybody reads: the last one says that it is.
    static let mostFindings = 1000

    private mutating func note(_ file: SourceText, _ complaint: Complaint, _ line: Int, _ column: Int, _ length: Int) {
        guard findings.count < Self.mostFindings else { return }
        var complaint = complaint
        if findings.count == Self.mostFindings - 1 {
            complaint.remedy += " Once these \(Self.mostFindings) findings are mended, look for more."
        }
        findings.append(file.finding(complaint, line: line, column: column, length: length))
    }

    /// A finding in a file the agreement includes.
    mutating func note(_ complaint: Complaint, in file: SourceText, line: Int) {
        note(file, complaint, line, 1, .max)
    }

    func didYouMean(_ name: String?) -> String? { name.map { "Did you mean \($0)?" } }
}
