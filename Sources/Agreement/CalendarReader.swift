internal import Findings
internal import Vocabulary

// The `calendars` clause:
//
//     calendars:
//       munich:
//         timezone: Europe/Berlin                       the company's unless stated
//         hours: {mon-thu: [08:30-12:00, 13:00-17:30], fri: 08:30-15:00}
//         holidays: holidays/de-by.ics                  or a list of dates
//         exceptions: {2026-12-24: [08:30-12:00], 2026-12-31: closed}

extension AgreementReader {
    private static let calendarExample = "munich: {hours: {mon-fri: 09:00-17:30}}"

    mutating func calendars(_ syntax: Syntax, companyZone: Zone) -> [NamedCalendar] {
        var calendars: [NamedCalendar] = []
        for entry in mapping(syntax, "the list of calendars", example: Self.calendarExample) ?? [] {
            checkName(entry)
            if let calendar = calendar(entry, companyZone: companyZone) {
                calendars.append(NamedCalendar(name: entry.key, calendar: calendar))
            }
        }
        return calendars
    }

    private mutating func calendar(_ entry: Syntax.Entry, companyZone: Zone) -> BusinessCalendar? {
        guard
            let values = entries(
                of: entry.value, in: "a calendar", keys: SectionShape.calendar.names, example: Self.calendarExample)
        else { return nil }
        let zone = optional(values["timezone"], unless: companyZone) { $0.zone($1) }
        let hours = optional(values["hours"], unless: [:]) { $0.weekHours($1) }
        let holidays = optional(values["holidays"], unless: []) { $0.holidays($1) }
        let exceptions = optional(values["exceptions"], unless: [:]) { $0.exceptions($1) }
        if values["hours"] == nil {
            note(
                .missingKey, at: entry.keySyntax, "The calendar \"\(entry.key)\" has no hours.",
                remedy: "Say when people work.", example: "hours: {mon-fri: 09:00-17:30}")
        } else if let hours, hours.values.allSatisfy(\.blocks.isEmpty) {
            note(
                .neverOpens, at: entry.keySyntax,
                "The calendar \"\(entry.key)\" never opens on any weekday, so nothing would ever be due.",
                remedy: "Give at least one weekday hours.", example: "hours: {mon-fri: 09:00-17:30}")
        }
        guard let zone, let hours, let holidays, let exceptions else { return nil }
        let address = "calendars.\(entry.key)"
        record(
            zone.name, "\(address).timezone", values["timezone"] ?? entry.keySyntax,
            isDefault: values["timezone"] == nil)
        record(WeekWords(hours: hours), "\(address).hours", values["hours"] ?? entry.keySyntax)
        record(
            Set(holidays.map(\.date)).sorted(), "\(address).holidays", values["holidays"] ?? entry.keySyntax,
            standing(.holidays), isDefault: values["holidays"] == nil)
        record(
            exceptions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.words)" }, "\(address).exceptions",
            values["exceptions"] ?? entry.keySyntax, isDefault: values["exceptions"] == nil)
        return BusinessCalendar(zone: zone, hours: hours, holidays: holidays, exceptions: exceptions)
    }

    mutating func checkName(_ entry: Syntax.Entry) {
        guard ambiguousNames.contains(entry.key.lowercased()) else { return }
        note(
            .ambiguousName, at: entry.keySyntax,
            "Common readers of YAML take the name \"\(entry.key)\" for true, false or nothing.",
            remedy: "Choose another name.")
    }
}

/// Names that other YAML readers turn into true, false or nothing.
let ambiguousNames: Set<String> = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", ""]

// Hours.

extension AgreementReader {
    private mutating func weekHours(_ syntax: Syntax) -> [Weekday: DayHours]? {
        guard let entries = mapping(syntax, "the list of hours", example: "hours: {mon-fri: 09:00-17:30}") else {
            return nil
        }
        var (week, isWhole) = ([Weekday: DayHours](), true)
        for entry in entries {
            guard let days = days(entry.keySyntax), let hours = dayHours(entry.value) else {
                isWhole = false
                continue
            }
            for day in days where week.updateValue(hours, forKey: day) != nil {
                isWhole = false
                note(
                    .dayTwice, at: entry.keySyntax, "\(day.name) has hours already.",
                    remedy: "Give each day its hours once; several blocks of a day are a list.",
                    example: "mon: [08:30-12:00, 13:00-17:30]")
            }
        }
        return isWhole ? week : nil
    }

    /// `mon`, `monday`, `mon-thu`, and `sun-thu` round the end of the week.
    private mutating func days(_ syntax: Syntax) -> [Weekday]? {
        let names = (syntax.text ?? "").split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(names.count) else { return unknownDay(syntax.text ?? "", at: syntax) }
        var ends: [Weekday] = []
        for name in names {
            guard let day = Weekday(agreementName: String(name)) else { return unknownDay(String(name), at: syntax) }
            ends.append(day)
        }
        return Weekday.range(from: ends[0], through: ends[ends.count - 1])
    }

    private mutating func unknownDay(_ name: String, at syntax: Syntax) -> [Weekday]? {
        note(
            .unknownDay, at: syntax, "\"\(name)\" is not a day of the week.",
            remedy: didYouMean(nearestName(to: name, among: Weekday.agreementNames))
                ?? "Days are mon, tue, wed, thu, fri, sat, sun; a range is mon-thu.", example: "mon-fri: 09:00-17:30")
        return nil
    }

    /// `closed`, one block, or a list of blocks.
    private mutating func dayHours(_ syntax: Syntax) -> DayHours? {
        let parts = members(syntax)
        if parts.map({ $0.text?.lowercased() }) == ["closed"] { return .closed }
        var blocks: [Block] = []
        for part in parts {
            guard let block = block(part) else { return nil }
            blocks.append(block)
        }
        do {
            return try DayHours(blocks)
        } catch {
            note(
                .blocksOverlap, at: syntax, "\(error.description.sentence).",
                remedy: "Let each block begin when the one before has ended.")
            return nil
        }
    }

    private mutating func block(_ syntax: Syntax) -> Block? {
        guard let written = plainText(syntax, "a block of hours") else { return nil }
        do {
            return try Block(text: written)
        } catch {
            note(
                .badHours, at: syntax, "\"\(written)\" is not a block of hours: \(error.cause).",
                remedy: "Write when it opens and closes in local time, or closed.", example: "08:30-12:00")
            return nil
        }
    }
}

// Holidays and exceptions.

extension AgreementReader {
    private mutating func exceptions(_ syntax: Syntax) -> [CivilDate: DayHours]? {
        guard let entries = mapping(syntax, "the list of exceptions", example: "exceptions: {2026-12-31: closed}")
        else {
            return nil
        }
        var (exceptions, isWhole) = ([CivilDate: DayHours](), true)
        for entry in entries {
            let (date, hours) = (date(entry.key, at: entry.keySyntax), dayHours(entry.value))
            if let date, let hours { exceptions[date] = hours } else { isWhole = false }
        }
        return isWhole ? exceptions : nil
    }

    private mutating func holidays(_ syntax: Syntax) -> [Holiday]? {
        switch syntax.content {
        case .text(let written):
            if let date = try? CivilDate(text: written) { return [Holiday(date: date, name: "holiday")] }
            return includedHolidays(syntax)
        case .list(let dates):
            let read = dates.map { date($0) }
            return read.contains(nil) ? nil : read.compactMap { $0 }.map { Holiday(date: $0, name: "holiday") }
        case .mapping:
            note(
                .wrongShape, at: syntax, "Holidays are a file or a list of dates.",
                remedy: "Name the file or list them.",
                example: "holidays: [2026-12-25, 2026-12-26]")
            return nil
        }
    }

    private mutating func includedHolidays(_ syntax: Syntax) -> [Holiday]? {
        guard let path = plainText(syntax, "the name of a file"), let bytes = include(path, at: syntax) else {
            return nil
        }
        let file = SourceText(file: path, bytes: bytes)
        do {
            let reading = try surroundings.holidays(bytes)
            if let first = reading.timedEvents.first {
                note(
                    Complaint(
                        .skippedEvents,
                        "\(reading.timedEvents.count) events have a time of day and close no day; the first is \"\(first.name)\".",
                        remedy: "Make them events of a whole day, or take them out of the file."), in: file,
                    line: first.line)
            }
            return reading.holidays
        } catch {
            note(
                Complaint(
                    .badHolidays, "\(error.cause.sentence).",
                    remedy: "Save the calendar again as an iCalendar file (.ics), or list the dates in the agreement.",
                    example: "holidays: [2026-12-25, 2026-12-26]"), in: file, line: error.line ?? 1)
            return nil
        }
    }

    /// The bytes of a file beside the agreement.
    mutating func include(_ path: String, at syntax: Syntax) -> [UInt8]? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !path.contains("\\"), !path.contains("\0"), parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." })
        else {
            note(
                .includeOutside, at: syntax, "\"\(path)\" does not name a file in the folder of the agreement.",
                remedy: "Put the file beside the agreement and name it from there.", example: "holidays/de-by.ics")
            return nil
        }
        do {
            let bytes = try surroundings.include(path)
            if bytes.count <= SourceText.largestFile { return bytes }
            return bad(
                .tooLarge, syntax, "\"\(path)\" has more than 4 MB, the most that a file beside an agreement may have.",
                "Take out what the agreement does not need, or check that it is the right file.")
        } catch {
            note(
                .includeUnreadable, at: syntax, "\"\(path)\" cannot be read: \(error).",
                remedy: "Check the name, and that the file is there and may be read.")
            return nil
        }
    }
}

extension Weekday {
    /// The first three letters of each, then the whole names.
    static let agreementNames = allCases.map(\.shortName) + allCases.map { $0.name.lowercased() }

    init?(agreementName name: String) {
        guard let index = Weekday.agreementNames.firstIndex(of: name.lowercased()) else { return nil }
        self = Weekday.allCases[index % 7]
    }

    /// The days from one through another, round the end of the week where need be.
    static func range(from first: Weekday, through last: Weekday) -> [Weekday] {
        let count = (Int(last.rawValue) - Int(first.rawValue) + 7) % 7 + 1
        return (0..<count).map { Weekday.allCases[(Int(first.rawValue) + $0) % 7] }
    }
}

/// Why a text is not a block: a phrase.
struct BlockTextError: Error {
    var cause: String
}

extension Block {
    /// Reads `08:30-12:00`.
    init(text: String) throws(BlockTextError) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { throw BlockTextError(cause: "it needs an opening and a closing time") }
        var times: [TimeOfDay] = []
        for end in ends {
            do {
                times.append(try TimeOfDay(text: end.filter { $0 != " " }))
            } catch {
                throw BlockTextError(cause: "\"\(end)\" is not a time of day, since \(error)")
            }
        }
        do {
            try self.init(times[0], times[1])
        } catch {
            throw BlockTextError(cause: error.description)
        }
    }
}

/// The hours of a week in canonical words, days in order.
private struct WeekWords: Statable {
    let hours: [Weekday: DayHours]

    var words: String {
        Weekday.allCases.map { "\($0.shortName) \((hours[$0] ?? .closed).words)" }.joined(separator: "; ")
    }
}

extension DayHours {
    fileprivate var words: String { blocks.isEmpty ? "closed" : blocks.map(\.description).joined(separator: " ") }
}
