import Testing
import Vocabulary

@Suite struct TimeTextTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-02-09T10:00:00Z", 1_770_631_200_000),
        ("2026-02-09t10:00:00z", 1_770_631_200_000),
        ("2026-02-09 10:00:00Z", 1_770_631_200_000),
        ("2026-02-09T10:00Z", 1_770_631_200_000),
        ("2026-02-09T12:00:00+02:00", 1_770_631_200_000),
        ("2026-02-09T12:00:00+0200", 1_770_631_200_000),
        ("2026-02-09T12:00:00+02", 1_770_631_200_000),
        ("2026-02-09T04:15:00-05:45", 1_770_631_200_000),
        ("2026-02-09T10:00:00.1Z", 1_770_631_200_100),
        ("2026-02-09T10:00:00,12Z", 1_770_631_200_120),
        ("2026-02-09T10:00:00.1239999999999999999999Z", 1_770_631_200_123),
        ("1969-12-31T23:59:59.999Z", -1),
        ("2026-02-08T24:00:00Z", 1_770_595_200_000),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000),
        ("2017-01-01T00:59:60.5+01:00", 1_483_228_800_500),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ])
    func readsInstants(text: String, milliseconds: Int64) throws {
        #expect(try Instant(text: text).milliseconds == milliseconds)
    }

    @Test(
        arguments: [
            ("", .malformed(at: 0)),
            ("2026", .malformed(at: 4)),
            ("2026-02-09", .malformed(at: 10)),
            ("2026-02-09T10", .malformed(at: 13)),
            ("2026-02-09T10:00:00", .offsetMissing),
            ("2026-02-09T10:00:00.Z", .malformed(at: 20)),
            ("2026-02-09T10:00:00 Z", .malformed(at: 19)),
            ("2026-02-09T10:00:00Zx", .malformed(at: 20)),
            ("2026-02-09T10:00:00+2", .malformed(at: 21)),
            ("2026-02-09T10:00:00+02:", .malformed(at: 23)),
            ("2026-2-09T10:00:00Z", .malformed(at: 6)),
            ("26-02-09T10:00:00Z", .malformed(at: 2)),
            ("２026-02-09T10:00:00Z", .malformed(at: 0)),
            ("2026-02-29T10:00:00Z", .noSuchDate),
            ("2026-13-01T10:00:00Z", .noSuchDate),
            ("0000-01-01T00:00:00Z", .noSuchDate),
            ("2026-02-09T25:00:00Z", .noSuchTime),
            ("2026-02-09T24:00:00.001Z", .noSuchTime),
            ("2026-02-09T10:60:00Z", .noSuchTime),
            ("2026-02-09T10:00:61Z", .noSuchTime),
            ("2026-02-09T10:00:60Z", .noSuchTime),
            ("2016-12-31T23:59:60+01:00", .noSuchTime),
            ("2026-02-09T10:00:00+24:00", .noSuchOffset),
            ("2026-02-09T10:00:00+01:60", .noSuchOffset),
            ("0001-01-01T00:00:00+00:01", .outOfRange),
            ("9999-12-31T24:00:00Z", .outOfRange),
        ] as [(String, TimeTextError)])
    func refusesWhatIsNoInstant(text: String, reason: TimeTextError) {
        #expect(throws: reason) { try Instant(text: text) }
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"),
            (1_770_631_200_007, "2026-02-09T10:00:00.007Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (-62_135_596_800_000, "0001-01-01T00:00:00Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (253_402_300_800_000, "@253402300800000"),
            (Int64.min, "@-9223372036854775808"),
        ] as [(Int64, String)])
    func writesInstants(milliseconds: Int64, text: String) {
        #expect(Instant(milliseconds: milliseconds).description == text)
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        var random = SeededGenerator(state: 1)
        for _ in 0..<20_000 {
            let instant = Instant(
                milliseconds: .random(in: Instant.earliest.milliseconds...Instant.latest.milliseconds, using: &random))
            #expect(try Instant(text: instant.description) == instant)
        }
    }

    @Test func randomBytesNeverTrap() {
        var random = SeededGenerator(state: 2)
        let alphabet = Array("0123456789-:.TZ+ ,".utf8)
        for _ in 0..<50_000 {
            var bytes = Array("2026-02-09T10:00:00.123+01:00".utf8)
            for _ in 0..<3 {
                bytes[.random(in: bytes.indices, using: &random)] = alphabet.randomElement(using: &random)!
            }
            bytes.removeLast(.random(in: 0...12, using: &random))
            let text = String(decoding: bytes, as: UTF8.self)
            if let instant = try? Instant(text: text) {
                #expect(try! Instant(text: instant.description) == instant, "\(text)")
            }
        }
    }

    @Test(arguments: [
        ("00:00", 0, "00:00"), ("08:30", 30_600_000, "08:30"), ("24:00", 86_400_000, "24:00"),
        ("08:30:15", 30_615_000, "08:30:15"), ("08:30:15.25", 30_615_250, "08:30:15.250"),
    ])
    func readsAndWritesTimesOfDay(text: String, milliseconds: Int32, written: String) throws {
        let time = try TimeOfDay(text: text)
        #expect(time.milliseconds == milliseconds)
        #expect(time.description == written)
    }

    @Test(
        arguments: [
            ("24:01", .noSuchTime), ("8:30", .malformed(at: 1)), ("08:60", .noSuchTime), ("23:59:60", .noSuchTime),
            ("08:30Z", .malformed(at: 5)),
        ] as [(String, TimeTextError)])
    func refusesWhatIsNoTimeOfDay(text: String, reason: TimeTextError) {
        #expect(throws: reason) { try TimeOfDay(text: text) }
    }

    @Test func aTextWithoutOffsetIsALocalTime() throws {
        let local = CivilDateTime(date: date("2026-02-09"), time: TimeOfDay(hour: 10, minute: 0)!)
        #expect(try DateTimeText(text: "2026-02-09T10:00") == .local(local))
        #expect(try DateTimeText(text: "2026-02-09T10:00Z") == .instant(instant("2026-02-09T10:00:00Z")))
        #expect(
            try DateTimeText(text: "2026-02-08T24:00")
                == .local(CivilDateTime(date: date("2026-02-09"), time: .midnight)))
        #expect(throws: TimeTextError.noSuchTime) { try DateTimeText(text: "2026-02-09T23:59:60") }
    }
}
