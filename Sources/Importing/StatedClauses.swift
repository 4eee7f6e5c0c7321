internal import Answers
package import Intake
internal import Vocabulary

/// Clauses that the command line states instead of the mapping: a preset cannot know a company's zone and currency.
///
/// They belong to the import as its mapping does: another zone is another import, and rejects are fed again under them.
package struct StatedClauses: Codable, Equatable {
    package var zone: String?
    package var currency: String?
    package var times: [String] = []

    package init(zone: String? = nil, currency: String? = nil, times: [String] = []) {
        (self.zone, self.currency, self.times) = (zone, currency, times)
    }

    /// What is wrong with them, naming the option: the mapping is not at fault. `nil`: nothing.
    package var fault: String? {
        if let zone, SystemZones.zone(zone) == nil {
            return
                "--zone: there is no time zone “\(zone)”; write a name of the IANA database, such as Europe/Berlin or UTC"
        }
        if let currency, Currency(code: currency) == nil {
            return "--currency: “\(currency)” is no currency of ISO 4217; write three capital letters: EUR"
        }
        do throws(TimeFormatError) {
            if !times.isEmpty { _ = try TimeFormat(times) }
        } catch {
            return "--times: \(error.description)"
        }
        return nil
    }

    /// The mapping with these clauses in the place of its own. What a column says for itself stays.
    package func applied(to mapping: Mapping) -> Mapping {
        var mapping = mapping
        if let zone { mapping.zone = zone }
        if let currency { mapping.currency = Currency(code: currency) }
        if !times.isEmpty { mapping.times = times }
        return mapping
    }

    /// For telling imports apart; empty where nothing is stated.
    var identity: String {
        let stated = [zone.map { "zone \($0)" }, currency.map { "currency \($0)" }].compactMap { $0 }
        return (stated + times.map { "times \($0)" }).map { "\u{1F}" + $0 }.joined()
    }
}
