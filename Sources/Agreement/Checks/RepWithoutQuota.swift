internal import Findings

extension Check {
    static let repWithoutQuota = Check(
        "rep-without-quota", .warning,
        finds: "Somebody without a quota, where coverage of a quota is promised or others of the team have one."
    ) { checked in
        let agreement = checked.agreement
        let isCoveragePromised = agreement.promises.marketing.coverage != nil
        return agreement.teams.flatMap { team in
            let isUsual = isCoveragePromised || team.reps.contains { !$0.quotas.isEmpty }
            return team.reps.filter { isUsual && $0.quotas.isEmpty }.map { rep in
                Concern(
                    at: rep.email.place,
                    "\(rep.email.value.words) has no quota, so coverage and attainment say nothing about them.",
                    remedy: "Add one for each fiscal period.", example: "quota: {2026-Q1: 400k EUR}")
            }
        }
    }
}
