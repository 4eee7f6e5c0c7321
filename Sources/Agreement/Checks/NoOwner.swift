internal import Findings

extension Check {
    static let noOwner = Check(
        "no-owner", .error,
        finds: """
            A required field that no side owns; a stage, detour, step of the journey or responsibility of a side for which \
            nobody is named, where the agreement names its parties.
            """
    ) { checked in fields(checked.agreement) + sides(checked.agreement) }

    private static func fields(_ agreement: Agreement) -> [Concern] {
        agreement.fields.filter { $0.owner == nil }.compactMap { field in
            field.requiredAt.map { required in
                Concern(
                    at: required.place, "\(field.name) is required, and no side answers for it.",
                    remedy: "Name the side that keeps it right.", example: "\(field.name): {owner: marketing}")
            }
        }
    }

    private static func sides(_ agreement: Agreement) -> [Concern] {
        let parties = agreement.parties
        guard Party.allCases.contains(where: { parties[$0] != nil }) else { return [] }
        let owned =
            agreement.stages.map(\.side) + agreement.detours.map(\.side) + agreement.journey.map(\.ledBy)
            + agreement.responsibilities.map(\.side)
        return owned.filter { parties[$0.value] == nil }.map { side in
            Concern(
                at: side.place,
                "\(side.address) belongs to \(side.value.words), and nobody is named who speaks for them.",
                remedy: "Name somebody under parties.", example: "parties: {\(side.value.words): name@example.com}")
        }
    }
}
