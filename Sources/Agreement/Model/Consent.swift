public import Vocabulary

/// `consent`: who may be contacted, what for and how (F50, F51).
public struct Consent: Sendable {
    /// What holds where no rule says anything.
    public let standard: Clause<Answer>
    public let purposes: [Purpose]
    /// In order; the first whose condition holds and that names the purpose decides.
    public let rules: [ConsentRule]
    /// How long a ground holds; in the order of the file.
    public let expires: [Expiry]
    /// So many persons made by one user in a time are an upload, wherever they arrive.
    public let upload: UploadSign?
    public let contactHours: ContactHours?

    public enum Answer: String, CaseIterable, Statable {
        case deny, allow

        public var words: String { rawValue }
    }
}

public struct Purpose: Sendable {
    public let name: String
    public let channel: Clause<ConsentChannel>
}

public enum ConsentChannel: String, CaseIterable, Statable {
    case email, phone, letter, chat

    public var words: String { rawValue }
}

public struct ConsentRule: Sendable {
    /// `consent.rules.1`.
    public let address: String
    /// `always` for a rule with `otherwise`.
    public let when: Clause<Condition>
    public let settings: [Setting]
    /// How long somebody who asked to be contacted may be answered about it.
    public let reply: Clause<ReplyTime>?

    public struct Setting: Sendable {
        public let purpose: String
        public let basis: Clause<ConsentBasis>
    }
}

/// `request for 30 days`.
public struct ReplyTime: Statable {
    public let time: Budget

    public var words: String { "request for \(time)" }
}

/// What permits a purpose.
public enum ConsentBasis: String, CaseIterable, Statable {
    /// Only after the person has said yes.
    case optIn = "opt_in"
    /// Until the person says no.
    case optOut = "opt_out"
    case never

    public var words: String { rawValue }
}

public struct Expiry: Sendable {
    /// `inquiry`, `purchase`, or another ground as facts name it.
    public let ground: String
    public let after: Clause<Budget>
}

public struct UploadSign: Sendable {
    public let persons: Clause<Int>
    public let within: Clause<Budget>
}

public struct ContactHours: Sendable {
    public let hours: [Hours]
    /// Whose zone applies where the person's is unknown.
    public let unknownZone: Clause<UnknownZone>

    public struct Hours: Sendable {
        public let channel: ConsentChannel
        public let block: Clause<LocalHours>
    }

    public enum UnknownZone: String, CaseIterable, Statable {
        case company
        /// Then nobody is contacted.
        case deny

        public var words: String { rawValue }
    }
}

/// `08:00-20:00 in person's zone`.
public struct LocalHours: Statable {
    public enum ZoneOf: String, CaseIterable, Sendable { case person, company }

    public let block: Block
    public let zoneOf: ZoneOf

    public var words: String { "\(block) in \(zoneOf.rawValue)'s zone" }
}
