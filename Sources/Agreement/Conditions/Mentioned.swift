extension Condition {
    /// Whether a verdict of this word, at whatever stage, can have a part in it.
    public func mentions(_ word: VerdictWord) -> Bool {
        switch node {
        case .not(let inner): inner.mentions(word)
        case .all(let parts), .any(let parts): parts.contains { $0.mentions(word) }
        case .happened(let happening, _, _): happening.mentions(word)
        default: false
        }
    }
}

extension Happening {
    fileprivate func mentions(_ word: VerdictWord) -> Bool {
        switch node {
        case .verdict(let own, _): own == word
        case .any(let parts): parts.contains { $0.mentions(word) }
        default: false
        }
    }
}
