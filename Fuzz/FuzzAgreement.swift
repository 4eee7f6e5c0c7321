import Findings
import Vocabulary

/// Any text at all as an agreement, with a table beside it: read or refused, checked, told, compared, laid out. Behind the
/// first NUL stands the table.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAgreement(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let parts = UnsafeBufferPointer(start: start, count: count).split(separator: 0, maxSplits: 1).map(Array.init)
    let text = SourceText(file: "agreement.yaml", bytes: parts.first ?? [])
    let around = surroundings(table: parts.count > 1 ? parts[1] : [])
    let reading = readAgreement(text, in: around)
    let isRefused = reading.findings.contains { $0.level == .error }
    precondition((reading.agreement == nil) == isRefused, "an agreement, or what is wrong with it")
    for finding in reading.findings { precondition(!finding.text.isEmpty && !finding.json.isEmpty) }
    if let agreement = reading.agreement { check(agreement, text) }
    checkLayout(text, reading.agreement, around)
    return 0
}

private func check(_ agreement: Agreement, _ text: SourceText) {
    let addresses = agreement.clauses.map(\.address)
    precondition(Set(addresses).count == addresses.count, "every clause has an address of its own")
    for finding in checkAgreement(agreement, in: text, today: today) { precondition(!finding.text.isEmpty) }
    let contract = Contract(agreement)
    precondition(!contract.text().isEmpty && !contract.html.isEmpty)
    precondition(AgreementDiff(from: agreement, to: agreement).changes.isEmpty, "everything is as it is")
}

/// What is laid out says the same, and is laid out.
private func checkLayout(_ text: SourceText, _ agreement: Agreement?, _ around: Surroundings) {
    guard let formatted = try? FormattedText(text) else {
        precondition(agreement == nil || text.bytes.contains(9), "an agreement without tabs can be laid out")
        return
    }
    let laid = SourceText(file: text.file, bytes: formatted.bytes)
    let again = readAgreement(laid, in: around)
    precondition(again.agreement?.signedDigestInput == agreement?.signedDigestInput, "it says the same")
    precondition((try? FormattedText(laid))?.bytes == formatted.bytes, "it is laid out")
}

private let today: CivilDate = {
    guard let date = CivilDate(year: 2026, month: 2, day: 2) else { preconditionFailure("it is a day") }
    return date
}()

private func surroundings(table: [UInt8]) -> Surroundings {
    Surroundings(
        zones: ZoneTable([]), include: { _ in table },
        holidays: { bytes throws(HolidayProblem) in
            guard let day = try? CivilDate(text: String(decoding: bytes.prefix(10), as: UTF8.self)) else {
                throw HolidayProblem(line: 1, cause: "it begins with no date")
            }
            return HolidayReading(holidays: [Holiday(date: day, name: "holiday")])
        })
}
