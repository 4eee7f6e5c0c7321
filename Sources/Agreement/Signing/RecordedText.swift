public import Findings
public import Journal
public import Vocabulary

// The whole text of an agreement as facts, so that the journal alone can rebuild every version ever signed:
//
//     agreement proposed   of a digest: the name of the file, the SHA-256 of its text, names and SHA-256 of the files beside it
//     agreement text       one for each content, under its SHA-256: what did not change from one version to the next stands
//                          in the journal once

extension Agreement {
    /// What signatures are given on: SHA-256 of `signedDigestInput`, sixty-four hexadecimal digits.
    public var digest: String { Hex.digest(of: signedDigestInput) }
}

/// An agreement's file and all files it includes, as they were read.
public struct RecordedText: Hashable, Sendable {
    public struct File: Hashable, Sendable {
        public let name: String
        public let bytes: [UInt8]

        public init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }
    }

    public let main: File
    /// In the order of their names by bytes.
    public let beside: [File]

    public init(_ main: File, beside: [File]) {
        self.main = main
        self.beside = beside.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    public var source: SourceText { SourceText(file: main.name, bytes: main.bytes) }

    /// Reads the agreement from these texts and nothing else.
    public func reading(in surroundings: Surroundings) -> AgreementReading {
        let files = beside
        let recorded = Surroundings(
            zones: surroundings.zones,
            include: { name in
                guard let file = files.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
                    throw NotRecorded()
                }
                return file.bytes
            }, holidays: surroundings.holidays)
        return readAgreement(source, in: recorded)
    }
}

/// Reads behind "cannot be read:".
private struct NotRecorded: Error, CustomStringConvertible {
    var description: String { "it was not recorded with the agreement" }
}

extension RecordedText {
    public static let agreementObject = "agreement"
    public static let textObject = "agreement_text"

    /// What records them as a proposal.
    public func facts(digest: String, by person: NamedPerson, at instant: Instant, recorded: Instant) -> [Fact] {
        let contents = ([main] + beside).map { ($0.bytes, Hex.digest(of: $0.bytes)) }
        let proposal = Fact(
            key: FactKey(
                source: AgreementVersions.source, object: RecordedText.agreementObject, id: digest,
                aspect: "proposed " + Hex.digest(of: manifest(contents.map(\.1)))),
            kind: .agreementProposed, occurred: instant, recorded: recorded, actor: .email(person.address),
            properties: [
                Property("digest", .text(digest)), Property("file", .text(main.name)),
                Property("text", .text(contents[0].1)), Property("beside", .list(beside.map(\.name))),
                Property("beside_texts", .list(contents.dropFirst().map(\.1))),
            ])
        var seen: Set<String> = []
        let texts = contents.filter { seen.insert($0.1).inserted }.map { bytes, hash in
            Fact(
                key: FactKey(source: AgreementVersions.source, object: RecordedText.textObject, id: hash),
                kind: .company,
                name: "agreement text", occurred: instant, recorded: recorded, properties: [contentProperty(bytes)])
        }
        return texts + [proposal]
    }

    private func manifest(_ hashes: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (file, hash) in zip([main] + beside, hashes) { bytes += escaped(file.name) + [9] + Array(hash.utf8) + [10] }
        return bytes
    }

    /// As text where it is one, so that people can read it in the journal.
    private func contentProperty(_ bytes: [UInt8]) -> Property {
        String(validating: bytes, as: UTF8.self).map { Property("text", .text($0)) }
            ?? Property("hex", .text(Hex.text(bytes)))
    }
}

/// Every text that is in the journal, by its SHA-256.
struct RecordedContents {
    private var contents: [String: [UInt8]] = [:]

    init(_ facts: [Fact]) {
        for fact in facts
        where fact.key.source == AgreementVersions.source && fact.key.object == RecordedText.textObject {
            guard let bytes = fact.text("text").map({ Array($0.utf8) }) ?? fact.text("hex").flatMap({ Hex.bytes($0) }),
                Hex.digest(of: bytes) == fact.key.id
            else { continue }
            contents[fact.key.id] = bytes
        }
    }

    /// The texts of a proposal; `nil` where one of them is not there as it was.
    func text(of proposal: Fact) -> RecordedText? {
        guard let file = proposal.text("file"), let hash = proposal.text("text"), let main = contents[hash],
            let names = proposal.texts("beside"), let hashes = proposal.texts("beside_texts"),
            names.count == hashes.count
        else { return nil }
        let beside = zip(names, hashes).compactMap { name, hash in
            contents[hash].map { RecordedText.File(name: name, bytes: $0) }
        }
        guard beside.count == names.count else { return nil }
        return RecordedText(RecordedText.File(name: file, bytes: main), beside: beside)
    }
}
