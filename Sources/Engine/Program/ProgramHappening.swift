public import Journal

/// Which facts are an occurrence of something.
public enum ProgramHappening: Hashable, Sendable {
    /// Facts of a kind, all of them.
    case fact(FactKind)
    /// Activities of one of these names, a sorted set of name ids.
    case event(names: Int32, where: ProgramCondition?)
    /// Activities whose name matches.
    case eventMatching(pattern: Int32, where: ProgramCondition?)
    case touch(where: ProgramCondition?)
    /// A name of `all` in the fact stands for every purpose.
    case consent(FactKind, purpose: Int32)
    /// A deal took this stage, having had another or none.
    case dealEnters(stage: Int32)
    /// A verdict on the hand-over into a stage; −1: on the latest.
    case verdict(FactKind, stage: Int32)
    /// Any of these happenings, by index.
    case any([Int32])
}

/// A pattern: the pieces between its stars, in order, in small letters. `/pricing*` is `/pricing` and the empty piece.
public struct ProgramPattern: Hashable, Sendable {
    public let pieces: [String]

    public init(pieces: [String]) {
        self.pieces = pieces
    }

    /// Whether a text, in small letters, begins with the first piece, ends with the last and has the others between, in
    /// order. Linear: the earliest place for each piece leaves most for the next.
    public func matches(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = pieces.first, let last = pieces.last else { return false }
        if pieces.count == 1 { return bytes.elementsEqual(first.utf8) }
        guard bytes.count >= first.utf8.count + last.utf8.count, bytes.starts(with: first.utf8),
            bytes.suffix(last.utf8.count).elementsEqual(last.utf8)
        else { return false }
        var rest = bytes[first.utf8.count..<bytes.count - last.utf8.count]
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let end = ProgramPattern.end(of: Array(piece.utf8), in: rest) else { return false }
            rest = rest[end...]
        }
        return true
    }

    private static func end(of piece: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= piece.count else { return nil }
        for start in bytes.startIndex...bytes.endIndex - piece.count
        where bytes[start..<start + piece.count].elementsEqual(piece) { return start + piece.count }
        return nil
    }
}
