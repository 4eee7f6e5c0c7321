/// How something stands: a shape and a word, and a colour for those who see it.
struct StateMark: Sendable {
    enum Kind: String, Sendable { case good, warn, bad, still }

    let kind: Kind
    let word: String

    init(_ kind: Kind, _ word: String) { (self.kind, self.word) = (kind, word) }

    /// As the scoreboard says it of a promise in a period.
    init(state: String) {
        switch state {
        case "kept": self.init(.good, "met")
        case "broken": self.init(.bad, "missed")
        case "at risk": self.init(.warn, "at risk")
        case "on track": self.init(.good, "on track")
        default: self.init(.still, state)
        }
    }

    private var shape: String {
        switch kind {
        case .good: "●"
        case .warn: "▲"
        case .bad: "■"
        case .still: "○"
        }
    }

    var html: HTML {
        "<span class=\"state \(kind.rawValue)\"><span aria-hidden=\"true\">\(shape)</span> \(word)</span>"
    }
}
