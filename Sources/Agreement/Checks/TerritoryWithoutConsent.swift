internal import Findings

extension Check {
    static let territoryWithoutConsent = Check(
        "territory-without-consent", .warning,
        finds:
            "A country that a territory names and no consent rule speaks of, for some purpose, where the agreement has such rules."
    ) { checked in
        let consent = checked.agreement.consent
        let territories = Territories(of: checked.agreement)
        return territories.rules.compactMap { rule in
            let open = territories.named(by: rule).filter { country in
                let lead = territories.lead(from: country)
                return consent.purposes.contains { purpose in
                    !consent.rules.contains { $0.mayDecide(purpose.name, for: lead) }
                }
            }
            guard !open.isEmpty else { return nil }
            return Concern(
                at: rule.when.place,
                "For \(open.joined(separator: ", ")) no rule of consent speaks of every purpose, so the answer is \(consent.standard.value.words).",
                remedy: "Say what the law of the country asks for, or add an otherwise.",
                example: consentExample(consent, open), related: consent.rules.map(\.when.place))
        }
    }

    private static func consentExample(_ consent: Consent, _ countries: [String]) -> String {
        let settings = consent.purposes.map { "\($0.name): opt_in" }.joined(separator: ", ")
        return "- {when: \"country in (\(countries.joined(separator: ", ")))\", \(settings)}"
    }
}

extension ConsentRule {
    fileprivate func mayDecide(_ purpose: String, for lead: PlainLead) -> Bool {
        settings.contains { $0.purpose == purpose } && lead.satisfies(when.value) != false
    }
}
