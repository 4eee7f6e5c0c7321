internal import Agreement
internal import HTTPTypes
internal import Reports

extension ReportRequest {
    /// Told apart or chosen by what could name a human being, a report would tell those who see no leads who is who. Asked for
    /// in the same way by pages and by programs.
    func checkNamesNobody(_ agreement: Agreement) throws {
        let asked = all(.by) + all(.segment).map { String($0.prefix { $0 != "=" }) }
        let plain = Set(agreement.fields.filter { !$0.isPersonal.value }.map(\.name) + Segment.words)
        guard self[.who] == nil, asked.allSatisfy(plain.contains) else {
            throw Problem(
                .forbidden, "names-people", "This question could name people, and your role does not see leads.",
                remedy: "Tell apart by \(plain.sorted().joined(separator: ", ")).")
        }
    }
}
