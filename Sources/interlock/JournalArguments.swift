import Answers
public import ArgumentParser
public import Journal
public import Vocabulary

// How instants, kinds and identifiers are written on the command line.

extension Instant: ExpressibleByArgument {
    /// An instant, or a date for its beginning in UTC.
    public init?(argument: String) {
        if let instant = try? Instant(text: argument) {
            self = instant
        } else if let date = try? CivilDate(text: argument) {
            self.init(milliseconds: Int64(date.daysSinceEpoch) * 86_400_000)
        } else {
            return nil
        }
    }
}

extension CivilDate: ExpressibleByArgument {
    public init?(argument: String) {
        guard let date = try? CivilDate(text: argument) else { return nil }
        self = date
    }
}

extension FactKind: ExpressibleByArgument {
    /// `deal won`, or `deal-won` to spare the quotes.
    public init?(argument: String) {
        self.init(word: String(argument.map { $0 == "-" ? " " : $0 }))
    }

    public var defaultValueDescription: String { word }
    public static var allValueStrings: [String] {
        allCases.map { String($0.word.map { $0 == " " ? "-" : $0 }) }
    }
}

extension Identifier: ExpressibleByArgument {
    /// `record:crm/contact/501`; `ann@acme.example` to spare the `email:`. Addresses are kept in small letters.
    public init?(argument: String) {
        if argument.contains("@"), !argument.contains(":") {
            self = .email(argument.lowercased())
        } else {
            self.init(text: argument)
        }
    }
}

extension JournalHead: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(text: argument)
    }
}

/// `crm/contact/501`: source, object, id; the id may hold slashes.
struct RecordName: ExpressibleByArgument {
    var source: String
    var object: String
    var id: String

    public init?(argument: String) {
        let parts = argument.split(separator: "/", maxSplits: 2).map(String.init)
        guard parts.count == 3 else { return nil }
        self.init(source: parts[0], object: parts[1], id: parts[2])
    }

    init(source: String, object: String, id: String) {
        self.source = source
        self.object = object
        self.id = id
    }

    init(of key: FactKey) {
        self.init(source: key.source, object: key.object, id: key.id)
    }

    var text: String { "\(source)/\(object)/\(id)" }
}
