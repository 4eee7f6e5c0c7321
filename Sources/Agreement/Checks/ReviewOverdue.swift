internal import Findings
internal import Vocabulary

extension Check {
    static let reviewOverdue = Check(
        "review-overdue", .warning, finds: "An agreement whose review date has passed."
    ) { checked in
        guard let review = checked.agreement.company.reviewBy, review.value < checked.today else { return [] }
        return [
            Concern(
                at: review.place, "Both sides wanted to look at this agreement again by \(review.value).",
                remedy: "Review it, and set the next date.", example: "review_by: \(checked.today.adding(days: 180))")
        ]
    }
}
