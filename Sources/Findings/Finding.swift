/// Where something stands: a file as it was named, a line and a column, both from 1. A column counts characters.
public struct Place: Hashable, Sendable {
    public var file: String
    public var line: Int
    public var column: Int

    public init(file: String, line: Int, column: Int) {
        (self.file, self.line, self.column) = (file, line, column)
    }
}

extension Place: CustomStringConvertible {
    /// `agreement.yaml:12:5`.
    public var description: String { "\(file):\(line):\(column)" }
}

/// The stable name of a kind of finding, for tests, links and people who look one up. Every module declares its own as
/// static constants and lists them.
public struct FindingCode: Hashable, Sendable {
    /// In kebab case: `unknown-zone`.
    public let name: String
    /// A file with a finding of level error never runs.
    public let level: Finding.Level

    public init(_ name: String, _ level: Finding.Level = .error) {
        (self.name, self.level) = (name, level)
    }
}

/// Something a reader of a file should know: what is wrong, where, why, and what to write instead.
public struct Finding: Hashable, Sendable {
    public enum Level: String, Hashable, Sendable { case error, warning }

    public let code: FindingCode
    public let place: Place
    /// The line of the file, without its end.
    public let excerpt: String
    /// How many characters from the place's column on are meant; at least 1.
    public let length: Int
    /// What is wrong, in one or more full sentences.
    public let cause: String
    /// What to do, in full sentences.
    public let remedy: String
    /// Something to paste.
    public let example: String?
    /// Other places that have a part in it, such as the earlier of two rules.
    public let related: [Place]

    public var level: Level { code.level }
}

extension Finding {
    /// The finding for a terminal:
    ///
    ///     Error: agreement.yaml:3:11: unknown-zone
    ///     3 | timezone: Europe/Berln
    ///       |           ^^^^^^^^^^^^
    ///     There is no time zone "Europe/Berln".
    ///     Did you mean Europe/Berlin?
    public var text: String {
        let number = String(place.line)
        let margin = String(repeating: " ", count: number.count)
        let indent = String(repeating: " ", count: place.column - 1)
        var lines = ["\(level == .error ? "Error" : "Warning"): \(place): \(code.name)"]
        if !excerpt.isEmpty {
            lines.append("\(number) | \(excerpt)")
            lines.append("\(margin) | \(indent)\(String(repeating: "^", count: length))")
        }
        lines += [cause, remedy]
        if !related.isEmpty { lines.append("See also \(placesInWords).") }
        if let example {
            lines.append("For example:")
            lines += example.split(separator: "\n").map { "    \($0)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Finding {
    /// Ten of them are enough to look at.
    private var placesInWords: String {
        let shown = related.prefix(10).map(\.description).joined(separator: ", ")
        return related.count > 10 ? "\(shown) and \(related.count - 10) more" : shown
    }
}

/// What a finding says apart from where.
public struct Complaint: Hashable, Sendable {
    public var code: FindingCode
    public var cause: String
    public var remedy: String
    public var example: String?

    public init(_ code: FindingCode, _ cause: String, remedy: String, example: String? = nil) {
        (self.code, self.cause, self.remedy, self.example) = (code, cause, remedy, example)
    }
}
