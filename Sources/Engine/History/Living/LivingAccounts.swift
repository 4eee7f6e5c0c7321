internal import Identity
internal import Journal

/// Which facts lie in which account of a history, and which account each company's domain is. All numbers of texts are those of
/// the history, so whoever builds another makes these anew.
struct LivingAccounts {
    /// By the number of the domain; the account's name, a text of the history.
    private var ofDomain: [Int32: Int32] = [:]
    /// Names of persons and identifiers of accounts of whom no fact tells any more, and the account's name: nothing else leads
    /// to them. All are texts of the history.
    private var silent: [Int32: Int32] = [:]
    private(set) var history = History()
    /// The fact behind each row of the history.
    private(set) var rows: [Int32] = []

    mutating func become(_ history: History, _ rows: [Int32]) { (self.history, self.rows) = (history, rows) }

    mutating func intern(_ text: String) { _ = history.texts.intern(text) }

    /// An index in `History.accounts`; where it would stand, if it is not there.
    func place(ofAccount name: Int32, in texts: Texts) -> (place: Int, isThere: Bool) {
        var (low, high) = (0, history.accounts.count)
        texts.withBytes(of: name) { wanted in
            while low < high {
                let middle = (low + high) / 2
                let precedes = history.texts.withBytes(of: history.accounts[middle].name) {
                    $0.lexicographicallyPrecedes(wanted)
                }
                if precedes { low = middle + 1 } else { high = middle }
            }
        }
        guard low < history.accounts.count else { return (low, false) }
        let isThere = texts.withBytes(of: name) { wanted in
            history.texts.withBytes(of: history.accounts[low].name) { $0.elementsEqual(wanted) }
        }
        return (low, isThere)
    }

    func entry(_ account: Int32) -> AccountEntry? {
        let (place, isThere) = place(ofAccount: account, in: history.texts)
        return isThere ? history.accounts[place] : nil
    }

    func facts(of entry: AccountEntry) -> ArraySlice<Int32> {
        rows[Int(entry.facts.lowerBound)..<Int(entry.facts.upperBound)]
    }

    /// All that names the account or somebody in it, as identifiers say it.
    func names(of entry: AccountEntry) -> [String] {
        (entry.identifiers + entry.persons.map { history.persons[Int($0)].name }).map { history.texts[$0] }
    }

    func account(ofDomain domain: Int32) -> Int32? { ofDomain[domain] }

    /// The account of a person or of an identifier of an account, where no fact leads there.
    func account(ofSilent identifier: String) -> Int32? {
        silent.isEmpty ? nil : history.texts.number(of: identifier).flatMap { silent[$0] }
    }

    /// Notes down what leads to accounts beside their facts.
    mutating func note(_ accounts: some Sequence<AccountEntry>, _ links: MentionLinks) {
        for account in accounts {
            var speaking = Set<Int32>()
            for fact in account.facts { speaking.insert(history.person[Int(fact)]) }
            for person in account.persons where !speaking.contains(person) {
                silent[history.persons[Int(person)].name] = account.name
            }
            if account.facts.isEmpty { for identifier in account.identifiers { silent[identifier] = account.name } }
            for identifier in account.identifiers {
                let text = history.texts[identifier]
                guard text.hasPrefix("domain:"), let domain = links.number(ofDomain: String(text.dropFirst(7))) else {
                    continue
                }
                ofDomain[domain] = account.name
            }
        }
    }
}
