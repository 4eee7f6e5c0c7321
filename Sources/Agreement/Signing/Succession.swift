internal import Journal
internal import Vocabulary

/// Which version takes force when, found by going through time once: at each instant at which something happened to a
/// proposed version, it takes force if nothing is missing beside the version in force just before.
///
/// Everything is decided by what the facts say, nothing by the order in which they came.
struct Succession {
    struct Step {
        /// In `versions`.
        let version: Int
        let from: Instant
    }

    let versions: [ProposedVersion]
    private(set) var steps: [Step] = []
    /// The first key that operations were said to have vouched for and had not.
    private(set) var unvouched: FactKey?

    init(_ versions: [ProposedVersion], _ register: KeyRegister, vouchedKeys: [SignedStatement]) {
        self.versions = versions
        let instants = Set(versions.flatMap(\.instants) + vouchedKeys.map(\.statement.at)).sorted()
        for instant in instants {
            for key in vouchedKeys where key.statement.at == instant && !isVouched(key, register) {
                unvouched = key.factKey
                return
            }
            takeForce(at: instant)
        }
    }

    var inForce: Agreement? { steps.last.map { versions[$0.version].agreement } }

    private func isVouched(_ key: SignedStatement, _ register: KeyRegister) -> Bool {
        guard let vouch = register.vouch(for: key), register.fault(of: vouch) == nil else { return false }
        return inForce?.parties.officer(.operations) == vouch.statement.person
    }

    /// Of two that take force together, both do, the one signed last behind the other, then by digest.
    private mutating func takeForce(at instant: Instant) {
        let waiting = versions.indices.filter { index in
            versions[index].instants.contains(instant) && versions[index].earliest <= instant
                && !steps.contains { $0.version == index }
        }
        let ordered = waiting.sorted {
            let (a, b) = (versions[$0], versions[$1])
            let (first, second) = (a.lastSigned(by: instant), b.lastSigned(by: instant))
            return first == second ? a.digest.utf8.lexicographicallyPrecedes(b.digest.utf8) : first < second
        }
        for index in ordered where versions[index].missing(at: instant, after: inForce).isEmpty {
            steps.append(Step(version: index, from: instant))
        }
    }
}
