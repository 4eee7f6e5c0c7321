internal import Findings

extension Check {
    static let silenceRots = Check(
        "silence-rots", .warning,
        finds: """
            A hand-over that may lie for ever: nothing says what the receiver's silence means, or it means acceptance and no \
            time to qualify follows.
            """
    ) { checked in
        let agreement = checked.agreement
        guard let handOver = agreement.stages.compactMap(\.handOver).first else { return [] }
        guard let silence = agreement.verdicts.silence else {
            return [
                Concern(
                    at: handOver.place, "Nothing says what it means when the receiver does not answer.",
                    remedy: "Say after how long silence means what.",
                    example: "verdicts: {silence: {after: 2 business days, means: accepted}}")
            ]
        }
        guard silence.means.value == .accepted, agreement.promises.sales.qualify.isEmpty else { return [] }
        return [
            Concern(
                at: silence.means.place,
                "A lead accepted by silence may lie for ever: no promise says until when it is qualified.",
                remedy: "Add a promise to qualify, with a detour for those who are not.",
                example: "qualify: {from: sal, to: sql, within: 20 business days, otherwise: nurture}",
                related: [handOver.place])
        ]
    }
}
