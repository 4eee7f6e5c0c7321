internal import Vocabulary

/// What a clause says, as part of a sentence.
protocol Spoken: Statable {
    /// Different values are spoken differently.
    var spoken: String { get }
}

extension Spoken {
    var spoken: String { words }
}

extension String: Spoken {}
extension Int: Spoken {}
extension Number: Spoken {}
extension Points: Spoken {}
extension Budget: Spoken {}
extension TimeOfDay: Spoken {}
extension Currency: Spoken {}
extension Money: Spoken {}
extension Share: Spoken {}
extension Volume: Spoken {}
extension MoneyRate: Spoken {}
extension Cap: Spoken {}
extension MailAddress: Spoken {}
extension Party: Spoken {}
extension BurstSize: Spoken {}
extension BurstRelease: Spoken {}
extension WorkOrder: Spoken {}
extension FieldType: Spoken {}
extension SilenceMeaning: Spoken {}
extension ScoreName: Spoken {}

extension Array: Spoken where Element: Spoken {
    /// `a, b and c`; `none`.
    var spoken: String { map(\.spoken).listed("and") }
}

extension [String] {
    func listed(_ conjunction: String) -> String {
        guard let last, count > 1 else { return first ?? "none" }
        return dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }
}

extension CivilDate: Spoken {
    /// `2 February 2026`.
    var spoken: String { "\(day) \(FiscalYear.monthNames[month - 1].sentence) \(year)" }
}

extension DateSpan: Spoken {
    var spoken: String { "\(first.spoken) through \(last.spoken)" }
}

extension Term: Spoken {
    var spoken: String { inWords }
}

extension Condition: Spoken {
    var spoken: String { inWords }
}

extension Happening: Spoken {
    var spoken: String { inWords }
}

extension PeriodPoint: Spoken {
    /// `the start of each quarter`.
    var spoken: String { "the \(end.rawValue) of each \(period.rawValue)" }
}

extension Rhythm: Spoken {
    /// `every Monday at 09:30`.
    var spoken: String {
        unit == .week
            ? "every \(weekday.name) at \(time)" : "the first \(weekday.name) of each \(unit.rawValue) at \(time)"
    }
}

extension Channel: Spoken {
    var spoken: String {
        switch self {
        case .social: "social media"
        case .other: "another way"
        case .email: "e-mail"
        default: rawValue
        }
    }
}

extension ConsentChannel: Spoken {
    var spoken: String { self == .email ? "e-mail" : rawValue }
}

extension ConsentBasis: Spoken {
    var spoken: String {
        switch self {
        case .optIn: "only after the person has said yes"
        case .optOut: "until the person says no"
        case .never: "never"
        }
    }
}

extension Consent.Answer: Spoken {
    var spoken: String { self == .deny ? "nobody may be contacted" : "everybody may be contacted" }
}

extension ContactHours.UnknownZone: Spoken {
    var spoken: String { self == .company ? "the company's zone applies" : "the person is not contacted" }
}

extension ReplyTime: Spoken {
    var spoken: String { time.description }
}

extension Aim: Spoken {
    var spoken: String {
        switch self {
        case .fillPipeline: "fill the pipeline"
        case .createRevenue: "create revenue"
        case .both: "fill the pipeline and create revenue"
        }
    }
}

extension NextAim: Spoken {
    var spoken: String {
        let many = count == 1 ? "a \(period.rawValue)" : "\(count) \(period.rawValue)s"
        let noun = promises.count == 1 ? "promise" : "promises"
        return "\(aim.spoken), once the \(noun) \(promises.listed("and")) have been kept for \(many)"
    }
}

extension Limit: Spoken {
    var spoken: String {
        switch self {
        case .measured(let act, let condition): "no \(act.rawValue) where \(condition.inWords)"
        case .unmeasured(let text): "never: \(text) (written down; no condition measures it)"
        }
    }
}

extension BoundaryKeeper: Spoken {
    var spoken: String {
        switch self {
        case .owner, .manager: "the \(rawValue)"
        default: rawValue
        }
    }
}

extension RateInstant: Spoken {
    var spoken: String {
        switch self {
        case .closeMonth: "the month in which the deal closes"
        case .closeDay: "the day on which the deal closes"
        case .fiscalYear: "the fiscal year in which the deal closes"
        }
    }
}

extension MachineSign: Spoken {
    var spoken: String {
        switch self {
        case .clicksWithin(let seconds): "clicks within \(seconds) seconds of delivery"
        case .opensByPrivacyProxy: "opens by a privacy proxy"
        }
    }
}

extension Receiver: Spoken {
    var spoken: String {
        switch self {
        case .side(let party): party.words
        case .team(let name): "team \(name) only"
        }
    }
}

extension Destination: Spoken {
    var spoken: String {
        switch self {
        case .person(let address): address.words
        case .team(let name): "team \(name)"
        case .accountOwner: "the owner of the account"
        case .itsOwner: "the owner of that hand-over or deal"
        }
    }
}

extension LadderAction: Spoken {
    var spoken: String {
        switch self {
        case .tellManager: "the owner's manager is told"
        case .reassign: "somebody else gets it"
        case .tell(let address): "\(address.words) is told"
        case .tellSide(let party): "\(party.words) is told"
        case .checkIn(let name): "the next \(name.spaced) check-in talks about it"
        }
    }
}

extension AlertReceiver: Spoken {
    var spoken: String {
        switch self {
        case .owner: "the owner"
        case .manager: "the owner's manager"
        case .side(let party): party.words
        case .person(let address): address.words
        }
    }
}

extension Explained: Spoken {
    var spoken: String { "\("aeiou".contains(rawValue.prefix(1)) ? "an" : "a") \(rawValue)" }
}

extension PlannedVolume: Spoken {
    var spoken: String {
        switch self {
        case .fromPlan: "as many as the plan implies"
        case .volume(let volume): volume.words
        }
    }
}

extension PromiseUnit: Spoken {
    var spoken: String { self == .company ? "the company as a whole" : "each \(rawValue)" }
}

extension RejectOutcome: Spoken {
    var spoken: String {
        switch self {
        case .detour(let name): "the person goes to \(name)"
        case .reroute: "somebody else gets the hand-over"
        case .accountOwner: "the owner of the account gets it"
        }
    }
}

extension MarkRange: Spoken {
    var spoken: String { "from \(lowest) to \(highest)" }
}

extension Origin: Spoken {
    var spoken: String {
        switch self {
        case .any: "any stage"
        case .stages(let names): names.listed("or")
        }
    }
}

extension OnChange: Spoken {
    var spoken: String {
        switch self {
        case .wait: "wait for their next activity"
        case .enter: "enter it at once"
        case .enterAtMost(let count): "enter it, at most \(count) per day"
        }
    }
}

extension PauseEnd: Spoken {
    var spoken: String { "the date the person gave" }
}

extension CoverageBase: Spoken {
    var spoken: String { self == .quota ? "the quota" : "what remains of the quota" }
}

extension AttributionModel: Spoken {
    var spoken: String { words.spaced }
}

extension Quarantine: Spoken {
    var spoken: String {
        switch self {
        case .untilConsentBasisIsShown: "until a basis of consent is shown"
        case .untilReleased: "until operations releases them"
        }
    }
}

extension Viewer: Spoken {
    var spoken: String {
        switch self {
        case .`self`: "the rep"
        case .manager: "the rep's manager"
        case .team: "the rep's team"
        default: rawValue
        }
    }
}

extension FiscalYear: Spoken {
    var spoken: String {
        let month = FiscalYear.monthNames[calendar.startsMonth - 1].sentence
        return "starts in \(month) and is named after the year in which it \(calendar.naming)s"
    }
}

extension LocalHours: Spoken {
    var spoken: String { "between \(block.opens) and \(block.closes) in the \(zoneOf.rawValue)'s zone" }
}

extension Ramp: Spoken {
    var spoken: String {
        shares.enumerated().map { "\($0.element.words) in month \($0.offset + 1)" }.listed("and")
    }
}

extension ChoiceAlias: Spoken {
    var spoken: String { "\"\(written)\" means \(means)" }
}

extension RateTable: Spoken {
    /// Rates are an appendix, not a sentence: the period and the currencies tell which table it is.
    var spoken: String {
        guard let first = rates.first?.from, let last = rates.last?.from else { return "no rates" }
        let currencies = Set(rates.map(\.currency.code)).sorted().listed("and")
        return "\(rates.count) rates of \(currencies), \(first.spoken) to \(last.spoken)"
    }
}

extension TargetList: Spoken {
    var spoken: String { "\(accounts.count) accounts" }
}

extension String {
    /// A name as it is read: `pricing_visit` is `pricing visit`.
    var spaced: String { String(map { $0 == "_" ? " " : $0 }) }
}
