internal import Vocabulary

/// What a page says about the moment that it tells of, for the program in it that hears of later ones.
struct LiveMark: Sendable {
    private let present: Present?

    init(_ present: Present?) { self.present = present }

    var attributes: HTML {
        present.map { " data-moment=\"\($0.instant.milliseconds)\" data-facts=\"\($0.sequence)\"" } ?? ""
    }

    /// Empty until something has come.
    var notice: HTML {
        present == nil
            ? "" : "<div id=\"news\" class=\"news\" role=\"status\" aria-live=\"polite\" hidden></div>"
    }
}
