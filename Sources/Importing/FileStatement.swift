internal import Answers
internal import Foundation
package import Intake
package import Vocabulary

extension Mapping {
    /// Whether a file of this name holds every record there is, by the mapping.
    package func isComplete(_ fileName: String) -> Bool {
        switch complete {
        case .no: false
        case .yes: true
        case .fileName(let pattern): Pattern(pattern).matches(Array(fileName.lowercased().utf8))
        }
    }

    /// As of when a file of this name speaks, by the mapping; `nil`: its rows say it. Throws `Trouble`.
    package func asOf(_ fileName: String) throws -> Instant? {
        switch asOf {
        case .notStated: return nil
        case .instant(let instant): return instant
        case .fileName:
            guard let written = FileNameDate.date(in: fileName), let date = try? CivilDate(text: written),
                let zone = SystemZones.zone(zone ?? "UTC")
            else {
                throw Trouble(
                    "the name of \(fileName) holds no date, and its mapping says `as_of: file name`",
                    remedy: "Name it like contacts-2026-02-02.csv, or give --as-of.")
            }
            return zone.instant(of: CivilDateTime(date: date, time: .midnight)).earliest
        }
    }
}
