internal import Identity

/// What is known of the domains of mail addresses, each asked once: addresses are many, domains few. Of one thread at a time,
/// as the fold is that asks.
final class MailDomains: @unchecked Sendable {
    struct Answer {
        /// A provider of mailboxes for everybody.
        let isFree: Bool
        /// Own staff or a competitor: never counted.
        let isIgnored: Bool
    }

    private var slots = HashSlots()
    /// For each domain, the first address at it.
    private var addresses: [Int32] = []
    private var answers: [Answer] = []
    /// Whom the answers are of.
    private var version: Int32 = -1

    func answer(_ address: Int32, in texts: Texts, under program: BoundProgram, version: Int32) -> Answer {
        if version != self.version {
            (slots, addresses, answers, self.version) = (HashSlots(), [], [], version)
        }
        let hash = texts.withDomain(of: address) { domain in
            var hasher = Hasher()
            hasher.combine(bytes: domain)
            return hasher.finalize()
        }
        let known = slots.find(hash) { number in
            texts.withDomain(of: address) { domain in
                texts.withDomain(of: addresses[Int(number)]) { $0.hasSameBytes(as: domain) }
            }
        }
        if let known { return answers[Int(known)] }
        let text = texts[address]
        let domain = texts.withDomain(of: address) { String(decoding: $0, as: UTF8.self) }.lowercased()
        let answer = Answer(
            isFree: program.isFreeMail(text),
            isIgnored: program.program.ignored.domains.contains { domain == program.program.names[Int($0)] })
        slots.insert(Int32(answers.count), hash: hash)
        addresses.append(address)
        answers.append(answer)
        return answer
    }
}

extension Texts {
    /// What follows the last @; all of it where there is none.
    fileprivate func withDomain<Result>(of address: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withBytes(of: address) { bytes in
            let start = bytes.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? 0
            return body(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        }
    }
}
