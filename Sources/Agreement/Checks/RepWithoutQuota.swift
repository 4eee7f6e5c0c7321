internal import Findings

extension Check {
    static let repWithoutQuota = Check(
        "rep-without-quota", .warning,
        finds: """
            Somebody who is still there without a quota, where coverage of a quota is promised or others of the team have \
            one. Nothing is said where quotas are delegated and none stand here: then they are kept elsewhere.
            """
    ) { checked in
        let agreement = checked.agreement
        let areElsewhere =
            agreement.delegated.contains { $0.what == .quotas }
            && agreement.teams.allSatisfy { $0.reps.allSatisfy(\.quotas.isEmpty) }
        guard !areElsewhere else { return [] }
        let isCoveragePromised = agreement.promises.marketing.coverage != nil
        return agreement.teams.flatMap { team in
            let isUsual = isCoveragePromised || team.reps.contains { !$0.quotas.isEmpty }
            let remaining = team.reps.filter { $0.until.map { $0.value >= checked.today } ?? true }
            return remaining.filter { isUsual && $0.quotas.isEmpty }.map { rep in
                Concern(
                    at: rep.email.place,
                    "\(rep.email.value.words) has no quota, so coverage and attainment say nothing about them.",
                    remedy: "Add one for each fiscal period.", example: "quota: {2026-Q1: 400k EUR}")
            }
        }
    }
}
