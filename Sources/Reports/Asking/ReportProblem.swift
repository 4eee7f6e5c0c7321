internal import Findings

/// Why a question has no answer. What to do stands beside it.
public struct ReportProblem: Error, Hashable, Sendable {
    /// Stable, in kebab case.
    public let code: String
    /// Without a full stop.
    public let cause: String
    public let remedy: String

    public init(_ code: String, _ cause: String, remedy: String) {
        (self.code, self.cause, self.remedy) = (code, cause, remedy)
    }

    /// A name that nothing has. `what` is such as `stage`.
    public static func unknown(_ what: String, _ name: String, among known: [String]) -> ReportProblem {
        let listed =
            known.prefix(40).joined(separator: ", ") + (known.count > 40 ? " and \(known.count - 40) more" : "")
        let meant = nearestName(to: name, among: known).map { "Did you mean \($0)? " } ?? ""
        let exist = known.isEmpty ? "There is none." : "There is: \(listed)."
        return ReportProblem(
            "unknown-\(what.replacing(" ", with: "-"))", "there is no \(what) “\(name)”", remedy: meant + exist)
    }

    /// An option whose text says nothing that it could mean.
    static func unreadable(_ option: ReportOption, _ text: String, _ why: String, remedy: String) -> ReportProblem {
        ReportProblem("unreadable-\(option.rawValue)", "--\(option.rawValue) “\(text)” \(why)", remedy: remedy)
    }
}
