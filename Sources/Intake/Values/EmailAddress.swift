/// An e-mail address brought into the form in which two writings of it are equal: trimmed and in lower case.
///
/// Mail systems that tell capitals in the local part apart exist on paper only; people's exports mix them freely.
public struct EmailAddress {
    /// Valid within the closure that received it, as is `domain`.
    public let text: Bytes
    public let domain: Bytes

    /// RFC 5321, 4.5.3.1, and RFC 3696 erratum 1690.
    private static let (longestAddress, longestLocalPart, longestLabel) = (254, 64, 63)

    /// Checks and normalises an address. The syntax is that of HTML's `<input type=email>` (WHATWG HTML, 4.10.5.1.5),
    /// with letters of other alphabets (RFC 6531), and with a domain of at least two labels, the last not a number.
    public static func read<Result>(
        _ written: Bytes, _ body: (EmailAddress) -> Result
    ) throws(UnreadableValue) -> Result {
        let bytes = written.trimmed
        if bytes.isEmpty { throw .empty }
        guard bytes.count <= longestAddress, let at = check(bytes) else { throw .notAnEmail }
        if bytes.contains(where: { $0 >= 0x80 }) {
            return String(decoding: bytes, as: UTF8.self).lowercased().withBytes { body(EmailAddress(lowercase: $0)) }
        }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { room in
            for i in 0..<bytes.count { room.initializeElement(at: i, to: ASCII.lowercased(bytes[i])) }
            return body(EmailAddress(text: Bytes(room), domain: Bytes(rebasing: Bytes(room)[(at + 1)...])))
        }
    }

    private init(text: Bytes, domain: Bytes) { (self.text, self.domain) = (text, domain) }

    private init(lowercase text: Bytes) {
        let at = text.firstIndex(of: UInt8(ascii: "@"))!
        self.init(text: text, domain: Bytes(rebasing: text[(at + 1)...]))
    }

    // MARK: Syntax

    /// The index of the at sign of a right address.
    private static func check(_ bytes: Bytes) -> Int? {
        guard let at = bytes.firstIndex(of: UInt8(ascii: "@")), (1...longestLocalPart).contains(at),
            bytes[..<at].allSatisfy(isLocal), isDomain(bytes[(at + 1)...])
        else { return nil }
        return at
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        isLabel(byte) || ".!#$%&'*+/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isLabel(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "-") || byte >= 0x80
    }

    private static func isDomain(_ domain: Slice<Bytes>) -> Bool {
        var (start, labels) = (domain.startIndex, 0)
        for i in domain.indices where domain[i] == UInt8(ascii: ".") {
            guard isLabel(domain[start..<i]) else { return false }
            (start, labels) = (i + 1, labels + 1)
        }
        let last = domain[start...]
        return labels >= 1 && isLabel(last) && !last.allSatisfy(ASCII.isDigit)
    }

    private static func isLabel(_ label: Slice<Bytes>) -> Bool {
        guard let first = label.first, let last = label.last, label.count <= longestLabel else { return false }
        return first != UInt8(ascii: "-") && last != UInt8(ascii: "-") && label.allSatisfy(isLabel)
    }
}
