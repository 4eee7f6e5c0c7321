internal import Vocabulary

/// A condition as it is written, before anybody asks what its names mean.
struct ConditionSyntax {
    indirect enum Node {
        case name(String)
        case literal(Literal)
        case arithmetic(ConditionSyntax, Arithmetic, ConditionSyntax)
        case timeSince(String)
        case timeIn(String)
        case always
        case not(ConditionSyntax)
        case all([ConditionSyntax])
        case any([ConditionSyntax])
        case compares(ConditionSyntax, Comparison, ConditionSyntax)
        case between(ConditionSyntax, ConditionSyntax, ConditionSyntax)
        case isOneOf(ConditionSyntax, [ConditionSyntax])
        case matches(ConditionSyntax, pattern: String)
        case isKnown(ConditionSyntax)
        case isFreeMail(ConditionSyntax)
        case inPeriod(ConditionSyntax)
        case happened(HappeningSyntax, atLeast: Int, within: Budget?)
        case accountInTargets
        case accountHasOpenDeal(above: Money?)
        case accountHasOpenHandOver
        case dealIsOpen
        case missed(String)
    }

    var node: Node
    var span: Range<Int>
}

/// A happening as it is written.
struct HappeningSyntax {
    indirect enum Node {
        case activity(String)
        case event(NameTest, where: ConditionSyntax?)
        case page(where: ConditionSyntax?)
        case touch(where: ConditionSyntax?)
        case meeting(MeetingChange)
        case consent(ConsentChange, purpose: String)
        case deal(DealChange)
        case verdict(VerdictWord, at: String?)
    }

    var node: Node
    var span: Range<Int>
    /// Of the name it ends in: a purpose, a stage.
    var nameSpan: Range<Int>
}
