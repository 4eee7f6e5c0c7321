import Findings
import Foundation
import Testing
import Vocabulary

@testable import Agreement

/// The example, damaged in seeded ways. Each damage says beforehand, by the table of meanings alone, whether it is refused and
/// on which lines, or which clauses differ then.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct MutationTests {
    /// The same for every run; another seed damages elsewhere.
    private static let seed: UInt64 = 20_260_202
    private static let isLong = ProcessInfo.processInfo.environment["INTERLOCK_LONG_TESTS"] == "1"

    private static func document() throws -> MeantDocument {
        let source = SourceText(file: "agreement.yaml", bytes: Array(Northwind.yaml.utf8))
        return MeantDocument(Branch(try #require(try Syntax.root(of: source))))
    }

    @Test func theTableHasARowForEveryKeyAndEveryRowIsMet() throws {
        let document = try Self.document()
        #expect(document.unknown == [])
        let met = Set(document.nodes.map(\.meaning.path))
        let defaults = KeyMeanings.all.filter { if case .means = $0.leftOut { true } else { false } }.map(\.path)
        let unmet = KeyMeanings.all.map(\.path).filter { !met.contains($0) && !defaults.contains($0) }
        #expect(unmet == [])
    }

    @Test func theTableSaysWhichClausesAreWritten() throws {
        let document = try Self.document()
        let agreement = try Northwind.agreement(WrittenBranch(document.root).text)
        let orders = ["stages", "detours", "journey", "deals.kind", "routing.rules"]
        let written = agreement.clauses.filter { !$0.isDefault }.map(\.address).filter { !orders.contains($0) }
        #expect(document.written([]).sorted() == written.sorted())
        #expect(agreement.signedDigestInput == (try Northwind.agreement()).signedDigestInput)
    }

    @Test func everyDamageIsRefusedOrNamed() throws {
        let damages = Damages(try Self.document()).all
        #expect(damages.count >= 2000)
        var dice = Seeded(state: Self.seed)
        let chosen = damages.shuffled(using: &dice).prefix(Self.isLong ? damages.count : 200)
        let whole = try Northwind.agreement()
        let digest = whole.signedDigestInput
        var failures: [String] = []
        for damage in chosen {
            if let failure = judge(damage, whole, digest) { failures.append("\(damage.what)\n    \(failure)") }
        }
        #expect(
            failures.isEmpty, "\(failures.count) of \(chosen.count):\n\(failures.prefix(200).joined(separator: "\n"))")
    }

    /// `nil` where all is as it was said to be.
    private func judge(_ damage: Damage, _ whole: Agreement, _ digest: [UInt8]) -> String? {
        let text = WrittenBranch(damage.root).text
        let reading = read(text, Northwind.files)
        let errors = reading.findings.filter { $0.level == .error }
        switch damage.judgement {
        case .refused(let lines):
            if errors.isEmpty { return "is not refused" }
            if errors.contains(where: { lines.contains($0.place.line) }) { return nil }
            return "is refused elsewhere than on \(lines.sorted()): \(errors.map { "\($0.place.line) \($0.cause)" })"
        case .legal(let expected):
            guard let agreement = reading.agreement else { return "is refused: \(errors.map(\.cause))" }
            return difference(
                agreement, whole, digest, expected, SourceText(file: "agreement.yaml", bytes: Array(text.utf8)))
        }
    }

    private func difference(
        _ agreement: Agreement, _ whole: Agreement, _ digest: [UInt8], _ expected: [Set<String>], _ text: SourceText
    ) -> String? {
        _ = checkAgreement(agreement, in: text, today: today)
        _ = compile(agreement)
        let changes = Set(AgreementDiff(from: whole, to: agreement).changes.map(\.address))
        if changes.isEmpty, agreement.signedDigestInput != digest { return "has another digest and no difference" }
        if expected.contains(changes) { return nil }
        return "differs in \(changes.sorted()), and should in \(expected.map { $0.sorted() })"
    }

    private let today = CivilDate(year: 2026, month: 2, day: 2)!
}
