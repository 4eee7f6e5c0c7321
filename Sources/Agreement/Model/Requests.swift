public import Vocabulary

/// `requests`: what one side asks of the other, and when it is answered (F36).
public struct Requests: Sendable {
    public let between: Clause<[Party]>
    public let answerWithin: Clause<Budget>
}
