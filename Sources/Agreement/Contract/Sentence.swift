/// One statement of the contract and the clauses it speaks for. Written as a text with clauses in it: each is put into words,
/// said to be a default where the agreement is silent, and noted.
public struct Sentence: Hashable, Sendable, ExpressibleByStringInterpolation {
    public let text: String
    /// Addresses, in the order in which they are mentioned.
    public let clauses: [String]
    /// What the sentence says for each of its clauses.
    let phrases: [String: String]

    public init(stringLiteral text: String) {
        (self.text, clauses, phrases) = (text, [], [:])
    }

    public init(stringInterpolation parts: StringInterpolation) {
        (text, clauses, phrases) = (parts.text, parts.clauses, parts.phrases)
    }

    private init(_ text: String, _ clauses: [String], _ phrases: [String: String]) {
        (self.text, self.clauses, self.phrases) = (text, clauses, phrases)
    }

    static func + (a: Sentence, b: Sentence) -> Sentence {
        Sentence(a.text + b.text, a.clauses + b.clauses, a.phrases.merging(b.phrases) { first, _ in first })
    }

    /// Where it is written, as shortly as can be: the part of the addresses that its clauses share.
    public var reference: String {
        guard let first = clauses.first else { return "" }
        let shared = clauses.dropFirst().reduce(first.split(separator: ".")[...]) { shared, address in
            let count = zip(shared, address.split(separator: ".")).prefix { $0 == $1 }.count
            return shared.prefix(count)
        }
        let roots = clauses.map { String($0.prefix { $0 != "." }) }
        return shared.isEmpty ? roots.withoutRepeats.joined(separator: ", ") : shared.joined(separator: ".")
    }
}

extension Sentence {
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var clauses: [String] = []
        fileprivate var phrases: [String: String] = [:]

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity)
        }

        public mutating func appendLiteral(_ literal: String) { text += literal }

        public mutating func appendInterpolation(_ words: String) { text += words }
        public mutating func appendInterpolation(_ count: Int) { text += String(count) }

        public mutating func appendInterpolation(_ sentence: Sentence) {
            text += sentence.text
            clauses += sentence.clauses
            phrases.merge(sentence.phrases) { first, _ in first }
        }

        mutating func appendInterpolation<Value: Spoken>(_ clause: Clause<Value>) {
            note(clause.address, clause.value.spoken, clause.isDefault)
        }

        /// In words that the context asks for.
        mutating func appendInterpolation<Value>(_ clause: Clause<Value>, as words: String) {
            note(clause.address, words, clause.isDefault)
        }

        /// Nothing where the agreement says nothing.
        mutating func appendInterpolation<Value: Spoken>(
            _ before: String, _ clause: Clause<Value>?, _ after: String = ""
        ) {
            guard let clause else { return }
            text += before
            appendInterpolation(clause)
            text += after
        }

        /// `1 day where the country is DE, otherwise 2 days`.
        mutating func appendInterpolation<Value: Spoken>(_ clause: Segmented<Value>) {
            for segment in clause.cases {
                appendInterpolation(segment.clause)
                text += " where "
                appendInterpolation(segment.condition)
                text += ", "
            }
            if !clause.cases.isEmpty { text += "otherwise " }
            appendInterpolation(clause.otherwise)
        }

        /// A clause of which only the words are known.
        mutating func appendInterpolation(entry: ClauseEntry, as words: String? = nil) {
            note(entry.address, words ?? entry.words, entry.isDefault)
        }

        private mutating func note(_ address: String, _ words: String, _ isDefault: Bool) {
            text += isDefault ? "\(words) (by default)" : words
            clauses.append(address)
            phrases[address] = words
        }
    }
}

extension Array where Element == Sentence {
    /// Into one, with something between.
    func joined(_ separator: String, last: String? = nil) -> Sentence {
        enumerated().reduce("") { whole, part in
            guard part.offset > 0 else { return part.element }
            let between = part.offset == count - 1 ? last ?? separator : separator
            return "\(whole)\(between)\(part.element)"
        }
    }
}

extension Array where Element: Hashable {
    /// Each once, where it first stands.
    var withoutRepeats: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
