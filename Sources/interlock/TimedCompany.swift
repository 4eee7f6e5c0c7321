import Agreement
import Answers
import Engine
import Foundation
import Identity
import Journal
import PublicSuffixes
import StoreSQLite
import Vocabulary

/// A journal's column file under an agreement, for the commands that `make bench` times with.
struct TimedCompany {
    let journal: JournalOption
    /// Where the column file is, or is to be.
    let columns: String

    /// Writes the column file where there is none yet, and says which journal it is of.
    func writeColumns() throws -> JournalHead {
        let store = try journal.open()
        let head = try store.head()
        if !FileManager.default.fileExists(atPath: columns) {
            var builder = HistoryBuilder()
            try builder.add(journal: store)
            let suffixes = PublicSuffixList()
            let history = builder.build { suffixes.registrableDomain(of: $0) }
            try Data(history.columns(of: head)).write(to: URL(filePath: columns))
        }
        return head
    }

    func world(_ agreement: Agreement, _ head: JournalHead) throws -> FoldWorld {
        let file = try Data(contentsOf: URL(filePath: columns), options: .alwaysMapped)
        guard var history = file.withUnsafeBytes({ Engine.History(columns: $0, of: head) }) else {
            throw Trouble(
                "\(columns) is not the column file of this journal", remedy: "Remove it, and it is written anew.")
        }
        let bound = BoundProgram(compile(agreement), to: &history, zone: agreement.zone) { address in
            FreeMail.isProvider(domain: address.split(separator: "@").last.map(String.init) ?? address)
        }
        let staff = staff(of: agreement, in: &history, years: history.years(until: .now))
        return FoldWorld(history: history, versions: [bound], staff: staff, assigning: .routed, until: .now)
    }
}

/// The one in the middle.
func middle(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }
