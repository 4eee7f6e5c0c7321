import CLibical
import Vocabulary

/// One VEVENT, as far as holidays are concerned.
struct DatedEvent {
    var line: Int
    var uid: String
    var name: String
    var skipReason: SkippedEvent.Reason?
    var start: CivilDate
    /// In days, at least 1.
    var length: Int
    var rule: icalrecurrencetype?
    var additions: [CivilDate]
    var exclusions: Set<CivilDate>
    var recurrenceID: CivilDate?
}

extension DatedEvent {
    /// The first days of all occurrences; `DTSTART` is one even where the rule does not name it.
    func starts(through last: CivilDate) throws(ICalendarError) -> [CivilDate] {
        guard let rule else { return [start] + additions }
        guard let iterator = icalrecur_iterator_new(rule, start.icalTime) else {
            throw ICalendarError(line: line, cause: .unusableRule)
        }
        defer { icalrecur_iterator_free(iterator) }
        return try [start] + additions + ruled(iterator, through: last)
    }

    private func ruled(_ iterator: OpaquePointer, through last: CivilDate) throws(ICalendarError) -> [CivilDate] {
        var dates: [CivilDate] = []
        while let date = CivilDate(icalrecur_iterator_next(iterator)), date <= last { dates.append(date) }
        // A rule that names no date may have cost the library a search to the end of its time: do not let that repeat.
        guard !dates.isEmpty || start > last else { throw ICalendarError(line: line, cause: .unusableRule) }
        return dates.filter { $0 != start }
    }
}

/// The VEVENTs of a file whose outline has been checked.
func datedEvents(in bytes: [UInt8], outline: ICalendarOutline) throws(ICalendarError) -> [DatedEvent] {
    let root = (bytes + [0]).withUnsafeBufferPointer { buffer in
        buffer.withMemoryRebound(to: CChar.self) { icalparser_parse_string($0.baseAddress) }
    }
    guard let root else { throw ICalendarError(line: 1, cause: .notICalendar) }
    defer { icalcomponent_free(root) }
    var components: [OpaquePointer] = []
    collectEvents(in: root, into: &components)
    guard components.count == outline.eventLines.count else {
        throw ICalendarError(line: nil, cause: .unreadable("the events cannot be told apart"))
    }
    var events: [DatedEvent] = []
    for (component, line) in zip(components, outline.eventLines) {
        events.append(try EventReader(component: component, line: line).event())
    }
    let mostRecurring = 500
    guard events.count(where: { $0.rule != nil }) <= mostRecurring else {
        throw ICalendarError(line: nil, cause: .tooMany("\(mostRecurring) recurring events"))
    }
    return events
}

private func collectEvents(in component: OpaquePointer, into events: inout [OpaquePointer]) {
    var next = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT)
    while let child = next {
        if icalcomponent_isa(child) == ICAL_VEVENT_COMPONENT { events.append(child) }
        collectEvents(in: child, into: &events)
        next = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)
    }
}

private struct EventReader {
    let component: OpaquePointer
    let line: Int

    /// What a holiday is read from; trouble anywhere else in an event is nobody's concern.
    private static let readProperties = [
        "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS",
    ]

    func event() throws(ICalendarError) -> DatedEvent {
        try refuseUnreadable()
        guard let property = first(ICAL_DTSTART_PROPERTY) else { throw error(.noStart) }
        let begins = icalproperty_get_dtstart(property)
        let start = try date(begins)
        let isTimed = begins.is_date == 0
        return DatedEvent(
            line: line, uid: text(icalcomponent_get_uid(component)), name: text(icalcomponent_get_summary(component)),
            skipReason: isCancelled ? .cancelled : isTimed ? .timed : nil, start: start,
            length: isTimed ? 1 : try length(from: start), rule: isTimed ? nil : try rule(),
            additions: try dates(ICAL_RDATE_PROPERTY) { icalproperty_get_rdate($0).time },
            exclusions: Set(try dates(ICAL_EXDATE_PROPERTY) { icalproperty_get_exdate($0) }),
            recurrenceID: try first(ICAL_RECURRENCEID_PROPERTY).map { property throws(ICalendarError) in
                try date(icalproperty_get_recurrenceid(property))
            })
    }

    private func refuseUnreadable() throws(ICalendarError) {
        for property in all(ICAL_XLICERROR_PROPERTY) {
            let message = text(icalproperty_get_xlicerror(property))
            if let name = EventReader.readProperties.first(where: { message.contains(" \($0) property") }) {
                let value = message.split(separator: ":", maxSplits: 1).last ?? ""
                throw error(.unreadable("\(name) cannot be read:\(value)"))
            }
        }
    }

    private var isCancelled: Bool {
        first(ICAL_STATUS_PROPERTY).map { icalproperty_get_status($0) == ICAL_STATUS_CANCELLED } ?? false
    }

    /// RFC 5545, section 3.6.1: `DTEND` is exclusive; an all-day event without end lasts one day.
    private func length(from start: CivilDate) throws(ICalendarError) -> Int {
        let days: Int
        if let end = first(ICAL_DTEND_PROPERTY) {
            days = Int(try date(icalproperty_get_dtend(end)).daysSinceEpoch) - Int(start.daysSinceEpoch)
        } else if let duration = first(ICAL_DURATION_PROPERTY) {
            let value = icalproperty_get_duration(duration)
            days = (Int(value.weeks) * 7 + Int(value.days)) * (value.is_neg == 0 ? 1 : -1)
        } else {
            days = 1
        }
        // Some programs write an all-day event of one day with an end on the same day.
        guard days >= 0 else { throw error(.endsBeforeStart) }
        guard days <= 366 else { throw error(.lastsTooLong) }
        return max(1, days)
    }

    private func rule() throws(ICalendarError) -> icalrecurrencetype? {
        guard let property = first(ICAL_RRULE_PROPERTY) else { return nil }
        let rule = icalproperty_get_rrule(property)
        let usable = [
            ICAL_DAILY_RECURRENCE, ICAL_WEEKLY_RECURRENCE, ICAL_MONTHLY_RECURRENCE, ICAL_YEARLY_RECURRENCE,
        ]
        guard usable.contains(rule.freq) else { throw error(.unusableRule) }
        return rule
    }

    private func dates(
        _ kind: icalproperty_kind, _ value: (OpaquePointer) -> icaltimetype
    ) throws(ICalendarError) -> [CivilDate] {
        var dates: [CivilDate] = []
        for property in all(kind) { dates.append(try date(value(property))) }
        return dates
    }

    private func date(_ time: icaltimetype) throws(ICalendarError) -> CivilDate {
        guard let date = CivilDate(time) else { throw error(.noSuchDate) }
        return date
    }

    private func first(_ kind: icalproperty_kind) -> OpaquePointer? {
        icalcomponent_get_first_property(component, kind)
    }

    private func all(_ kind: icalproperty_kind) -> [OpaquePointer] {
        var properties: [OpaquePointer] = []
        var next = first(kind)
        while let property = next {
            properties.append(property)
            next = icalcomponent_get_next_property(component, kind)
        }
        return properties
    }

    private func text(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }

    private func error(_ cause: ICalendarError.Cause) -> ICalendarError { ICalendarError(line: line, cause: cause) }
}

extension CivilDate {
    /// `nil` for the null time that ends a recurrence, and for days that do not exist.
    fileprivate init?(_ time: icaltimetype) {
        self.init(year: Int(time.year), month: Int(time.month), day: Int(time.day))
    }

    fileprivate var icalTime: icaltimetype {
        var time = icaltime_null_time()  // not icaltime_null_date, whose hour is −1
        (time.year, time.month, time.day) = (Int32(year), Int32(month), Int32(day))
        time.is_date = 1
        return time
    }
}
