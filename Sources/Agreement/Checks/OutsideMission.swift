internal import Findings

extension Check {
    static let outsideMission = Check(
        "outside-mission", .warning,
        finds: "A next aim of marketing that depends on promises which are not made, or that is the aim it has already."
    ) { checked in
        let (mission, marketing) = (checked.agreement.mission, checked.agreement.promises.marketing)
        guard let then = mission.then else { return [] }
        if then.value.aim == mission.marketing.value {
            return [
                Concern(
                    at: then.place, "The next aim is the one marketing has already.",
                    remedy: "Name another, or leave it out.",
                    related: [mission.marketing.place])
            ]
        }
        let made: [String: Bool] = [
            "deliver": marketing.deliver != nil, "quality": marketing.quality != nil,
            "complete": marketing.complete != nil, "consent": marketing.consent != nil,
            "pipeline": marketing.pipeline != nil, "coverage": marketing.coverage != nil,
            "target_accounts": marketing.targetAccounts != nil,
        ]
        return then.value.promises.filter { made[$0] == false }.map { name in
            Concern(
                at: then.place, "The next aim waits until \(name) was kept, and marketing makes no such promise.",
                remedy: "Add the promise, or do not wait for it.", example: "promises: {marketing: {\(name): …}}")
        }
    }
}
