internal import Access
internal import OpenID
internal import Synchronization
internal import Vocabulary

/// Attempts that are on their way to the issuer and back, each for one browser and for one answer.
///
/// They live in memory: a restart ends them, and whoever was on the way begins again.
final class CompanyAttempts: Sendable {
    /// What somebody set out for.
    enum Purpose: Sendable {
        case signIn(returnTo: String)
        case join(Token)
        /// To show, within a sign-in, that it is still they who sit there.
        case confirm(Session)
    }

    struct Begun: Sendable {
        let attempt: Attempt
        let purpose: Purpose
        /// Where the answer is sent, which the issuer must be told twice.
        let address: String
        /// In the cookie of the browser that set out.
        let browser: String
    }

    private struct State {
        var begun: [String: Begun] = [:]
        var confirmed: [Int64: Instant] = [:]
    }

    private let state = Mutex(State())
    private static let most = 10_000
    private static let confirmationHolds = Elapsed.minutes(5)

    func begin(_ purpose: Purpose, returningTo address: String, at now: Instant) throws -> Begun {
        var isAnew = false
        if case .confirm = purpose { isAnew = true }
        let begun = Begun(
            attempt: Attempt(began: now, anew: isAnew) { Token.draw().text }, purpose: purpose, address: address,
            browser: Token.draw().text)
        try state.withLock { state in
            if state.begun.count >= CompanyAttempts.most {
                state.begun = state.begun.filter { !$0.value.attempt.isOver(at: now) }
            }
            guard state.begun.count < CompanyAttempts.most else {
                throw Problem.unavailable("busy", seconds: 60, "Too many people are signing in at once.")
            }
            state.begun[begun.attempt.state] = begun
        }
        return begun
    }

    /// The attempt that an answer belongs to, which is over with that, whatever comes of it.
    func finish(_ name: String, browser: String?, at now: Instant) throws(CompanyFault) -> Begun {
        let begun = state.withLock { $0.begun.removeValue(forKey: name) }
        guard let begun else { throw .notOurs("state-unknown") }
        guard !begun.attempt.isOver(at: now) else { throw .notOurs("state-over") }
        guard let browser, browser == begun.browser else { throw .notOurs("state-of-another-browser") }
        return begun
    }

    // MARK: Who has just shown again who they are

    func confirm(_ session: Session, at now: Instant) {
        state.withLock { state in
            state.confirmed = state.confirmed.filter { now - $0.value < CompanyAttempts.confirmationHolds }
            state.confirmed[session.id] = now
        }
    }

    func isConfirmed(_ session: Session, at now: Instant) -> Bool {
        let confirmed = state.withLock { $0.confirmed[session.id] }
        return confirmed.map { now - $0 < CompanyAttempts.confirmationHolds } ?? false
    }
}
