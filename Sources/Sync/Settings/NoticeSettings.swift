public import Findings
public import Vocabulary

/// Who is told what, when and by which way: what a `notices.yaml` says.
///
///     everybody: {zone: Europe/Berlin, quiet: 20:00-07:00, send: at once}
///     people:
///       jonas@acme.example: {quiet: 18:00-08:00, send: digest 08:00, not: [warning]}
///     slack:
///       sales-floor: {url: "https://hooks.slack.com/services/…", tell: [lead, escalation]}
///     webhooks:
///       crm: {url: "https://crm.acme.example/hooks", secret: whsec_…, tell: [lead, verdict]}
public struct NoticeSettings: Sendable {
    public struct Person: Sendable {
        public var habits: Habits
        /// Whether the file says which clock they go by; otherwise it is that of their team.
        public var hasZone = false
        /// Kinds that they do not want by mail.
        public var not: Set<String> = []
    }

    /// An address that hears of all messages of some kinds, whoever they are for.
    public struct Endpoint: Sendable {
        public let name: String
        public let url: String
        public let tell: Set<String>
        /// Empty for Slack, which has none.
        public let secrets: [SignedWebhook.Secret]
    }

    public var everybody: Person
    public var people: [String: Person] = [:]
    public var slack: [Endpoint] = []
    public var webhooks: [Endpoint] = []

    /// Where no file says anything: everybody by mail, at once.
    public init(zone: Zone) { everybody = Person(habits: Habits(zone: zone)) }

    public func person(_ address: String) -> Person { people[address] ?? everybody }

    /// All ways on which a message goes, and when.
    public func ways(
        _ message: WantedMessage, at instant: Instant, mails: Bool, digestsStopped: Set<String> = []
    ) -> [Delivery] {
        var ways: [Delivery] = []
        let person = person(message.recipient)
        if mails, !person.not.contains(message.what.word) {
            ways += mailWays(message, person, at: instant, digestsStopped)
        }
        // Own alerts are between Interlock and whoever set them.
        guard !message.isEcho, !message.isOwn else { return ways }
        for endpoint in slack where endpoint.tell.contains(message.what.word) {
            ways.append(Delivery(target: "slack:\(endpoint.name)", due: instant))
        }
        for endpoint in webhooks where endpoint.tell.contains(message.what.word) {
            ways.append(Delivery(target: "webhook:\(endpoint.name)", due: instant))
        }
        return ways
    }

    private func mailWays(
        _ message: WantedMessage, _ person: Person, at instant: Instant, _ digestsStopped: Set<String>
    ) -> [Delivery] {
        if case .digest = person.habits.pace {
            if digestsStopped.contains(message.recipient) { return [] }
            let due = person.habits.due(instant)
            return [
                Delivery(target: "mail", bundle: "digest|\(message.recipient)|\(due.milliseconds)", due: due)
            ]
        }
        return [Delivery(target: "mail", bundle: message.bundle ?? "", due: person.habits.due(instant))]
    }

    public func endpoint(of target: String) -> Endpoint? {
        let parts = target.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        return (parts[0] == "slack" ? slack : webhooks).first { $0.name == parts[1] }
    }
}

// Reading the file.

extension NoticeSettings {
    public static let notUnderstood = FindingCode("notices-not-understood")

    /// Everything that is wrong at once.
    public static func read(
        _ text: SourceText, zone: Zone, zones: @escaping (String) -> Zone?
    ) -> (settings: NoticeSettings, findings: [Finding]) {
        var reader = NoticeReader(text: text, zones: zones, settings: NoticeSettings(zone: zone))
        do {
            if let root = try Syntax.root(of: text) { reader.read(root) }
        } catch {
            reader.findings.append(text.finding(error.complaint, line: error.line, column: error.column))
        }
        return (reader.settings, reader.findings)
    }
}

private struct NoticeReader {
    let text: SourceText
    let zones: (String) -> Zone?
    var settings: NoticeSettings
    var findings: [Finding] = []

    mutating func complain(_ at: Syntax, _ cause: String, _ remedy: String) {
        findings.append(
            text.finding(
                Complaint(NoticeSettings.notUnderstood, cause, remedy: remedy), line: at.line, column: at.column,
                length: at.length))
    }

    mutating func entries(_ at: Syntax, _ what: String, _ keys: [String]?) -> [Syntax.Entry] {
        guard case .mapping(let entries) = at.content else {
            complain(at, "\(what) is a list of keys and values.", "Write it as in docs/notices.md.")
            return []
        }
        for entry in entries {
            guard let keys, !keys.contains(entry.key) else { continue }
            let near = nearestName(to: entry.key, among: keys).map { " Did you mean \"\($0)\"?" } ?? ""
            complain(
                entry.keySyntax, "There is no \"\(entry.key)\" here.\(near)",
                "Use one of \(keys.joined(separator: ", ")).")
        }
        return entries
    }

    mutating func read(_ root: Syntax) {
        for entry in entries(root, "The file", ["everybody", "people", "slack", "webhooks"]) {
            switch entry.key {
            case "everybody": settings.everybody = person(entry.value, settings.everybody)
            case "slack": settings.slack = endpoints(entry.value, isSigned: false)
            case "webhooks": settings.webhooks = endpoints(entry.value, isSigned: true)
            default: break
            }
        }
        // Whatever stands above or below: people differ from everybody.
        for entry in entries(root, "The file", nil) where entry.key == "people" {
            for one in entries(entry.value, "\"people\"", nil) {
                if !Mail.isAddress(one.key) {
                    complain(one.keySyntax, "\"\(one.key)\" is no address.", "Write jonas@acme.example.")
                }
                settings.people[one.key] = person(one.value, settings.everybody)
            }
        }
    }

    private mutating func person(_ at: Syntax, _ base: NoticeSettings.Person) -> NoticeSettings.Person {
        var person = base
        for entry in entries(at, "What a person wants", ["zone", "quiet", "send", "not"]) {
            let value = entry.value
            switch entry.key {
            case "zone":
                if let zone = value.text.flatMap(zones) {
                    person.habits.zone = zone
                    person.hasZone = true
                } else {
                    complain(value, "There is no such time zone.", "Write a name such as Europe/Berlin.")
                }
            case "quiet":
                if value.text == "never" {
                    person.habits.quiet = nil
                } else if let quiet = value.text.flatMap(hours) {
                    person.habits.quiet = quiet
                } else {
                    complain(value, "Quiet hours are two times of day.", "Write 20:00-07:00, or never.")
                }
            case "send":
                if let pace = value.text.flatMap(pace) {
                    person.habits.pace = pace
                } else {
                    complain(value, "This says no pace.", "Write at once, or digest 08:00.")
                }
            case "not": person.not = kinds(value, of: WantedMessage.What.words)
            default: break
            }
        }
        return person
    }

    private func pace(_ text: String) -> Habits.Pace? {
        if text == "at once" { return .atOnce }
        guard text.hasPrefix("digest ") else { return nil }
        return time(text.dropFirst(7)).map { .digest($0) }
    }

    private func hours(_ text: String) -> (from: TimeOfDay, until: TimeOfDay)? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let from = time(parts[0]), let until = time(parts[1]), from != until else { return nil }
        return (from, until)
    }

    private func time(_ text: Substring) -> TimeOfDay? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1])
        else { return nil }
        return hour < 24 ? TimeOfDay(hour: hour, minute: minute) : nil
    }

    private mutating func kinds(_ at: Syntax, of known: [String]) -> Set<String> {
        guard case .list(let items) = at.content else {
            complain(at, "This is to be a list.", "Write [lead, warning].")
            return []
        }
        return Set(
            items.compactMap { item in
                if let text = item.text, known.contains(text) { return text }
                let near = item.text.flatMap { nearestName(to: $0, among: known) }
                complain(
                    item, "There is no message of this kind.\(near.map { " Did you mean \"\($0)\"?" } ?? "")",
                    "Use \(known.joined(separator: ", ")).")
                return nil
            })
    }

    private mutating func endpoints(_ at: Syntax, isSigned: Bool) -> [NoticeSettings.Endpoint] {
        entries(at, "Endpoints", nil).compactMap { endpoint($0, isSigned: isSigned) }
    }

    private mutating func endpoint(_ named: Syntax.Entry, isSigned: Bool) -> NoticeSettings.Endpoint? {
        let known = WantedMessage.What.wordsForMany
        var (url, secrets, tell) = ("", [SignedWebhook.Secret](), Set(known))
        let keys = isSigned ? ["url", "secret", "old_secret", "tell"] : ["url", "tell"]
        for entry in entries(named.value, "An endpoint", keys) {
            switch entry.key {
            case "url": url = entry.value.text ?? ""
            case "tell": tell = kinds(entry.value, of: known)
            case "secret", "old_secret":
                if let secret = entry.value.text.flatMap(SignedWebhook.Secret.init) {
                    secrets.append(secret)
                } else {
                    complain(
                        entry.value, "This is no secret of Standard Webhooks.",
                        "Write whsec_ and Base64 of 24 to 64 bytes: echo whsec_$(head -c 32 /dev/urandom | base64)")
                }
            default: break
            }
        }
        if !url.hasPrefix("https://"), !url.hasPrefix("http://") {
            complain(named.keySyntax, "\"\(named.key)\" has no address to call.", "Write url: \"https://…\".")
            return nil
        }
        if isSigned, secrets.isEmpty {
            complain(named.keySyntax, "\"\(named.key)\" has no secret to sign with.", "Write secret: whsec_….")
            return nil
        }
        return NoticeSettings.Endpoint(name: named.key, url: url, tell: tell, secrets: secrets)
    }
}
