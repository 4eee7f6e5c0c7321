import Foundation
import Glibc
import Testing
import Vocabulary

@Suite(.disabled(if: SystemZoneFiles.areMissing, "no time zone data: apt-get install tzdata"), .serialized)
struct ZoneTests {
    /// The C library reads the same files with code of its own.
    @Test func everyZoneShowsWhatTheCLibraryShows() {
        defer { unsetenv("TZ") }
        var random = SeededGenerator(state: 3)
        let from = instant("1900-01-01T00:00:00Z")
        let to = instant("2101-01-01T00:00:00Z")
        for zone in SystemZoneFiles.all {
            setenv("TZ", ":" + SystemZoneFiles.folder.appendingPathComponent(zone.name).path, 1)
            tzset()
            let changes = zone.segments(from: from, to: to).dropFirst().map(\.start)
            let around = changes.flatMap { [$0 - .seconds(1), $0, $0 + .seconds(1)] }
            let anywhere = (0..<300).map { _ in
                Instant(milliseconds: .random(in: from.milliseconds..<to.milliseconds, using: &random))
            }
            for instant in around + anywhere { expectSameAsCLibrary(zone, instant) }
        }
    }

    private func expectSameAsCLibrary(_ zone: Zone, _ instant: Instant) {
        var seconds = time_t(Int((Double(instant.milliseconds) / 1000).rounded(.down)))
        var broken = tm()
        localtime_r(&seconds, &broken)
        let segment = zone.segment(at: instant)
        let same =
            segment.offset == .seconds(Int64(broken.tm_gmtoff)) && segment.isDaylight == (broken.tm_isdst == 1)
            && segment.abbreviation == String(cString: broken.tm_zone) && zone.offset(at: instant) == segment.offset
        if !same { Issue.record("\(zone.name) at \(instant): \(segment), C library \(broken.tm_gmtoff)") }
    }

    @Test(
        .disabled(if: !FileManager.default.isExecutableFile(atPath: "/usr/sbin/zic"), "no zic to write slim files with")
    )
    func fatAndSlimFilesAreTheSameZones() throws {
        let source = SystemZoneFiles.folder.appendingPathComponent("tzdata.zi")
        let tables = try ["fat", "slim"].map { form in
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("interlock-\(form)-\(UUID())")
            defer { try? FileManager.default.removeItem(at: folder) }
            let zic = Process()
            zic.executableURL = URL(fileURLWithPath: "/usr/sbin/zic")
            zic.arguments = ["-b", form, "-d", folder.path, source.path]
            try zic.run()
            zic.waitUntilExit()
            // zic leaves the fasting months from 2073 on out of slim files of these two.
            let zones = SystemZoneFiles.zones(in: folder).filter { !["Asia/Gaza", "Asia/Hebron"].contains($0.name) }
            return ZoneTable(zones)
        }
        #expect(tables[0].names.count > 400)
        #expect(tables[0].names == tables[1].names)
        for name in tables[0].names where tables[0][name] != tables[1][name] {
            Issue.record("\(name) differs")
        }
        let isSameBytes = tables[0].canonicalBytes == tables[1].canonicalBytes
        #expect(isSameBytes)
    }

    @Test(
        arguments: [
            ("Europe/Berlin", "2026-07-01T12:00", .unique(instant("2026-07-01T10:00:00Z"))),
            (
                "Europe/Berlin", "2026-03-29T02:30",
                .gap(before: .hours(1), after: .hours(2), transition: instant("2026-03-29T01:00:00Z"))
            ),
            ("Europe/Berlin", "2026-03-29T03:00", .unique(instant("2026-03-29T01:00:00Z"))),
            (
                "Europe/Berlin", "2026-10-25T02:30",
                .overlap(earlier: instant("2026-10-25T00:30:00Z"), later: instant("2026-10-25T01:30:00Z"))
            ),
            (
                "Australia/Lord_Howe", "2026-04-05T01:45",
                .overlap(earlier: instant("2026-04-04T14:45:00Z"), later: instant("2026-04-04T15:15:00Z"))
            ),
            (
                "Pacific/Apia", "2011-12-30T12:00",
                .gap(before: .hours(-10), after: .hours(14), transition: instant("2011-12-30T10:00:00Z"))
            ),
            ("Europe/Dublin", "2026-01-01T00:00", .unique(instant("2026-01-01T00:00:00Z"))),
            ("America/Nuuk", "2250-07-01T12:00", .unique(instant("2250-07-01T13:00:00Z"))),
        ] as [(String, String, LocalTimeReading)])
    func localTimesAreReadExplicitly(name: String, local: String, reading: LocalTimeReading) throws {
        guard case .local(let local) = try DateTimeText(text: local) else { return #expect(Bool(false), "\(local)") }
        #expect(zone(name).instant(of: local) == reading)
    }

    /// Every change of every zone through the end of the table and past it, read from the local side.
    @Test func everyGapAndOverlapIsSeen() {
        for zone in SystemZoneFiles.distinct {
            let segments = zone.segments(from: instant("2016-01-01T00:00:00Z"), to: instant("2140-01-01T00:00:00Z"))
            for (before, after) in zip(segments, segments.dropFirst()) {
                let change = after.start.milliseconds
                let shift = after.offset - before.offset
                let last = CivilDateTime(millisecondsSinceEpoch: change + before.offset.milliseconds)
                let first = CivilDateTime(millisecondsSinceEpoch: change + after.offset.milliseconds)
                if shift > .zero {
                    #expect(
                        zone.instant(of: last)
                            == .gap(before: before.offset, after: after.offset, transition: after.start))
                    #expect(zone.instant(of: first) == .unique(after.start))
                } else if shift < .zero {
                    #expect(zone.instant(of: first) == .overlap(earlier: after.start + shift, later: after.start))
                }
            }
        }
    }

    @Test func aRuleGoesOnForEver() {
        let berlin = zone("Europe/Berlin")
        let july = instant("2499-07-01T00:00:00Z")
        #expect(berlin.segment(at: july).abbreviation == "CEST")
        // The Gregorian calendar repeats every 400 years, weekdays included.
        let cycle = Elapsed.days(146_097)
        for segment in berlin.segments(from: instant("2040-01-01T00:00:00Z"), to: instant("2100-01-01T00:00:00Z"))
            .dropFirst()
        {
            #expect(berlin.segment(at: segment.start + cycle).start == segment.start + cycle)
            #expect(berlin.segment(at: segment.start + cycle - .seconds(1)).end == segment.start + cycle)
        }
    }

    @Test func damagedFilesAreRefusedOrReadButNeverTrap() throws {
        let bytes = Array(try Data(contentsOf: SystemZoneFiles.folder.appendingPathComponent("Europe/Berlin")))
        for length in 0..<bytes.count {
            #expect(throws: ZoneError.self) { try Zone(name: "X", tzif: Array(bytes[..<length])) }
        }
        var random = SeededGenerator(state: 4)
        for _ in 0..<3000 {
            var damaged = bytes
            for _ in 0..<4 {
                damaged[.random(in: 4..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            if let zone = try? Zone(name: "X", tzif: damaged) {
                let segments = zone.segments(from: instant("2000-01-01T00:00:00Z"), to: instant("2110-01-01T00:00:00Z"))
                #expect(zip(segments, segments.dropFirst()).allSatisfy { $0.end == $1.start && $0.start < $0.end })
            }
        }
    }

    @Test(arguments: [
        ("Europe/Berlin", true), ("Etc/GMT+5", true), ("America/Port-au-Prince", true), ("UTC", true), ("", false),
        ("/etc/passwd", false), ("../zone", false), ("Europe/../x", false), ("Europe//x", false), ("Europe/", false),
        ("-x", false), ("Europe/Berlin\n", false), (String(repeating: "x", count: 256), false),
    ])
    func namesStayWithinTheFolder(name: String, isName: Bool) {
        #expect(Zone.isName(name) == isName)
    }
}

/// Rules no zone of today has, in files made by hand.
@Suite struct DaylightRuleTests {
    /// A version 2 file with one type and no transitions.
    private func file(rule: String) -> [UInt8] {
        func header(_ counts: [UInt8]) -> [UInt8] {
            Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15) + counts.flatMap { [0, 0, 0, $0] }
        }
        let block: [UInt8] = [0, 0, 0, 0, 0, 0] + Array("LMT\0".utf8)
        return header([0, 0, 0, 0, 1, 4]) + block + header([0, 0, 0, 0, 1, 4]) + block + Array("\n\(rule)\n".utf8)
    }

    @Test(arguments: [
        ("EST5", "2026-07-01T00:00:00Z", -5, "EST"),
        ("<-03>3", "2026-07-01T00:00:00Z", -3, "-03"),
        ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59Z", -5, "EST"),
        ("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -4, "EDT"),
        ("EST5EDT,M3.2.0,M11.1.0", "2026-11-01T06:00:00Z", -5, "EST"),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00:00Z", 1, "IST"),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z", 0, "GMT"),
        ("XXX3EDT4,0/0,J365/23", "2026-01-01T03:00:00Z", -4, "EDT"),
        ("XXX3EDT4,0/0,J365/23", "2026-12-31T23:59:59Z", -4, "EDT"),
        ("AAA0BBB,J60/0,J61/0", "2024-03-01T00:00:00Z", 1, "BBB"),
        ("AAA0BBB,59/0,60/0", "2024-02-29T00:00:00Z", 1, "BBB"),
        ("AAA0BBB,59/0,60/0", "2023-03-01T00:00:00Z", 1, "BBB"),
        ("AAA0BBB,M3.4.4/50,M10.5.0", "2026-03-28T02:00:00Z", 1, "BBB"),
        ("AAA0BBB,M3.5.0/-2,M10.5.0", "2026-03-28T22:00:00Z", 1, "BBB"),
    ])
    func saysTheOffset(rule: String, at: String, hours: Int64, abbreviation: String) throws {
        let zone = try Zone(name: "X", tzif: file(rule: rule))
        for cycles in [0, 1] as [Int64] {
            let segment = zone.segment(at: instant(at) + .days(146_097 * cycles))
            #expect(segment.offset == .hours(hours))
            #expect(segment.abbreviation == abbreviation)
        }
    }

    @Test(arguments: [
        "E5", "EST", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x", "EST25", "<x5",
    ])
    func refusesWhatIsNoRule(rule: String) {
        #expect(throws: ZoneError.badRule(rule)) { try Zone(name: "X", tzif: file(rule: rule)) }
    }
}
