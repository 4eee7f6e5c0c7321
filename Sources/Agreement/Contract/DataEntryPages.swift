internal import Vocabulary

/// What somebody who enters data needs at hand: a page for each entry point.
public struct DataEntryPages: Sendable {
    public let pages: Contract

    public init(_ agreement: Agreement) {
        pages = Contract(
            title: "Data entry at \(agreement.company.name.value)",
            sections: agreement.entryPoints.map { entry in
                let fields = entry.mayWrite.value.compactMap(agreement.field)
                return ContractSection(
                    entry.name.spaced.sentence,
                    entry.admission + fields.map(agreement.instruction) + agreement.missing(at: entry))
            })
    }
}

extension EntryPoint {
    fileprivate var admission: [Sentence] {
        guard let quarantine else { return ["What is entered here counts at once."] }
        return ["Persons who come this way are held back \(quarantine.value.spoken)."]
    }
}

extension Agreement {
    /// `Country: a country's two letters, such as DE; required from mql on; marketing answers for it.`
    fileprivate func instruction(_ field: Field) -> Sentence {
        var parts = [field.type.value.instruction]
        parts.append(field.requiredAt.map { "required from \($0.value) on" } ?? "never required")
        if field.isWriteOnce.value { parts.append("the first value stays, so write it right") }
        if field.isPersonal.value { parts.append("personal: kept so that it can be erased") }
        if !field.aliases.value.isEmpty { parts.append("also understood: \(field.aliases.value.spoken)") }
        parts.append(field.owner.map { "\($0.value.words) answers for it" } ?? "nobody answers for it")
        return "\(field.name.spaced.sentence): \(parts.joined(separator: "; "))."
    }

    /// What must be filled some day and cannot be filled here.
    fileprivate func missing(at entry: EntryPoint) -> [Sentence] {
        let elsewhere = fields.filter { $0.requiredAt != nil && !entry.mayWrite.value.contains($0.name) }
        guard !elsewhere.isEmpty else { return [] }
        return ["Required, but not written here: \(elsewhere.map(\.name.spaced).listed("and"))."]
    }
}

extension FieldType {
    /// What to write.
    var instruction: String {
        switch self {
        case .text: "free text"
        case .email: "a mail address"
        case .phone: "a phone number with the country's prefix"
        case .country: "a country, by name or by its two letters"
        case .integer: "a whole number"
        case .number: "a number"
        case .date: "a date: year, month, day"
        case .money: "an amount with its currency"
        case .yesNo: "yes or no"
        case .choice(let values): "one of \(values.listed("or"))"
        }
    }
}
