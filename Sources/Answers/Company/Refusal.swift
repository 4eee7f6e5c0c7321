package import Agreement

/// What the program will not do, and why. Exit code 1: something is to be mended first.
package struct Refusal: Error {
    /// Stable, in kebab case.
    package var code: String
    package var cause: String
    package var remedy: String

    package init(_ code: String, _ cause: String, remedy: String) {
        (self.code, self.cause, self.remedy) = (code, cause, remedy)
    }

    /// Of a statement that would not count: it is not made.
    package init(_ uncounted: Uncounted) {
        self.init(
            uncounted.fault.rawValue, "this would not count: \(uncounted.fault.sentence)",
            remedy: uncounted.fault.remedy)
    }
}
