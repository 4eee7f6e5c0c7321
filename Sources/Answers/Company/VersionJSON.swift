package import Agreement
package import Journal
package import Vocabulary

// A version of the agreement for machines, the same from commands and from the server.

extension AgreementVersion {
    /// The members of its object: who signed, what is missing, who has read it.
    package func write(to json: inout JSONText, at instant: Instant) {
        json.member("digest", digest)
        json.member("company", agreement.company.name.value)
        json.member("standing", standing(at: instant).kind.rawValue)
        json.member("proposed", "\(proposed)")
        if let from { json.member("from", "\(from)") }
        if let until { json.member("until", "\(until)") }
        json.list("signatures", signatures) { json, signature in
            json.member("side", signature.side.rawValue)
            json.member("signer", signature.signer.address)
            if let officer = signature.onBehalfOf { json.member("on_behalf_of", officer.address) }
            json.member("at", "\(signature.at)")
        }
        json.list("missing", missing) { $1.write(to: &$0) }
        json.list("read", readingShares) { json, share in
            json.member("side", share.side.rawValue)
            json.member("named", Int64(share.named))
            json.member("confirmed", Int64(share.confirmed))
        }
        json.member("not_read_by")
        json.array { json in for reader in readers where reader.confirmed == nil { json.string(reader.person.address) }
        }
    }
}

extension MissingSignature {
    fileprivate func write(to json: inout JSONText) {
        switch self {
        case .side(let side, let officer):
            json.member("what", "side")
            json.member("party", side.rawValue)
            if let officer { json.member("person", officer.address) }
        case .mission(let officer):
            json.member("what", "mission")
            json.member("party", Party.executive.rawValue)
            if let officer { json.member("person", officer.address) }
        case .handOver(let party, let officer):
            json.member("what", "hand_over")
            json.member("party", party.rawValue)
            json.member("person", officer.address)
        }
    }
}

extension Contract {
    /// The members of its object: each sentence with the clauses that it speaks for.
    package func write(to json: inout JSONText) {
        json.member("title", title)
        json.list("sections", sections) { json, section in
            json.member("title", section.title)
            json.list("sentences", section.sentences) { json, sentence in
                json.member("text", sentence.text)
                json.member("clauses")
                json.array { json in for clause in sentence.clauses { json.string(clause) } }
            }
        }
    }
}
