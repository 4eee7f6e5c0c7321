/// What somebody is to the agreement. Everybody who signs in has one role.
public enum Role: String, CaseIterable, Hashable, Sendable {
    /// Sets Interlock up and runs it.
    case `operator`
    case marketing
    case salesManager = "sales manager"
    case rep
    case executive
    /// Reads everything that proves something, and changes nothing.
    case auditor
}
