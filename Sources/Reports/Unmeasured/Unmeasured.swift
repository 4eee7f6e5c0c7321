internal import Agreement
internal import Engine
internal import Vocabulary

extension ReportDefinition {
    /// What cannot be said, and why.
    static let unmeasured = ReportDefinition(
        "unmeasured", "Unmeasured",
        answers:
            "What was promised and is not measured, what is measured and was never promised, and what the facts leave out.",
        options: [.period, .from, .to, .segment, .team],
        formulas: [
            Formula(
                "missing", "those of whom the facts do not say it / those of whom they ought to",
                source: "requirement F34"),
            Formula(
                "list without consent",
                "at least so many persons made by one user within the time of `consent.upload`, none with a consent by then",
                source: "semantics, section 9"),
        ]
    ) { inquiry throws(ReportProblem) in
        let clauses = inquiry.unmeasuredClauses(Commitments(inquiry, withCoverage: false))
        let uploaded = inquiry.uploadedPersons()
        return Found(
            population: "clauses of the agreement in force at the end, and the facts of the window",
            measure: "what they leave unsaid",
            sections: [
                inquiry.section(clauses), inquiry.section(inquiry.unpromised()), inquiry.gapSection(inquiry.gaps()),
                inquiry.uploadSection(uploaded, inquiry.uploads(uploaded)),
            ], warnings: [])
    }
}

private func text(_ text: String, _ members: [Int32] = []) -> Cell { Cell(.text(text), of: members, .statistic) }

extension Inquiry {
    fileprivate func section(_ clauses: [UnmeasuredClause]) -> ReportSection {
        let table = Tabulation(
            clauses,
            listing: [
                Listed("clause", "clause", .text) { .text($0.address) },
                Listed("says", "says", .text) { .text($0.says) },
                Listed("why", "why", .text) { .text($0.why) },
            ])
        let rows = clauses.indices.map { number in
            let (clause, member) = (clauses[number], [Int32(number)])
            return ReportRow(
                key: "\(clause.address)-\(number + 1)", name: clause.address, isTotal: false,
                cells: [text(clause.says, member), text(clause.why, member)])
        }
        return ReportSection(
            key: "promised", title: "Promised, and not measured", rowsAre: "clause",
            columns: [
                ReportColumn(key: "says", title: "says", kind: .text),
                ReportColumn(key: "why", title: "why", kind: .text),
            ], rows: rows, records: table.list)
    }

    fileprivate func section(_ measured: [Unpromised]) -> ReportSection {
        let table = Tabulation(
            measured,
            listing: [
                Listed("what", "what", .text) { .text($0.what) }, Listed("count", "count", .count) { .count($0.count) },
                Listed("clause", "clause to add", .text) { .text($0.remedy) },
            ])
        let rows = measured.indices.map { number in
            let (found, member) = (measured[number], [Int32(number)])
            return ReportRow(
                key: "unpromised-\(number + 1)", name: found.what, isTotal: false,
                cells: [Cell(.count(found.count), of: member, .sum(column: "count")), text(found.remedy, member)])
        }
        return ReportSection(
            key: "unpromised", title: "Measured, and never promised", rowsAre: "what",
            columns: [
                ReportColumn(key: "count", title: "count", kind: .count),
                ReportColumn(key: "clause", title: "clause to add", kind: .text),
            ], rows: rows, records: table.list)
    }

    fileprivate func gapSection(_ gaps: [Gap]) -> ReportSection {
        let company = company
        let table = Tabulation(
            gaps,
            listing: [
                Listed("who", "who", .text) { $0.person < 0 ? .nothing : .text(company.personName($0.person)) },
                Listed("account", "account", .text) {
                    $0.account < 0 ? .nothing : .text(company.accountName($0.account))
                },
                Listed("deal", "deal", .text) { $0.deal < 0 ? .nothing : .text(company.text($0.deal)) },
                Listed("owner", "owner", .text) { $0.owner < 0 ? .nothing : .text(company.repName($0.owner)) },
                Listed("instant", "when", .instant) { .instant($0.instant) },
                Listed("missing", "missing", .flag) { .flag($0.isMissing) },
                Listed("fact", "fact", .fact) { company.fact($0.fact) },
            ])
        let measures: [Measure<Gap>] = [
            .count("missing", "missing") { $0.isMissing }, .count("of", "of"),
            .share("share", "share", { $0.isMissing }),
        ]
        let byRow = Dictionary(grouping: table.all) { table.records[Int($0)].row }
        let rows = GapKind.allCases.map { kind in
            let row = table.row(kind.rawValue, kind.title, byRow[kind.rawValue] ?? [], measures)
            return ReportRow(key: row.key, name: row.name, isTotal: false, cells: row.cells + [text(kind.says)])
        }
        return ReportSection(
            key: "facts", title: "What the facts leave out", rowsAre: "what",
            columns: measures.map(\.column) + [ReportColumn(key: "says", title: "nobody can say", kind: .text)],
            rows: rows, records: table.list)
    }

    fileprivate func uploadSection(_ persons: [UploadedPerson], _ uploads: [Upload]) -> ReportSection {
        let company = company
        let table = Tabulation(
            persons,
            listing: [
                Listed("who", "who", .text) { .text(company.personName($0.person)) },
                Listed("account", "account", .text) { .text(company.accountName($0.account)) },
                Listed("by", "made by", .text) { .text(company.repName($0.by)) },
                Listed("made", "made", .instant) { .instant($0.made) },
                Listed("consented", "consented", .instant) { ReportValue($0.consented) },
                Listed("contacted", "contacted", .instant) { ReportValue($0.contacted) },
                Listed("fact", "fact", .fact) { company.fact($0.fact) },
            ])
        let measures: [Measure<UploadedPerson>] = [
            .count("persons", "persons"), .count("consented", "consented since") { $0.consented != nil },
            .count("contacted", "contacted in spite of it") { person in
                guard let contacted = person.contacted else { return false }
                return person.consented.map { contacted < $0 } ?? true
            },
        ]
        let rows = uploads.map { upload in
            let name = "\(company.repName(upload.by)), \(upload.from)"
            return table.row(name, name, upload.members, measures)
        }
        return ReportSection(
            key: "uploads", title: "Lists without consent", rowsAre: "made by", columns: measures.map(\.column),
            rows: rows,
            records: table.list)
    }
}
