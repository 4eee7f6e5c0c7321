public import Vocabulary

/// A typed value of a fact. Nothing here is binary floating point: what is stored is what the source wrote.
public enum Value: Hashable, Sendable {
    case text(String)
    /// Names a human being: kept apart, under the key of the fact's subject, and can be erased.
    case personal(Personal)
    case number(Number)
    case money(Money)
    case instant(Instant)
    case date(CivilDate)
    case flag(Bool)
    case list([String])
    /// The source says there is no value, which is not the same as saying nothing.
    case cleared
}

/// A personal value: still there, or erased, with only the commitment left.
public enum Personal: Hashable, Sendable {
    case known(String)
    case erased(Commitment)
}
