public import Journal
internal import Vocabulary

// A history as bytes, to be read back in one pass. It is derived: whoever finds it damaged, of another format or of another
// journal throws it away and builds it anew. It holds personal values in clear, so it is as private as what it was built of,
// is never part of a backup, and goes when somebody is erased.
//
//     "ILKCOL" format ─ facts of the journal it was built of, head of its chain
//     sections, each ─ its length in bytes (8), then little-endian numbers
//         texts          bytes, ends, numbers in order of bytes
//         properties     names, kinds, currencies, bits, ends of sets
//         acts           kinds, names, sources, actors, records, property sets
//         accounts       names, ends of identifiers, identifiers, ends of facts, ends of persons
//         persons        names, accounts
//         facts          occurred, as steps from one to the next of an account; act; person, counted within the account;
//                        sequence; late facts, when known; snapshots, since when
//         company, apart facts as lines of an exported journal, one behind the other

extension History {
    private static let magic = Array("ILKCOL\u{3}\u{0}".utf8)

    /// `head` of the journal it was built of.
    public func columns(of head: JournalHead) -> [UInt8] {
        var out = ColumnWriter()
        out.bytes = History.magic
        out.write(Array(head.text.utf8))
        out.write(texts.bytes)
        out.write(texts.ends.map(Int64.init))
        out.write(texts.order)
        out.write(properties.all.map(\.name))
        out.write(properties.all.map(\.kind.rawValue))
        out.write(properties.all.map(\.currency))
        out.write(properties.all.map(\.bits))
        out.write(properties.ends)
        out.write(acts.map(\.kind.rawValue))
        for part in [\Act.name, \.source, \.actor, \.record, \.properties] { out.write(acts.map { $0[keyPath: part] }) }
        out.write(accounts.map(\.name))
        out.write(ends(of: accounts.map(\.identifiers.count)))
        out.write(accounts.flatMap(\.identifiers))
        out.write(accounts.map(\.facts.upperBound))
        out.write(accounts.map(\.persons.upperBound))
        out.write(persons.map(\.name))
        out.write(persons.map(\.account))
        out.write(packedInstants)
        out.write(act)
        out.write(packedPersons)
        out.write(sequence)
        out.write(lateFacts)
        out.write(lateKnown)
        out.write(assumedFacts)
        out.write(assumedSince)
        for facts in [company, apart] {
            let lines = facts.map { FactLine.fact(sequence: $0.sequence, person: nil, $0.fact).json }
            out.write(ends(of: lines.map(\.count)))
            out.write(lines.flatMap { $0 })
        }
        out.write([Int64(unplaced)])
        return out.bytes
    }

    private func ends(of counts: [Int]) -> [Int32] {
        var end: Int32 = 0
        return counts.map { count in
            end += Int32(count)
            return end
        }
    }

    private var packedInstants: [UInt8] {
        var packed = PackedNumbers(room: 5 * count)
        for account in accounts {
            var last: Int64 = 0
            for fact in account.facts {
                packed.append(signed: occurred[Int(fact)] &- last)
                last = occurred[Int(fact)]
            }
        }
        return packed.bytes
    }

    /// 0: the fact is the account's.
    private var packedPersons: [UInt8] {
        var packed = PackedNumbers(room: count)
        for account in accounts {
            for fact in account.facts {
                let person = person[Int(fact)]
                packed.append(person < 0 ? 0 : UInt64(person - account.persons.lowerBound + 1))
            }
        }
        return packed.bytes
    }

    /// Reads what `columns` wrote; `nil` where it is not whole, of another format, or of another journal than `head` says.
    public init?(columns: UnsafeRawBufferPointer, of head: JournalHead) {
        guard columns.count >= History.magic.count, columns.prefix(History.magic.count).elementsEqual(History.magic)
        else { return nil }
        var input = ColumnReader(columns, from: History.magic.count)
        guard let written: [UInt8] = input.read(), written.elementsEqual(head.text.utf8) else { return nil }
        self.init()
        guard readWords(&input), readActs(&input), readWho(&input), readFacts(&input), readCompany(&input),
            input.isAtEnd, isConsistent
        else { return nil }
    }

    private mutating func readWords(_ input: inout ColumnReader) -> Bool {
        guard let bytes: [UInt8] = input.read(), let ends: [Int64] = input.read(),
            let sorted: [Int32] = input.read(), let names: [Int32] = input.read(), let kinds: [UInt8] = input.read(),
            let currencies: [UInt16] = input.read(), let bits: [Int64] = input.read(),
            let setEnds: [Int32] = input.read(),
            areEnds(ends, of: bytes.count), areEnds(setEnds, of: names.count),
            kinds.count == names.count, currencies.count == names.count, bits.count == names.count,
            let texts = Texts(bytes: bytes, ends: ends.map(Int.init), sorted: sorted)
        else { return false }
        self.texts = texts
        var all: [PropertyTable.Property] = []
        all.reserveCapacity(names.count)
        for index in names.indices {
            guard let kind = PropertyTable.Kind(rawValue: kinds[index]) else { return false }
            all.append(
                PropertyTable.Property(name: names[index], kind: kind, currency: currencies[index], bits: bits[index]))
        }
        properties = PropertyTable(all: all, ends: setEnds)
        return true
    }

    private mutating func readActs(_ input: inout ColumnReader) -> Bool {
        guard let kinds: [UInt8] = input.read(), let names: [Int32] = input.read(),
            let sources: [Int32] = input.read(), let actors: [Int32] = input.read(),
            let records: [Int32] = input.read(), let sets: [Int32] = input.read(),
            [names, sources, actors, records, sets].allSatisfy({ $0.count == kinds.count })
        else { return false }
        let known = (UInt8.min...UInt8.max).map { FactKind(rawValue: $0) }
        acts.reserveCapacity(kinds.count)
        for index in kinds.indices {
            guard let kind = known[Int(kinds[index])] else { return false }
            acts.append(
                Act(
                    kind: kind, name: names[index], source: sources[index], actor: actors[index],
                    record: records[index], properties: sets[index]))
        }
        return true
    }

    private mutating func readWho(_ input: inout ColumnReader) -> Bool {
        guard let names: [Int32] = input.read(), let identifierEnds: [Int32] = input.read(),
            let identifiers: [Int32] = input.read(), let factEnds: [Int32] = input.read(),
            let personEnds: [Int32] = input.read(), let personNames: [Int32] = input.read(),
            let personAccounts: [Int32] = input.read(), areEnds(identifierEnds, of: identifiers.count),
            [identifierEnds, factEnds, personEnds].allSatisfy({ $0.count == names.count }),
            areEnds(personEnds, of: personNames.count), personAccounts.count == personNames.count,
            factEnds.isAscending
        else { return false }
        accounts.reserveCapacity(names.count)
        var (identifier, fact, person): (Int32, Int32, Int32) = (0, 0, 0)
        for index in names.indices {
            accounts.append(
                AccountEntry(
                    name: names[index],
                    identifiers: Array(identifiers[Int(identifier)..<Int(identifierEnds[index])]),
                    facts: fact..<factEnds[index], persons: person..<personEnds[index]))
            (identifier, fact, person) = (identifierEnds[index], factEnds[index], personEnds[index])
        }
        persons = personNames.indices.map { PersonEntry(name: personNames[$0], account: personAccounts[$0]) }
        return true
    }

    private mutating func readFacts(_ input: inout ColumnReader) -> Bool {
        guard let instants: [UInt8] = input.read(), let occurred = unpackedInstants(instants),
            let act: [Int32] = input.read(),
            let packed: [UInt8] = input.read(), let person = unpackedPersons(packed),
            let sequence: [UInt32] = input.read(),
            let lateFacts: [Int32] = input.read(), let lateKnown: [Int64] = input.read(),
            let assumedFacts: [Int32] = input.read(), let assumedSince: [Int64] = input.read(),
            assumedFacts.count == assumedSince.count, assumedFacts.isAscending,
            act.count == occurred.count, person.count == occurred.count, sequence.count == occurred.count,
            lateFacts.count == lateKnown.count, accounts.last?.facts.upperBound ?? 0 == Int32(occurred.count)
        else { return false }
        (self.occurred, self.act, self.person, self.sequence) = (occurred, act, person, sequence)
        (self.lateFacts, self.lateKnown) = (lateFacts, lateKnown)
        (self.assumedFacts, self.assumedSince) = (assumedFacts, assumedSince)
        return true
    }

    private func unpackedInstants(_ bytes: [UInt8]) -> [Int64]? {
        unpacked(bytes) { numbers, account, room in
            var last: Int64 = 0
            for fact in account.facts {
                guard let step = numbers.nextSigned() else { return false }
                last &+= step
                room[Int(fact)] = last
            }
            return true
        }
    }

    private func unpackedPersons(_ bytes: [UInt8]) -> [Int32]? {
        unpacked(bytes) { numbers, account, room in
            for fact in account.facts {
                guard let number = numbers.next(), number <= UInt64(account.persons.count) else { return false }
                room[Int(fact)] = number == 0 ? -1 : account.persons.lowerBound + Int32(number) - 1
            }
            return true
        }
    }

    /// `nil` where there are fewer numbers than facts, or more.
    private func unpacked<Number>(
        _ bytes: [UInt8],
        _ unpack: (inout PackedReader, AccountEntry, UnsafeMutableBufferPointer<Number>) -> Bool
    ) -> [Number]? {
        let count = Int(accounts.last?.facts.upperBound ?? 0)
        // Each takes at least a byte, so that a damaged file cannot ask for more room than it has itself.
        guard count <= bytes.count else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            var (numbers, isWhole) = (PackedReader(bytes), true)
            let all = [Number](unsafeUninitializedCapacity: count) { room, filled in
                isWhole = accounts.allSatisfy { unpack(&numbers, $0, room) } && numbers.isAtEnd
                filled = isWhole ? count : 0
            }
            return isWhole ? all : nil
        }
    }

    private mutating func readCompany(_ input: inout ColumnReader) -> Bool {
        guard let company = companyFacts(&input), let apart = companyFacts(&input),
            let unplaced: [Int64] = input.read(), unplaced.count == 1
        else { return false }
        (self.company, self.apart, self.unplaced) = (company, apart, Int(unplaced[0]))
        return true
    }

    private func companyFacts(_ input: inout ColumnReader) -> [CompanyFact]? {
        guard let ends: [Int32] = input.read(), let lines: [UInt8] = input.read(), areEnds(ends, of: lines.count)
        else { return nil }
        var (facts, start): ([CompanyFact], Int) = ([], 0)
        for end in ends {
            guard case .fact(let sequence, _, let fact)? = try? FactLine(json: Array(lines[start..<Int(end)])) else {
                return nil
            }
            facts.append(CompanyFact(RecordedFact(sequence: sequence, fact: fact)))
            start = Int(end)
        }
        return facts
    }

    /// No number points beyond what it counts: a damaged file is to be refused, never to be followed.
    private var isConsistent: Bool {
        func point(_ numbers: some Sequence<Int32>, into count: Int, from least: Int32 = 0) -> Bool {
            numbers.allSatisfy { $0 >= least && Int($0) < count }
        }
        let hasText = properties.all.allSatisfy { property in
            switch property.kind {
            case .text: 0..<Int64(texts.count) ~= property.bits
            case .other: -1..<Int64(texts.count) ~= property.bits
            default: true
            }
        }
        return hasText && point(act, into: acts.count) && point(person, into: persons.count, from: -1)
            && point(properties.all.lazy.map(\.name), into: texts.count)
            && point(acts.lazy.map(\.name), into: texts.count) && point(acts.lazy.map(\.source), into: texts.count)
            && point(acts.lazy.map(\.actor), into: texts.count, from: -1)
            && point(acts.lazy.map(\.record), into: texts.count, from: -1)
            && point(acts.lazy.map(\.properties), into: properties.count)
            && point(persons.lazy.map(\.name), into: texts.count)
            && point(persons.lazy.map(\.account), into: accounts.count)
            && point(accounts.lazy.map(\.name), into: texts.count)
            && accounts.allSatisfy { point($0.identifiers, into: texts.count) }
            && point(lateFacts, into: count) && point(assumedFacts, into: count)
    }
}

private func areEnds<Number: BinaryInteger>(_ ends: [Number], of count: Int) -> Bool {
    ends.isAscending && Int(ends.last ?? 0) == count
}

extension Array where Element: BinaryInteger {
    fileprivate var isAscending: Bool { (first ?? 0) >= 0 && zip(self, dropFirst()).allSatisfy { $0 <= $1 } }
}

private struct ColumnWriter {
    var bytes: [UInt8] = []

    mutating func write<Number: FixedWidthInteger & BitwiseCopyable>(_ column: [Number]) {
        append(UInt64(column.count * MemoryLayout<Number>.size))
        if Number(1).littleEndian == 1 {
            column.withUnsafeBytes { bytes.append(contentsOf: $0) }
        } else {
            for number in column { append(number) }
        }
    }

    private mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

private struct ColumnReader {
    private let bytes: UnsafeRawBufferPointer
    private var place: Int

    init(_ bytes: UnsafeRawBufferPointer, from place: Int) { (self.bytes, self.place) = (bytes, place) }

    var isAtEnd: Bool { place == bytes.count }

    /// `nil` where the file ends before the column does.
    mutating func read<Number: FixedWidthInteger & BitwiseCopyable>() -> [Number]? {
        guard bytes.count - place >= 8 else { return nil }
        let stated = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        let size = MemoryLayout<Number>.size
        guard let length = Int(exactly: stated), length <= bytes.count - place - 8, length % size == 0 else {
            return nil
        }
        let column = UnsafeRawBufferPointer(rebasing: bytes[place + 8..<place + 8 + length])
        place += 8 + length
        return Array(unsafeUninitializedCapacity: length / size) { room, count in
            UnsafeMutableRawBufferPointer(room).copyMemory(from: column)
            for index in 0..<length / size where Number(1).littleEndian != 1 {
                room[index] = Number(littleEndian: room[index])
            }
            count = length / size
        }
    }
}
