import Findings
import Foundation
import ICalendar
import Testing
import Vocabulary

@testable import Agreement

/// A handful of zones from this machine, enough for agreements in tests.
let zones: ZoneTable = {
    let names = ["Europe/Berlin", "Europe/London", "America/New_York", "Asia/Jerusalem", "Etc/UTC"]
    return ZoneTable(
        names.compactMap { name in
            let file = URL(fileURLWithPath: "/usr/share/zoneinfo").appendingPathComponent(name)
            return (try? Data(contentsOf: file)).flatMap { try? Zone(name: name, tzif: Array($0)) }
        })
}()

let zonesAreMissing = zones.names.isEmpty

struct NoSuchFile: Error, CustomStringConvertible {
    var description: String { "no such file" }
}

/// Files by name, and the real reader of holidays.
func surroundings(_ files: [String: String] = [:]) -> Surroundings {
    Surroundings(
        zones: zones,
        include: { path in
            guard let file = files[path] else { throw NoSuchFile() }
            return Array(file.utf8)
        },
        holidays: { bytes throws(HolidayProblem) in
            do throws(ICalendarError) {
                let file = try ICalendar.holidays(inICS: bytes)
                return HolidayReading(
                    holidays: file.holidays,
                    timedEvents: file.skipped.filter { $0.reason == .timed }.map { ($0.line, $0.name) })
            } catch {
                throw HolidayProblem(line: error.line, cause: error.description)
            }
        })
}

func read(_ yaml: String, _ files: [String: String] = [:]) -> AgreementReading {
    readAgreement(SourceText(file: "agreement.yaml", bytes: Array(yaml.utf8)), in: surroundings(files))
}

/// The one clause besides the company that no agreement may lack.
let someStages = "stages: {lead: {side: marketing, enter: always}}\n"

/// Reads an agreement about something else than stages; what is said of stages that are missing is left out.
func readPart(_ yaml: String, _ files: [String: String] = [:]) -> AgreementReading {
    let reading = read(yaml, files)
    guard reading.findings.contains(where: { $0.cause == "The agreement has no stages." }) else { return reading }
    return read(yaml + (yaml.hasSuffix("\n") ? "" : "\n") + someStages, files)
}

/// An example of this repository with the files beside it.
func readExample(_ path: String) throws -> AgreementReading {
    let file = examples.appendingPathComponent(path)
    let folder = file.deletingLastPathComponent()
    let base = surroundings()
    let around = Surroundings(
        zones: base.zones,
        include: { path in Array(try Data(contentsOf: folder.appendingPathComponent(path))) }, holidays: base.holidays)
    return readAgreement(SourceText(file: path, bytes: Array(try Data(contentsOf: file))), in: around)
}
