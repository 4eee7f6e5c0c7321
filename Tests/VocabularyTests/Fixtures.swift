import Foundation
import Testing
import Vocabulary

/// SplitMix64, so that every run of a property test draws the same cases.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// The zone files of this machine.
enum SystemZoneFiles {
    static let folder = URL(fileURLWithPath: "/usr/share/zoneinfo")
    static let areMissing = !FileManager.default.fileExists(atPath: folder.path)

    static let all: [Zone] = zones(in: folder)

    /// Zones with other names but the same changes are left out.
    static let distinct: [Zone] = {
        var seen: Set<[Zone.Segment]> = []
        return all.filter {
            seen.insert($0.segments(from: instant("2015-01-01T00:00:00Z"), to: instant("2040-01-01T00:00:00Z")))
                .inserted
        }
    }()

    static func zones(in folder: URL) -> [Zone] {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.sorted().compactMap { name in
            guard !name.hasPrefix("right/"), !name.hasPrefix("posix/"), name != "posixrules", name != "localtime",
                let data = try? Data(contentsOf: folder.appendingPathComponent(name)),
                data.starts(with: Array("TZif".utf8))
            else { return nil }
            return try? Zone(name: name, tzif: Array(data))
        }
    }
}

func zone(_ name: String) -> Zone {
    SystemZoneFiles.all.first { $0.name == name }!
}

func instant(_ text: String) -> Instant {
    try! Instant(text: text)
}

func date(_ text: String) -> CivilDate {
    try! CivilDate(text: text)
}

/// `"09:00-12:00 13:00-18:00"`; empty is closed.
func hours(_ text: String) -> DayHours {
    let blocks = text.split(separator: " ").map { block in
        let ends = block.split(separator: "-").map { try! TimeOfDay(text: String($0)) }
        return try! Block(ends[0], ends[1])
    }
    return try! DayHours(blocks)
}

let mondayToFriday: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]

func week(_ days: [Weekday] = mondayToFriday, _ text: String) -> [Weekday: DayHours] {
    Dictionary(uniqueKeysWithValues: days.map { ($0, hours(text)) })
}
