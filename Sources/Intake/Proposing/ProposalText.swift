internal import Journal
internal import Vocabulary

/// Writes a proposal as the YAML that a person reads, mends and keeps.
struct ProposalText {
    private var lines: [String] = []

    /// Words that mean something else where a column's name may stand.
    static let reserved: Set<String> = ["row", "each", "known", "as_of", "is", "id", "record", "column"]

    // MARK: A preset

    static func of(_ fit: PresetFit, _ sample: FileSample, _ day: MappingProposal.Day, open: () throws -> Pull)
        -> String
    {
        var text = ProposalText()
        let total = fit.understood.count + fit.notUnderstood.count
        text.note(
            "preset:\(fit.preset.name) fits \(sample.fileName): \(fit.understood.count) of \(total) columns understood."
        )
        if !fit.notUnderstood.isEmpty { text.note("Not read: \(ProposalText.listed(fit.notUnderstood)).") }
        return text.finished(with: text.sayingTimes(in: fit.preset, sample), sample, day, open)
    }

    /// The preset with the formats of the file's times, where it would not read them.
    private mutating func sayingTimes(in preset: Preset, _ sample: FileSample) -> String {
        guard let mapping = try? MappingText(preset.text).mapping else { return preset.text }
        let times = PresetTimes(mapping, sample)
        if let check = times.check { note("check: " + check) }
        guard let formats = times.formats else { return preset.text }
        note("sure: times are written as \(formats.dropFirst(mapping.times.count).joined(separator: " and ")).")
        let list = formats.map(quoted).joined(separator: ", ")
        return MappingText.saying("times", "[\(list)]", in: preset.text)
    }

    /// More names than a person reads in a comment are counted.
    private static func listed(_ names: [String]) -> String {
        let shown = names.prefix(30).joined(separator: ", ")
        return names.count > 30 ? "\(shown) and \(names.count - 30) more" : shown
    }

    /// Tries the mapping on the rows read: says as of when they speak where that is missing, and which rows it refuses.
    private mutating func finished(
        with mapping: String, _ sample: FileSample, _ day: MappingProposal.Day, _ open: () throws -> Pull
    ) -> String {
        var mapping = mapping
        var trial = Trial(mapping, sample, open)
        if trial.needsAsOf {
            let (value, comment) = ProposalText.asOf(day)
            note(comment)
            mapping = MappingText.saying("as_of", value, in: mapping)
            trial = Trial(mapping, sample, open)
        }
        trial.refusals.forEach { note("check: " + $0) }
        return (lines.joined(separator: "\n") + "\n" + mapping)
    }

    private static func asOf(_ day: MappingProposal.Day) -> (value: String, comment: String) {
        switch day {
        case .inFileName: ("file name", "sure: as_of is the date in the file's name.")
        case .lastWritten(let day): (day, "check: as_of is the day the file was written. As of when does it speak?")
        case .unknown: ("1980-01-01", "check: nothing tells as of when the file speaks: write its day as as_of.")
        }
    }

    // MARK: A mapping of its own

    static func of(
        _ columns: [ColumnReading], _ rows: RowReading, _ sample: FileSample, _ day: MappingProposal.Day,
        nearest: PresetFit?, open: () throws -> Pull
    ) -> String {
        var text = ProposalText()
        text.note(
            "Proposed from the first \(sample.rows) rows of \(sample.fileName). Read the lines marked check first.")
        let values = sample.namesLikeData
        if !values.isEmpty {
            text.note(
                "check: the first line looks like a row, not like names of columns (\(values.prefix(3).joined(separator: ", "))). "
                    + "Give the file a header.")
        }
        if let nearest { text.note(ProposalText.mention(of: nearest)) }
        if sample.malformed > 0 { text.note("check: \(sample.malformed) of the first rows cannot be read at all.") }
        var body = ProposalText()
        body.write(columns, rows)
        return text.finished(with: body.lines.joined(separator: "\n") + "\n", sample, day, open)
    }

    private static func mention(of fit: PresetFit) -> String {
        if fit.isOfVendor { return "No preset fits well; the nearest is preset:\(fit.preset.name)." }
        let staff = fit.preset.isOfStaff ? " and lists your own people" : ""
        return "Columns like these are in the files of many systems. If this one is from \(fit.preset.vendor)\(staff), "
            + "see preset:\(fit.preset.name)."
    }

    private mutating func write(_ columns: [ColumnReading], _ rows: RowReading) {
        lines += ["mapping: 1", "name: \(quoted(rows.object))"]
        add(
            "source: \(quoted(rows.object))",
            "check: which system is it from? Facts of one system must say the same word")
        add("zone: UTC", "check: the zone of times written without one, such as Europe/Berlin")
        lines += ["", "columns:"]
        for column in columns { add("  " + entry(column), "\(column.certainty.rawValue): \(column.why)") }
        lines += ["", "facts:"]
        if rows.areRecords { writeRecord(columns, rows) }
        writeEvent(columns, rows)
    }

    private func entry(_ column: ColumnReading) -> String {
        var parts = ["named: [\(quoted(column.header))]"]
        if column.type != .text { parts.append("as: \(column.type.rawValue)") }
        if let format = column.format { parts.append("format: \(quoted(format))") }
        if column.decimalComma, [.number, .money].contains(column.type) { parts.append("decimal: \",\"") }
        if column.isPersonal { parts.append("personal: yes") }
        if !column.choices.isEmpty { parts.append("of: [\(column.choices.map(quoted).joined(separator: ", "))]") }
        return "\(column.name): {\(parts.joined(separator: ", "))}"
    }

    private mutating func writeRecord(_ columns: [ColumnReading], _ rows: RowReading) {
        add("  - fact: observed", rows.id == nil ? "guess: no column tells rows apart" : "guess: each row is a record")
        lines.append("    object: \(quoted(rows.object))")
        writeID(rows)
        if let modified = rows.modified {
            add("    since: \(modified.column.name)", "guess: when the record was last changed; \(modified.why)")
        }
        writeReferences(rows)
        writeValues(columns.filter { $0 != rows.modified?.column })
    }

    private mutating func writeEvent(_ columns: [ColumnReading], _ rows: RowReading) {
        guard let happened = rows.happened, rows.person != nil || rows.email != nil else { return }
        add("  - fact: activity", "guess: each row tells what a person did")
        lines.append("    object: \(quoted(rows.object))")
        if let name = rows.name {
            add("    name: \(name.column.name)", "guess: what it was; \(name.why)")
            lines.append("    when: {\(happened.column.name): known, \(name.column.name): known}")
        } else {
            let name = HeaderWords(happened.column.header).words.joined(separator: " ")
            add("    name: {is: \(quoted(name))}", "check: what to call it")
            lines.append("    when: {\(happened.column.name): known}")
        }
        writeID(rows)
        add("    at: \(happened.column.name)", "guess: when it happened; \(happened.why)")
        lines.append("    if_nobody: skip")
        writeReferences(rows)
        if !rows.areRecords { writeValues(columns.filter { $0 != happened.column && $0 != rows.name?.column }) }
    }

    private mutating func writeID(_ rows: RowReading) {
        if let id = rows.id {
            add("    id: \(id.column.name)", "guess: \(id.why)")
        } else {
            add("    id: row", "guess: no column is different in every row; equal rows are told apart by counting")
        }
    }

    private mutating func writeReferences(_ rows: RowReading) {
        var person: [String] = []
        if let column = rows.person?.column { person.append("record: {object: person, id: \(column.name)}") }
        if let email = rows.email { person.append("email: \(email.name)") }
        if !person.isEmpty {
            add("    person: {\(person.joined(separator: ", "))}", "guess: \(rows.person?.why ?? "its e-mail address")")
        }
        if let account = rows.account {
            add("    account: {record: {object: account, id: \(account.column.name)}}", "guess: \(account.why)")
        }
    }

    private mutating func writeValues(_ columns: [ColumnReading]) {
        lines.append("    with:")
        lines += columns.map { "      - \($0.name)" }
    }

    // MARK: Lines

    private mutating func note(_ comment: String) { lines.append("# " + ProposalText.plain(comment)) }

    private mutating func add(_ line: String, _ comment: String) {
        lines.append(line + "  # " + ProposalText.plain(comment))
    }

    /// A comment ends with its line, whatever a file's columns are called.
    private static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.isWhitespace || $0.value < 32 ? " " : $0 })
        )
    }

    /// A YAML scalar that reads back as `text`, quoted where it must be.
    private func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x5F }
        if isPlain { return text }
        var json = JSONText()
        json.string(text)
        return json.text
    }
}
