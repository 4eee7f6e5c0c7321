public import Journal
public import Testing

/// One sentence of what every `JournalStore` promises, and how it is held to it.
public struct Promise: Sendable, CustomTestStringConvertible {
    /// Opens an empty journal of the kind under test, which draws its keys from `KeySource`.
    public typealias Open = () throws -> any JournalStore

    public var sentence: String
    public var keep: @Sendable (Open) throws -> Void

    init(_ sentence: String, _ keep: @escaping @Sendable (Open) throws -> Void) {
        self.sentence = sentence
        self.keep = keep
    }

    public var testDescription: String { sentence }
}

/// Everything in the comment of `JournalStore`, for any store: each store's tests run each of these promises.
public enum JournalContract {
    public static let promises = appending + reading + people + erasing + keeping + verifying
}
