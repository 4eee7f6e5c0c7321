import Answers
import ArgumentParser
import Intake
import Vocabulary

/// Clauses that the command line states instead of the mapping: a preset cannot know a company's zone and currency.
///
/// They belong to the import as its mapping does: another zone is another import, and rejects are fed again under them.
struct StatedClauses: Codable, Equatable {
    var zone: String?
    var currency: String?
    var times: [String] = []

    /// Throws `ValidationError`, naming the option: the mapping is not at fault.
    func validate() throws {
        if let zone, SystemZones.zone(zone) == nil {
            throw ValidationError(
                "--zone: there is no time zone “\(zone)”; write a name of the IANA database, such as Europe/Berlin or UTC"
            )
        }
        if let currency, Currency(code: currency) == nil {
            throw ValidationError(
                "--currency: “\(currency)” is no currency of ISO 4217; write three capital letters: EUR")
        }
        do throws(TimeFormatError) {
            if !times.isEmpty { _ = try TimeFormat(times) }
        } catch {
            throw ValidationError("--times: \(error.description)")
        }
    }

    /// The mapping with these clauses in the place of its own. What a column says for itself stays.
    func applied(to mapping: Mapping) -> Mapping {
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
