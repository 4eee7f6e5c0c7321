/// ISO 8601 as it is met: `2026-01-05`, `2026-01-05T03:15:52.123Z`, `2026-01-05 03:15+01:00`, `20260105T031552Z`,
/// `2026-01-05 03:15:52 UTC`. Week and ordinal dates are refused.
enum ISO8601Time {
    static func parts(_ bytes: Bytes) throws(UnreadableValue) -> TimeParts {
        var (cursor, parts) = (ByteCursor(bytes), TimeParts())
        try date(&cursor, &parts)
        if cursor.isAtEnd { return parts }
        guard cursor.take("t") || cursor.skipSpaces() else { throw .notATime }
        try time(&cursor, &parts)
        cursor.skipSpaces()
        if cursor.isAtEnd { return parts }
        guard let offset = cursor.offset(), cursor.isAtEnd else { throw .notATime }
        parts.offsetSeconds = offset
        return parts
    }

    private static func date(_ cursor: inout ByteCursor, _ parts: inout TimeParts) throws(UnreadableValue) {
        guard let year = cursor.digits(4, 4) else { throw .notATime }
        let isExtended = cursor.take(UInt8(ascii: "-"))
        // A fifth digit and a hyphen: a year such as 20026.
        if !isExtended, cursor.isLongYear { throw .absurdDate }
        guard let month = cursor.digits(2, 2), !isExtended || cursor.take(UInt8(ascii: "-")),
            let day = cursor.digits(2, 2)
        else { throw .notATime }
        (parts.year, parts.month, parts.day) = (year.value, month.value, day.value)
    }

    private static func time(_ cursor: inout ByteCursor, _ parts: inout TimeParts) throws(UnreadableValue) {
        // A single digit is met where a database cast a time to text.
        guard let hour = cursor.digits(1, 2) else { throw .notATime }
        let isExtended = cursor.take(UInt8(ascii: ":"))
        guard isExtended || hour.count == 2, let minute = cursor.digits(2, 2) else { throw .notATime }
        (parts.hasTime, parts.hour, parts.minute) = (true, hour.value, minute.value)
        guard isExtended ? cursor.take(UInt8(ascii: ":")) : cursor.next.map(ASCII.isDigit) == true else { return }
        guard let second = cursor.digits(2, 2) else { throw .notATime }
        parts.second = second.value
        guard cursor.take(UInt8(ascii: ".")) || cursor.take(UInt8(ascii: ",")) else { return }
        guard let millisecond = cursor.milliseconds() else { throw .notATime }
        parts.millisecond = millisecond
    }
}

extension ByteCursor {
    /// Behind four digits: more digits, then a hyphen.
    fileprivate var isLongYear: Bool {
        var rest = self
        return rest.digits(1, 3) != nil && rest.take(UInt8(ascii: "-"))
    }
}
