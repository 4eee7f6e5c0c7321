public import Findings
public import Vocabulary

/// What the agreement needs from outside, given by the shell, so that reading an agreement itself touches nothing.
public struct Surroundings: Sendable {
    public let zones: ZoneTable
    /// The bytes of a file beside the agreement. The path has been checked to be relative and without `..`.
    public let include: @Sendable (_ path: String) throws -> [UInt8]
    /// Reads an iCalendar file.
    public let holidays: @Sendable (_ bytes: [UInt8]) throws(HolidayProblem) -> HolidayReading

    public init(
        zones: ZoneTable, include: @escaping @Sendable (_ path: String) throws -> [UInt8],
        holidays: @escaping @Sendable (_ bytes: [UInt8]) throws(HolidayProblem) -> HolidayReading
    ) {
        (self.zones, self.include, self.holidays) = (zones, include, holidays)
    }
}

/// What a file of holidays says.
public struct HolidayReading: Sendable {
    public let holidays: [Holiday]
    /// Events at a time of day, which close no day: the line and the name of each.
    public let timedEvents: [(line: Int, name: String)]

    public init(holidays: [Holiday], timedEvents: [(line: Int, name: String)] = []) {
        (self.holidays, self.timedEvents) = (holidays, timedEvents)
    }
}

/// Why a file of holidays cannot be used.
public struct HolidayProblem: Error, Sendable {
    /// From 1, where known.
    public let line: Int?
    /// A phrase: "the event has no DTSTART".
    public let cause: String

    public init(line: Int?, cause: String) {
        (self.line, self.cause) = (line, cause)
    }
}

/// The agreement, where it can be used, and everything there is to say about the text.
public struct AgreementReading: Sendable {
    /// `nil` exactly when a finding is an error.
    public let agreement: Agreement?
    /// In order of file, line and column.
    public let findings: [Finding]
}
