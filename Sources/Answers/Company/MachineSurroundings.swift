package import Agreement
internal import ICalendar
internal import Vocabulary

extension Surroundings {
    /// The zones of this machine and the reader of holidays.
    package static func ofThisMachine(
        include: @escaping @Sendable (_ path: String) throws -> [UInt8]
    ) throws -> Surroundings {
        Surroundings(zones: try SystemZones.load(), include: include, holidays: readHolidays)
    }

    /// For agreements whose files are given with them.
    package static func withoutFiles() throws -> Surroundings {
        try ofThisMachine { _ in throw NoFiles() }
    }
}

private func readHolidays(_ bytes: [UInt8]) throws(HolidayProblem) -> HolidayReading {
    do throws(ICalendarError) {
        let file = try holidays(inICS: bytes)
        let timed = file.skipped.filter { $0.reason == .timed }
        return HolidayReading(holidays: file.holidays, timedEvents: timed.map { ($0.line, $0.name) })
    } catch {
        throw HolidayProblem(line: error.line, cause: error.description)
    }
}

private struct NoFiles: Error, CustomStringConvertible {
    var description: String { "no file is looked at here" }
}
