internal import Vocabulary

// A snapshot shows what a record says now. Where its source kept no history, its values are taken to have held since the
// record was made, until something says otherwise. They are marked as assumed.

extension AccountFold {
    /// The account's snapshots, each at the creation of its record.
    mutating func setAssumptions() {
        for index in assumptions {
            timers.set(
                Timer(
                    instant: Instant(milliseconds: history.assumedSince[index]), kind: .assumed,
                    subject: history.assumedFacts[index], detail: 0))
        }
    }

    mutating func assume(_ place: Int32) {
        let person = local(history.person[Int(place)])
        if readAssumption(place, person) { judge(person) }
    }

    /// Under a new version, those that counted already and whose snapshot is still to come.
    mutating func assumeAnew(after cursor: Int32) {
        for index in assumptions where history.assumedFacts[index] >= cursor {
            guard history.assumedSince[index] < present.milliseconds else { continue }
            let place = history.assumedFacts[index]
            _ = readAssumption(place, local(history.person[Int(place)]))
        }
    }

    /// Whether anything is known by it. Claims of a stage are not assumed: nobody is a customer from the day on which somebody
    /// wrote them down.
    private mutating func readAssumption(_ place: Int32, _ person: Int) -> Bool {
        let act = history.acts[Int(history.act[Int(place)])]
        var hasChanged = false
        for index in history.properties.range(act.properties) {
            let property = history.properties.all[index]
            guard let field = program.fields[property.name], property.kind != .cleared else { continue }
            let column = person * program.fields.count + field
            guard fields[column] == unknown, noteField(property, record: act.record, person) else { continue }
            isAssumed[column] = true
            hasChanged = true
        }
        return hasChanged
    }

    /// The account's, as indices in `History.assumedFacts`.
    private var assumptions: Range<Int> {
        func first(from place: Int32) -> Int {
            var (low, high) = (0, history.assumedFacts.count)
            while low < high {
                let middle = (low + high) / 2
                if history.assumedFacts[middle] < place { low = middle + 1 } else { high = middle }
            }
            return low
        }
        return history.assumedFacts.isEmpty
            ? 0..<0 : first(from: account.facts.lowerBound)..<first(from: account.facts.upperBound)
    }
}
