//  Who may do what: the one table. Every route names an act, and whoever asks is let in by this and by nothing else.

/// Who asks.
public enum Standing: Hashable, Sendable {
    case nobody
    case person(Role)
    case key(Set<Scope>)
}

/// What a key may be made for. A key never does what only a person may answer for.
public enum Scope: String, CaseIterable, Hashable, Sendable {
    /// Send facts. Such a key reads nothing.
    case send
    case read
    case meters
}

extension Act {
    /// The people who may do it. `nil`: everybody, signed in or not.
    public var roles: Set<Role>? {
        switch self {
        case .lookWhetherItRuns, .signIn, .join, .readManual, .stopDigests, .answerByLink: nil

        case .seeTeams, .seeAgreement: Set(Role.allCases)
        case .seeLeads, .setAlerts: [.operator, .marketing, .salesManager, .rep]
        case .exportLeads, .seeRouting: [.operator, .marketing, .salesManager]
        case .seeJournal: [.operator, .marketing, .salesManager, .auditor]
        case .seeMeters: [.operator]

        case .proposeChange: [.operator, .marketing, .salesManager, .executive]
        case .signForMarketing: [.marketing]
        case .signForSales: [.salesManager]
        case .signForExecutive: [.executive]
        case .signForOperations: [.operator]
        case .standIn: [.operator, .executive]
        case .confirmReading: [.operator, .marketing, .salesManager, .rep, .executive]

        case .giveVerdict: [.salesManager, .rep]
        case .dispute: [.marketing, .salesManager]
        case .arbitrate: [.operator, .executive]
        case .askOtherSide, .answerRequest: [.marketing, .salesManager, .rep]
        case .stateAbsence: [.operator, .salesManager, .rep]
        case .sendFacts: []
        case .importFiles: [.operator, .marketing, .salesManager]
        case .erase: [.operator]

        case .ownSession: Set(Role.allCases)
        case .managePeople, .manageKeys, .tendOutbox: [.operator]
        case .seeAudit: [.operator, .auditor]
        }
    }

    /// The scope of the keys that may do it; `nil`: no key may.
    public var scope: Scope? {
        switch self {
        case .sendFacts: .send
        case .seeTeams, .seeLeads, .seeAgreement, .seeJournal: .read
        case .seeMeters: .meters
        default: nil
        }
    }

    public func isAllowed(to standing: Standing) -> Bool {
        guard let roles else { return true }
        switch standing {
        case .nobody: return false
        case .person(let role): return roles.contains(role)
        case .key(let scopes): return scope.map(scopes.contains) ?? false
        }
    }
}
