import Findings
import Foundation
import Testing

@testable import Agreement

private let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// The schema for editors, the reader, and the examples say the same.
@Suite(.disabled(if: zonesAreMissing, "no time zone data: apt-get install tzdata"))
struct SchemaTests {
    private let schema: SchemaSubset

    init() throws { schema = try SchemaSubset(agreementSchema()) }

    /// Fields of types that conditions among the examples ask for.
    private static let document = ExampleDocument(.keys(.agreement))
        .replacing(["fields", "country"], with: .mapping([("type", .plain("country"))]))
        .replacing(["fields", "employees"], with: .mapping([("type", .plain("integer"))]))

    /// Every place but the whole.
    private static let sites = Shape.keys(.agreement).sites().filter { !$0.path.isEmpty }

    private func codes(_ document: ExampleDocument) -> [FindingCode] {
        read(document.yaml + "\n", Northwind.files).findings.filter { $0.level == .error }.map(\.code)
    }

    private func isValid(_ document: ExampleDocument) throws -> Bool {
        try schema.problems(EditorValue(yaml: document.yaml)).isEmpty
    }

    @Test func anAgreementOfAllExamplesIsReadAndValid() throws {
        #expect(read(Self.document.yaml + "\n", Northwind.files).findings.map(\.text) == [])
        #expect(try schema.problems(EditorValue(yaml: Self.document.yaml)) == [])
        #expect(Self.sites.count > 250)
    }

    /// The reader lists the keys it knows; they are the schema's.
    @Test(arguments: sites.filter { $0.shape.section != nil })
    func everySectionHasTheKeysThatTheReaderKnows(site: ExampleDocument.Site) throws {
        let section = try #require(site.shape.section)
        let strange = Self.document.replacing(site.path + ["xyzzy"], with: .plain("1"))
        if section.others?.pattern == nil, section.others != nil {
            #expect(codes(strange) == [.unknownKey])
        } else {
            #expect(try codes(strange) == [.unknownKey] && !isValid(strange))
        }
        let findings = read(strange.yaml + "\n", Northwind.files).findings
        let remedy = try #require(findings.first { $0.code == .unknownKey }).remedy
        let listed = remedy.dropFirst("It may have: ".count).dropLast().split(separator: ", ").map(String.init)
        #expect(Set(section.names).isSubset(of: listed), "\(remedy)")
        let others = listed.filter { !section.names.contains($0) }
        #expect(others.isEmpty || section.others != nil, "\(remedy)")
    }

    /// What may be left out may be left out of both, what must be there is missed by both. That a choice needs its values
    /// is beyond the schema.
    @Test(arguments: sites.filter { $0.shape.section != nil })
    func whatIsRequiredIsRequiredByBoth(site: ExampleDocument.Site) throws {
        for key in try #require(site.shape.section).keys where key.name != "where" && site.path + [key.name] != choice {
            let without = Self.document.replacing(site.path + [key.name], with: nil)
            #expect(codes(without).contains(.missingKey) == key.isRequired, "\(site.path) \(key.name)")
            #expect(try isValid(without) == !key.isRequired, "\(site.path) \(key.name)")
        }
    }

    private let choice = ["fields", "email", "of"]

    @Test(arguments: sites.filter { !$0.shape.texts.isEmpty })
    func everyExampleIsReadAndValid(site: ExampleDocument.Site) throws {
        for text in site.shape.texts {
            for example in text.examples {
                let document = Self.document.replacing(site.path[...], with: ExampleDocument(text, example))
                // The examples of a type other than choice would need other keys beside it.
                #expect(codes(document) == [], "\(site.path): \(example)")
                #expect(try isValid(document), "\(site.path): \(example)")
            }
        }
    }

    /// A text of no meaning, and a mapping where a text should be. What a name means is beyond the schema.
    @Test(arguments: sites.filter { !$0.shape.texts.isEmpty })
    func whatTheSchemaRefusesTheReaderRefuses(site: ExampleDocument.Site) throws {
        let strange = Self.document.replacing(site.path[...], with: .quoted("xyzzy!"))
        if try !isValid(strange) { #expect(!codes(strange).isEmpty, "\(site.path)") }
        let misshapen = Self.document.replacing(site.path[...], with: .list([.mapping([("xyzzy", .plain("1"))])]))
        #expect(try !isValid(misshapen) && !codes(misshapen).isEmpty, "\(site.path)")
        if !site.shape.texts.contains(where: \.isNamedElsewhere) { #expect(try !isValid(strange), "\(site.path)") }
    }

    @Test(arguments: sites.filter { if case .segmented = $0.shape { true } else { false } })
    func aClauseMayDifferBySegment(site: ExampleDocument.Site) throws {
        try expectReadAndValid(Self.document.replacing(site.path[...], with: .segments(site.shape)))
        let misshapen = ExampleDocument.list([.mapping([("where", .quoted("country = DE"))])])
        #expect(try !isValid(Self.document.replacing(site.path[...], with: misshapen)))
    }

    @Test(arguments: sites.filter { if case .promise = $0.shape { true } else { false } })
    func aPromiseMayDifferBySegment(site: ExampleDocument.Site) throws {
        try expectReadAndValid(Self.document.replacing(site.path[...], with: .segments(site.shape)))
    }

    private func expectReadAndValid(_ document: ExampleDocument) throws {
        #expect(codes(document) == [])
        #expect(try schema.problems(EditorValue(yaml: document.yaml)) == [])
    }

    @Test func titlesOfDefinitionsAreUnique() {
        let texts = Self.sites.flatMap(\.shape.texts)
        for (title, same) in Dictionary(grouping: texts, by: \.title) {
            #expect(Set(same.map { "\($0)" }).count == 1, "\(title)")
        }
        let sections = Set(Self.sites.compactMap { $0.shape.section?.title })
        #expect(sections.isDisjoint(with: texts.map(\.title) + ["name"]))
    }

    /// `RECORD_GOLDEN=1` records it anew; the diff is the review.
    @Test func theSchemaIsUpToDate() throws {
        let file = package.appendingPathComponent("docs/agreement.schema.json")
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
            try Data(agreementSchema().utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == agreementSchema(), "RECORD_GOLDEN=1 writes it anew")
    }

    // The examples people begin with.

    private static let examples = [
        "northwind/agreement.yaml", "waterfall/agreement.yaml", "bpi2012/agreement.yaml", "maven/agreement.yaml",
        "olist/agreement.yaml", "birch/agreement.yaml", "orders/mql-sal-sql.yaml", "orders/mql-sql-sal.yaml",
    ]

    private func example(_ path: String) throws -> String {
        try String(contentsOf: package.appendingPathComponent("Examples/" + path), encoding: .utf8)
    }

    @Test func noExampleIsForgotten() throws {
        let folder = package.appendingPathComponent("Examples")
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        let agreements = paths.filter { $0.hasSuffix("agreement.yaml") || $0.hasPrefix("orders/") }
        #expect(Set(agreements) == Set(Self.examples))
    }

    @Test(arguments: examples)
    func examplesAreValid(path: String) throws {
        #expect(try schema.problems(EditorValue(yaml: example(path))) == [])
    }

    @Test(arguments: [
        ("an unknown key", "timezone:", "timezon:"),
        ("a key at the wrong place", "  lead: {side:", "  lead: {company:"),
        ("a side that is none", "side: marketing", "side: marketting"),
        ("a list where a text belongs", "timezone: Europe/London", "timezone: [Europe/London]"),
        ("a text where a mapping belongs", "hours: {mon-fri: 09:00-17:30}", "hours: 09:00-17:30"),
        ("a duration without a unit", "half_life: 45 days", "half_life: 45"),
        ("a name that is a flag", "  lead: {side:", "  \"No\": {side:"), ("no stages", "\nstages:", "\nsteps:"),
        ("a rule without points", "points: 40}", "point: 40}"), ("money without a currency", "400k EUR", "400k"),
    ])
    func damagedExamplesAreNot(what: String, old: String, new: String) throws {
        var damaged = 0
        for path in Self.examples {
            let text = try example(path)
            guard let place = text.range(of: old) else { continue }
            damaged += 1
            let problems = try schema.problems(EditorValue(yaml: text.replacingCharacters(in: place, with: new)))
            #expect(!problems.isEmpty, "\(what) in \(path)")
        }
        #expect(damaged > 0)
    }
}

extension TextShape {
    /// Only the whole file, or another one, tells whether it means something.
    fileprivate var isNamedElsewhere: Bool {
        switch form {
        case .anything, .text, .file: true
        case .matching, .oneOf, .number, .count, .trueOrFalse, .version: false
        }
    }
}

extension ExampleDocument.Site: CustomTestStringConvertible {
    var testDescription: String { path.joined(separator: ".") }
}
