internal import Agreement
internal import Engine

/// Who looks at a report. Teams are seen by everybody; single people only by whom `visibility` names.
public enum Viewpoint: Hashable, Sendable {
    /// Operations, at the command line of the machine that keeps the journal.
    case everything
    /// Somebody by their address.
    case person(String)
}

extension JudgedCompany {
    /// How somebody whom the viewer may not see is called, and all of them together.
    public static let anotherRep = "another rep"
    static let nobody = "nobody"

    /// The name of a rep, as the viewer may see it. `rep` is a text; −1: nobody.
    public func repName(_ rep: Int32) -> String {
        guard rep >= 0 else { return JudgedCompany.nobody }
        return seesNumbers(of: rep) ? world.history.texts[rep] : JudgedCompany.anotherRep
    }

    /// The same, of somebody by their address: for what was put into words before it is known who reads it.
    public func repName(_ address: String) -> String {
        guard viewpoint != .everything, address != JudgedCompany.nobody else { return address }
        return repName(world.history.texts.number(of: address) ?? -1) == address ? address : JudgedCompany.anotherRep
    }

    /// Whether the agreement shows this person's numbers to the viewer.
    public func seesNumbers(of rep: Int32) -> Bool {
        guard case .person(let viewer) = viewpoint else { return true }
        return agreement.visibility.repNumbers.value.contains { sees(viewer, as: $0, rep) }
    }

    private func sees(_ viewer: String, as role: Viewer, _ rep: Int32) -> Bool {
        switch role {
        case .`self`: isSame(viewer, rep)
        case .manager: isSame(viewer, world.staff.manager(of: rep))
        case .team: isOfTeam(viewer, of: rep)
        case .marketing: speaks(viewer, for: .marketing)
        case .sales: speaks(viewer, for: .sales)
        case .operations: speaks(viewer, for: .operations)
        case .executive: speaks(viewer, for: .executive)
        case .everyone: true
        }
    }

    private func isSame(_ viewer: String, _ text: Int32) -> Bool {
        text >= 0 && world.history.texts[text].lowercased() == viewer.lowercased()
    }

    private func isOfTeam(_ viewer: String, of rep: Int32) -> Bool {
        guard let team = world.staff.rep(rep)?.team else { return isSame(viewer, rep) }
        return isSame(viewer, world.staff.teams[team].manager)
            || world.staff.reps.contains { $0.team == team && isSame(viewer, $0.name) }
    }

    private func speaks(_ viewer: String, for party: Party) -> Bool {
        agreement.parties[party]?.value.text.lowercased() == viewer.lowercased()
    }
}
