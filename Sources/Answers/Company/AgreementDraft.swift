package import Agreement
package import Findings
internal import Synchronization
package import Vocabulary

/// A text of the agreement that somebody works on away from its folder: it is read beside the files that were recorded with
/// a version, and beside no others.
package struct AgreementDraft: Sendable {
    /// With those of the recorded files that it includes.
    package let text: RecordedText
    /// All there is to say: about what can be read, and about the process it describes.
    package let findings: [Finding]
    /// `nil` where a finding is an error: such a text is no version.
    package let agreement: Agreement?

    package static let defaultName = "agreement.yaml"

    /// Line ends of any kind count as one kind: browsers send their own.
    package init(_ written: String, beside version: AgreementVersion?, in surroundings: Surroundings, at now: Instant) {
        let name = version?.text.main.name ?? AgreementDraft.defaultName
        let plain = written.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        let main = RecordedText.File(name: name, bytes: Array(plain.utf8))
        let files = KnownFiles(version?.text.beside ?? [])
        let source = SourceText(file: name, bytes: main.bytes)
        let reading = readAgreement(
            source,
            in: Surroundings(
                zones: surroundings.zones, include: { try files.take($0) }, holidays: surroundings.holidays))
        let checks =
            reading.agreement.map { checkAgreement($0, in: source, today: $0.zone.civil(at: now).date) } ?? []
        findings = reading.findings + checks
        agreement = findings.contains { $0.level == .error } ? nil : reading.agreement
        text = RecordedText(main, beside: files.taken)
    }
}

/// The files there are, and which of them were asked for.
private final class KnownFiles: Sendable {
    private let files: [RecordedText.File]
    private let names = Mutex<Set<String>>([])

    init(_ files: [RecordedText.File]) { self.files = files }

    func take(_ name: String) throws -> [UInt8] {
        guard let file = files.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            throw NotRecorded(known: files.map(\.name))
        }
        names.withLock { _ = $0.insert(file.name) }
        return file.bytes
    }

    var taken: [RecordedText.File] { names.withLock { names in files.filter { names.contains($0.name) } } }
}

/// Reads behind "cannot be read:".
private struct NotRecorded: Error, CustomStringConvertible {
    let known: [String]

    var description: String {
        let those = known.isEmpty ? "which includes none" : "which includes \(known.joined(separator: ", "))"
        return "a text written here can include only files recorded with the version it starts from, \(those)"
    }
}
