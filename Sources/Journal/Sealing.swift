internal import Crypto

/// A body whose personal values were taken out and replaced by commitments.
public struct SealedBody: Sendable {
    public var body: [UInt8]
    public var values: [(commitment: Commitment, value: [UInt8])]
}

/// Takes personal values out of a packed body. Throws `DamagedBody` for bytes the codec did not write.
public enum Sealing {
    /// Under whose key the values of a body are to lie: its first person, else its first account, else the fact itself.
    public static func subject(ofBody body: UnsafeBufferPointer<UInt8>, else key: FactKey) throws -> Subject {
        var reader = BodyReader(body)
        _ = try reader.text()
        if try reader.byte() != 0 { _ = try reader.identifier { _ in nil } }
        if let person = try reader.identifiers({ _ in nil }).first { return Subject(of: person) }
        if let account = try reader.identifiers({ _ in nil }).first { return Subject(of: account) }
        return Subject(text: key.text)
    }

    /// The commitments in a body, in its order.
    public static func commitments(inBody body: UnsafeBufferPointer<UInt8>, valueCount: Int) throws -> [Commitment] {
        var commitments: [Commitment] = []
        let note: (Commitment) -> String? = {
            commitments.append($0)
            return nil
        }
        var reader = BodyReader(body)
        _ = try reader.text()
        if try reader.byte() != 0 { _ = try reader.identifier(note) }
        _ = try reader.identifiers(note)
        _ = try reader.identifiers(note)
        for _ in 0..<valueCount { _ = try reader.value(note) }
        return commitments
    }

    public static func seal(_ body: UnsafeBufferPointer<UInt8>, valueCount: Int, under key: PersonKey) throws
        -> SealedBody
    {
        var sealer = Sealer(key: CommittingKey(key))
        sealer.output.reserveCapacity(2 * body.count + 64)
        var reader = BodyReader(body)
        sealer.output.append(text: try reader.textBytes())
        let hasActor = try reader.byte()
        sealer.output.append(hasActor)
        if hasActor != 0 { try sealer.copyIdentifier(from: &reader) }
        for _ in 0..<2 {
            let count = try reader.varint()
            sealer.output.append(varint: count)
            for _ in 0..<count { try sealer.copyIdentifier(from: &reader) }
        }
        for _ in 0..<valueCount { try sealer.copyValue(from: &reader) }
        return SealedBody(body: sealer.output, values: sealer.values)
    }
}

/// Copies a body part by part, sealing the personal parts on the way.
private struct Sealer {
    var key: CommittingKey
    var output: [UInt8] = []
    var values: [(commitment: Commitment, value: [UInt8])] = []

    mutating func copyIdentifier(from reader: inout BodyReader) throws {
        let start = reader.offset
        let mark = try reader.byte()
        guard mark & SchemeMark.personal != 0 else {
            try reader.skipIdentifierAfterMark(mark)
            return reader.copy(from: start, to: &output)
        }
        output.append(mark & ~SchemeMark.personal | SchemeMark.committed)
        output.append(text: try reader.textBytes())
        try commit(to: reader.textBytes())
    }

    mutating func copyValue(from reader: inout BodyReader) throws {
        let start = reader.offset
        guard try reader.byte() == ValueTag.personal else {
            reader.rewind(to: start)
            try reader.skipValue()
            return reader.copy(from: start, to: &output)
        }
        output.append(ValueTag.committed)
        try commit(to: reader.textBytes())
    }

    /// A value said twice of a person, as an identifier and as a property, is kept once.
    private mutating func commit(to value: UnsafeBufferPointer<UInt8>) {
        let commitment = key.commitment(to: value)
        commitment.withBytes { output.append(contentsOf: $0) }
        if !values.contains(where: { $0.commitment == commitment }) { values.append((commitment, Array(value))) }
    }
}

extension BodyReader {
    mutating func skipIdentifierAfterMark(_ mark: UInt8) throws {
        _ = try textBytes()
        if mark & SchemeMark.committed != 0 { _ = try commitment() } else { _ = try textBytes() }
    }

    /// Passes over a value; most are texts, which need not be made.
    mutating func skipValue() throws {
        let start = offset
        guard try byte() == ValueTag.text else {
            rewind(to: start)
            _ = try value { _ in nil }
            return
        }
        _ = try textBytes()
    }
}

extension PersonKey {
    /// AES-GCM under the person's key, bound to its commitment. The nonce is taken from the commitment, which is a keyed hash of the value: the
    /// same nonce comes back only with the same value, so it is never used for two.
    public func encrypt(_ value: [UInt8], _ commitment: Commitment) throws -> [UInt8] {
        let bound = commitment.bytes
        let nonce = try AES.GCM.Nonce(data: bound.prefix(12))
        let box = try AES.GCM.seal(value, using: encryption, nonce: nonce, authenticating: bound)
        var encrypted: [UInt8] = []
        encrypted.reserveCapacity(value.count + 16)
        encrypted.append(contentsOf: box.ciphertext)
        encrypted.append(contentsOf: box.tag)
        return encrypted
    }

    /// The value; throws when the bytes were tampered with or belong to another key.
    public func decrypt(_ bytes: [UInt8], _ commitment: Commitment) throws -> String {
        guard bytes.count >= 16 else { throw CryptoKitError.incorrectParameterSize }
        let nonce = try AES.GCM.Nonce(data: commitment.bytes.prefix(12))
        let box = try AES.GCM.SealedBox(nonce: nonce, ciphertext: bytes.dropLast(16), tag: bytes.suffix(16))
        return String(
            decoding: try AES.GCM.open(box, using: encryption, authenticating: commitment.bytes), as: UTF8.self)
    }
}
