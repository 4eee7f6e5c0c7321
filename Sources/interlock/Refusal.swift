import Agreement

/// What the program will not do, and why. Exit code 1: something is to be mended first.
struct Refusal: Error {
    /// Stable, in kebab case.
    var code: String
    var cause: String
    var remedy: String

    init(_ code: String, _ cause: String, remedy: String) {
        (self.code, self.cause, self.remedy) = (code, cause, remedy)
    }

    /// Of a statement that would not count: it is not made.
    init(_ uncounted: Uncounted) {
        self.init(
            uncounted.fault.rawValue, "this would not count: \(uncounted.fault.sentence)",
            remedy: uncounted.fault.remedy)
    }
}
