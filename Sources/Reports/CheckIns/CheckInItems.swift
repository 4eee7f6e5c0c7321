public import Agreement
public import Engine
public import Vocabulary

/// What a check-in talks about since the last one: promises whose ladder brings them there.
public struct CheckInItems: Sendable {
    public let checkIn: CheckIn
    public let last: Instant
    public let next: Instant
    /// By when each was brought.
    public let items: [Item]

    public struct Item: Hashable, Sendable {
        public let clock: Clock
        /// The clause of the step.
        public let clause: ClauseID
        public let brought: Instant
    }

    /// Of every check-in that the agreement in force names, in its order.
    public static func all(in company: JudgedCompany) -> [CheckInItems] {
        company.agreement.checkIns.map { CheckInItems($0, company) }
    }

    init(_ checkIn: CheckIn, _ company: JudgedCompany) {
        self.checkIn = checkIn
        let (last, next) = checkIn.every.value.around(company.world.until, in: company.zone)
        (self.last, self.next) = (last, next)
        items = company.outcome.accounts.flatMap { account in
            account.clocks.flatMap { clock in
                let program = company.world.versions[Int(clock.version)].program
                let ladder = program.clocks[Int(clock.program)].ladder
                return clock.steps.compactMap { taken -> Item? in
                    let step = ladder[Int(taken.step)]
                    guard case .checkIn(let name) = step.action, program.names[Int(name)] == checkIn.name,
                        taken.instant >= last, taken.instant < next
                    else { return nil }
                    return Item(clock: clock, clause: step.clause, brought: taken.instant)
                }
            }
        }
        // Accounts come in the order of their names, so what is brought at one instant keeps that order.
        .enumerated().sorted { ($0.element.brought, $0.offset) < ($1.element.brought, $1.offset) }.map(\.element)
    }
}
