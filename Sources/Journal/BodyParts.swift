/// Where the parts of a stored body stand. Two facts of one shape with equal bytes in a part say the same there: commitments
/// are keyed hashes, equal only for equal values of one person. So who reads millions of facts need read each part once.
public struct BodyParts: Sendable {
    /// Its name, and who did it.
    public let deed: Range<Int>
    /// Persons and accounts.
    public let concerned: Range<Int>
    /// The values of its properties.
    public let values: Range<Int>
}

extension StoredFact {
    /// Throws `JournalError.damaged` for bytes the codec did not write.
    public func parts() throws -> BodyParts {
        try namingTheFact {
            try body.withUnsafeBufferPointer { bytes in
                var reader = BodyReader(bytes)
                _ = try reader.textBytes()
                if try reader.byte() != 0 { try reader.skipIdentifierAfterMark(reader.byte()) }
                let deedEnd = reader.offset
                for _ in 0..<2 {
                    for _ in 0..<(try reader.count()) { try reader.skipIdentifierAfterMark(reader.byte()) }
                }
                let end = reader.offset
                return BodyParts(deed: 0..<deedEnd, concerned: deedEnd..<end, values: end..<bytes.count)
            }
        }
    }
}
