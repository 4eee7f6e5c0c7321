import Agreement
import Engine
import Findings
import Foundation
import Identity
import Journal
import Testing
import Vocabulary

/// Every worked timeline of Tests/Cases, against the engine.
@Suite struct CaseTests {
    @Test(arguments: CaseFiles.all)
    func theEngineAnswersAsWorkedByHand(_ worked: Case) throws {
        let evaluated = try Evaluated(worked)
        let log = CaseLog(evaluated.history, evaluated.versions, evaluated.outcome, about: worked.about)
        #expect(log.sorted == worked.log)
        for (who, wanted) in worked.scores.sorted(by: { $0.key < $1.key }) {
            let standing = try #require(evaluated.standing(of: who), "\(who) stands nowhere")
            if let engagement = wanted["engagement"] { #expect("\(standing.engagement)" == engagement) }
            if let fit = wanted["fit"] { #expect("\(standing.fit)" == fit) }
            if let grade = wanted["grade"] { #expect(evaluated.grade(standing) == grade) }
        }
    }

    @Test func thereAreMany() {
        #expect(CaseFiles.all.count > 200)
    }

    @Test func everySentenceStandsInTheSemantics() throws {
        let folder = CaseFiles.folder.deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appendingPathComponent("docs/semantics.md"), encoding: .utf8)
        let strangers = CaseFiles.all.filter { !text.contains($0.says) || $0.says.isEmpty }
        #expect(strangers.map(\.testDescription) == [])
    }
}

struct Evaluated {
    let history: Engine.History
    let versions: [BoundProgram]
    let outcome: Outcome

    init(_ worked: Case) throws {
        var builder = HistoryBuilder()
        var sequence: Int64 = 0
        for fact in worked.facts.flatMap(\.facts) {
            sequence += 1
            builder.add(RecordedFact(sequence: sequence, fact: fact))
        }
        var history = builder.build { registrable($0) }
        var read: [(from: Instant, agreement: Agreement)] = []
        for version in worked.agreements {
            let agreement = try Evaluated.agreement(version.text, worked.title)
            var from = version.from ?? .earliest
            if let signed = version.signed {
                from = max(signed, agreement.company.effective.map { agreement.zone.startOfDay($0.value) } ?? signed)
            }
            read.append((from, agreement))
        }
        read.sort { $0.from < $1.from }
        versions = read.map { version in
            BoundProgram(compile(version.agreement), to: &history, zone: version.agreement.zone, from: version.from) {
                FreeMail.isProvider(domain: $0.split(separator: "@").last.map(String.init) ?? $0)
            }
        }
        let staff = staff(of: read[read.count - 1].agreement, in: &history, years: 2025...2028)
        self.history = history
        let world = FoldWorld(
            history: history, versions: versions, staff: staff, assigning: .routed, until: worked.until)
        outcome = evaluate(world)
    }

    static func agreement(_ text: String, _ title: String) throws -> Agreement {
        let source = SourceText(file: title, bytes: Array(text.utf8))
        let reading = readAgreement(
            source,
            in: Surroundings(
                zones: zones, include: { path in throw NoFile(path: path) },
                holidays: { _ throws(HolidayProblem) in throw HolidayProblem(line: nil, cause: "there are none") }))
        let errors = reading.findings.filter { $0.level == .error }
        return try #require(reading.agreement, "\(errors.map(\.text))")
    }

    func standing(of who: String) -> Engine.Standing? {
        outcome.accounts.flatMap(\.standings).first { standing in
            history.texts[history.persons[Int(standing.person)].name].hasSuffix("/" + who)
        }
    }

    func grade(_ standing: Engine.Standing) -> String? {
        guard standing.grade >= 0, let program = versions.last?.program else { return nil }
        return program.names[Int(program.grades[Int(standing.grade)].name)]
    }
}

struct NoFile: Error { let path: String }

/// The last two labels: all that these cases need of the Public Suffix List.
private func registrable(_ domain: String) -> String? {
    let labels = domain.split(separator: ".")
    return labels.count >= 2 ? labels.suffix(2).joined(separator: ".") : nil
}

private let zones: ZoneTable = {
    let folder = URL(fileURLWithPath: "/usr/share/zoneinfo")
    let names = ["Europe/Berlin", "Europe/London", "America/New_York", "UTC", "Asia/Kolkata"]
    return ZoneTable(
        names.compactMap { name in
            (try? Data(contentsOf: folder.appendingPathComponent(name))).flatMap { data in
                try? Zone(name: name, tzif: Array(data))
            }
        })
}()
