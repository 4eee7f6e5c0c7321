internal import Findings

extension Check {
    static let checkInWithoutAttendees = Check(
        "check-in-without-attendees", .error,
        finds: "A check-in that nobody is invited to, or only one side, or a side for which nobody is named."
    ) { checked in
        let parties = checked.agreement.parties
        let areNamed = Party.allCases.contains { parties[$0] != nil }
        return checked.agreement.checkIns.compactMap { checkIn in
            let invited = checkIn.with.value
            let missing = areNamed ? invited.first { parties[$0] == nil } : nil
            guard Set(invited).count < 2 || missing != nil else { return nil }
            let cause = missing.map { "Nobody is named who comes for \($0.words)." }
            return Concern(
                at: checkIn.with.place, cause ?? "\(checkIn.name) brings no two sides together.",
                remedy: missing == nil ? "Invite both." : "Name somebody under parties.",
                example: missing.map { "parties: {\($0.words): name@example.com}" } ?? "with: [marketing, sales]")
        }
    }
}
