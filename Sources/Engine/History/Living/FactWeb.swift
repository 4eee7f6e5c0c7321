internal import Identity
internal import Journal

/// Where facts are found by whom they name and by the record they state something of, and whose account each lies in. Kept up
/// as facts come.
struct FactWeb {
    /// Of a mention, its last fact; of a fact, the one before of the same mention.
    private var lastOfMention: [Int32] = []
    private var beforeOfMention: [Int32] = []
    /// The same by record, a text; only facts of records are in it.
    private var lastOfRecord: [Int32: Int32] = [:]
    private var beforeOfRecord: [Int32: Int32] = [:]
    /// Records that were merged into a record, and it into which.
    private var mergedRecords: [Int32: [Int32]] = [:]
    /// Of a fact, the name of its account, a text of the history; −1: it lies in none.
    private(set) var account: [Int32] = []

    var count: Int { account.count }

    /// Takes note of what has come since, without an account yet.
    mutating func take(_ builder: HistoryBuilder) {
        let facts = builder.facts
        while lastOfMention.count < builder.mentions.count { lastOfMention.append(-1) }
        let into = builder.texts.number(of: "into")
        for fact in count..<facts.count {
            let (mention, act) = (Int(facts.mention[fact]), builder.acts[facts.act[fact]])
            beforeOfMention.append(lastOfMention[mention])
            lastOfMention[mention] = Int32(fact)
            if act.record >= 0 {
                if let last = lastOfRecord[act.record] { beforeOfRecord[Int32(fact)] = last }
                lastOfRecord[act.record] = Int32(fact)
                if act.kind == .mergedAway, let into { noteMerge(act, into, builder) }
            }
            account.append(-1)
        }
    }

    private mutating func noteMerge(_ act: Act, _ into: Int32, _ builder: HistoryBuilder) {
        guard let remaining = builder.properties.property(into, of: act.properties), remaining.kind == .text else {
            return
        }
        let gone = builder.texts[act.record].split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard gone.count == 3,
            let record = builder.texts.number(of: "\(gone[0])/\(gone[1])/\(builder.texts[Int32(remaining.bits)])")
        else { return }
        mergedRecords[act.record, default: []].append(record)
        mergedRecords[record, default: []].append(act.record)
    }

    func forEachFact(ofMention mention: Int32, _ body: (Int32) -> Void) {
        var fact = lastOfMention[Int(mention)]
        while fact >= 0 {
            body(fact)
            fact = beforeOfMention[Int(fact)]
        }
    }

    func forEachFact(ofRecord record: Int32, _ body: (Int32) -> Void) {
        var fact = lastOfRecord[record]
        while let found = fact {
            body(found)
            fact = beforeOfRecord[found]
        }
    }

    func mergedWith(_ record: Int32) -> [Int32] { mergedRecords[record] ?? [] }

    /// Notes down in which account the facts of rows lie now.
    mutating func place(_ rows: [Int32], of history: History) {
        place(rows, of: history, accounts: history.accounts.indices)
    }

    /// The same, of some accounts alone.
    mutating func place(_ rows: [Int32], of history: History, accounts: some Sequence<Int>) {
        for entry in accounts.lazy.map({ history.accounts[$0] }) {
            for row in entry.facts { account[Int(rows[Int(row)])] = entry.name }
        }
    }

    mutating func forget(_ facts: some Sequence<Int32>) {
        for fact in facts { account[Int(fact)] = -1 }
    }
}
