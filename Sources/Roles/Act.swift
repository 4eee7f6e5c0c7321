/// Everything that can be done through the server, by people and by keys. Each route is one of these.
public enum Act: String, CaseIterable, Hashable, Sendable {
    // Open to everybody: nothing of the company is told.
    case lookWhetherItRuns = "look whether the server runs"
    case signIn = "sign in"
    case join = "join by a link"
    case readManual = "read how the server is used by programs"
    case stopDigests = "end one's digests by a link"
    case answerByLink = "answer for a lead by a link that went to its owner"

    // Numbers and records.
    case seeTeams = "see numbers of teams"
    case seeLeads = "see leads"
    case setAlerts = "set, pause and end one's own alerts"
    case exportLeads = "export leads"
    case seeRouting = "see who gets which lead, and why"
    case seeAgreement = "see the agreement"
    case seeJournal = "see the journal"
    case seeMeters = "see the meters of the server"

    // The agreement.
    case proposeChange = "propose a change of the agreement"
    case signForMarketing = "sign for marketing"
    case signForSales = "sign for sales"
    case signForExecutive = "sign the missions"
    case signForOperations = "sign for operations"
    case standIn = "sign on behalf of the head of a side"
    case confirmReading = "confirm having read the agreement"

    // Decisions.
    case giveVerdict = "accept or reject a lead"
    case dispute = "dispute a verdict"
    case arbitrate = "rule on a dispute"
    case askOtherSide = "ask something of the other side"
    case answerRequest = "answer what the other side asks"
    case stateAbsence = "say who is away"
    case sendFacts = "send facts"
    case importFiles = "import files"
    case erase = "erase a person"

    // The server itself.
    case ownSession = "see and end one's own sign-ins"
    case managePeople = "invite people and set their roles"
    case manageKeys = "make and revoke keys"
    case seeAudit = "see the audit trail"
    case tendOutbox = "tend the outbox"
}
