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

/// Something a reader of the agreement should know: what is wrong, where, why, and what to write instead.
public struct Finding: Hashable, Sendable {
    /// Stable names, for tests, links and people who look one up.
    public enum Code: String, CaseIterable, Hashable, Sendable {
        case tooLarge = "too-large"
        case notText = "not-text"
        case tooDeep = "too-deep"
        case unsupportedYAML = "unsupported-yaml"
        case notYAML = "not-yaml"
        case duplicateKey = "duplicate-key"
        case wrongShape = "wrong-shape"
        case unknownVersion = "unknown-version"
        case unknownKey = "unknown-key"
        case missingKey = "missing-key"
        case ambiguousName = "ambiguous-name"
        case unknownZone = "unknown-zone"
        case unknownDay = "unknown-day"
        case dayTwice = "day-twice"
        case badHours = "bad-hours"
        case blocksOverlap = "blocks-overlap"
        case badDate = "bad-date"
        case badDuration = "bad-duration"
        case neverOpens = "never-opens"
        case includeOutside = "include-outside"
        case includeUnreadable = "include-unreadable"
        case badHolidays = "bad-holidays"
        case skippedEvents = "skipped-events"

        /// A file with a finding of level error never runs.
        public var level: Level { self == .skippedEvents ? .warning : .error }
    }

    public enum Level: String, Hashable, Sendable { case error, warning }

    public let code: Code
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
        var lines = ["\(level == .error ? "Error" : "Warning"): \(place): \(code.rawValue)"]
        if !excerpt.isEmpty {
            lines.append("\(number) | \(excerpt)")
            lines.append("\(margin) | \(indent)\(String(repeating: "^", count: length))")
        }
        lines += [cause, remedy]
        if let example {
            lines.append("For example:")
            lines += example.split(separator: "\n").map { "    \($0)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// What a finding says apart from where.
struct Complaint {
    var code: Finding.Code
    var cause: String
    var remedy: String
    var example: String?

    init(_ code: Finding.Code, _ cause: String, remedy: String, example: String? = nil) {
        (self.code, self.cause, self.remedy, self.example) = (code, cause, remedy, example)
    }
}
