// Whom a clause touches: people by address, else teams and sides.

extension Agreement {
    func touched(by address: String) -> [String] {
        let parts = address.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let name = parts.count > 1 ? parts[1] : ""
        switch parts[0] {
        case "teams": return touchedInTeam(name, address)
        case "calendars": return everybody(inTeams: teams.filter { $0.calendar?.value == name })
        case "promises": return touchedByPromise(parts)
        case "routing": return touchedByRouting(address)
        case "work_order", "visibility": return reps
        case "stages": return touchedByStage(name)
        case "scoring", "activities", "journey", "detours", "consent", "verdicts", "ignore": return ["marketing"] + reps
        case "fields": return touchedByField(name)
        case "entry_points": return ["whoever enters data through \(name.spaced)"]
        case "parties": return [name]
        case "mission": return ["marketing", "sales", "executive"]
        case "responsibilities", "delegated": return touchedByDuty(address)
        case "plan", "pipeline", "attribution", "targets": return ["marketing", "sales"] + managers
        case "alerts": return reps + managers
        case "requests": return requests?.between.value.map(\.words) ?? []
        case "check_ins": return checkIns.first { $0.name == name }?.with.value.map(\.words) ?? []
        case "deals": return ["sales", "operations"]
        default: return ["marketing", "sales"]
        }
    }

    private var reps: [String] {
        let names = teams.map { "reps of team \($0.name)" }
        return names.isEmpty ? ["sales"] : names
    }

    private var managers: [String] { teams.compactMap { $0.manager?.value.text } }

    private func everybody(inTeams teams: [Team]) -> [String] { teams.map { "everybody in team \($0.name)" } }

    private func touchedInTeam(_ name: String, _ address: String) -> [String] {
        guard let team = team(named: name) else { return ["everybody in team \(name)"] }
        let own = team.reps.map(\.email.value.text).filter { address.hasPrefix("\(team.address).reps.\($0).") }
        return own.isEmpty ? everybody(inTeams: [team]) : own + (team.manager.map { [$0.value.text] } ?? [])
    }

    private func touchedByPromise(_ parts: [String]) -> [String] {
        let (side, promise) = (parts.count > 1 ? parts[1] : "", parts.count > 2 ? parts[2] : "")
        guard side == "marketing" else { return promise == "permission" ? reps : reps + managers }
        return promise == "coverage" ? ["marketing"] + reps : ["marketing"]
    }

    private func touchedByRouting(_ address: String) -> [String] {
        guard let rule = routing.rules.first(where: { address.hasPrefix("\($0.address).") }) else { return reps }
        switch rule.to.value {
        case .team(let name): return ["reps of team \(name)"]
        case .person(let person): return [person.text]
        case .accountOwner, .itsOwner: return reps
        }
    }

    private func touchedByStage(_ name: String) -> [String] {
        guard let stage = stage(named: name), let receiver = stage.handOver?.value else {
            return ["marketing", "sales"]
        }
        switch receiver {
        case .team(let team): return [stage.side.value.words, "reps of team \(team)"]
        case .side: return [stage.side.value.words] + reps
        }
    }

    private func touchedByField(_ name: String) -> [String] {
        let owner = field(named: name)?.owner.map { [$0.value.words] } ?? []
        let ways = entryPoints.filter { $0.mayWrite.value.contains(name) }.map(\.name.spaced)
        return owner + ways.map { "whoever enters data through \($0)" }
    }

    private func touchedByDuty(_ address: String) -> [String] {
        for duty in responsibilities where address.hasPrefix("responsibilities.\(duty.name).") {
            return [duty.side.value.words] + (duty.deputy.map { [$0.value.words] } ?? [])
        }
        return delegated.first { $0.to.address == address }.map { [$0.to.value.words] } ?? ["marketing", "sales"]
    }
}
