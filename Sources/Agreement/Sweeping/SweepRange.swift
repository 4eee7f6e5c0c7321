public import Vocabulary

/// `stages.mql.enter:engagement=40..80/10`: which number is to be tried, and with which values.
public struct SweepRange: Hashable, Sendable {
    public let address: String
    public let term: String
    /// From the lowest; at least two.
    public let values: [Number]

    /// The values, and what the draft says in its place among them where the range holds it: the line to compare with.
    public func values(with present: Number) -> [Number] {
        guard !values.contains(present), let points = try? Points(present),
            let first = values.firstIndex(where: { (try? Points($0)).map { $0 > points } ?? false }), first > 0
        else { return values }
        return Array(values[..<first]) + [present] + values[first...]
    }

    /// More than anybody reads in a table, and each costs a run over the past.
    public static let mostValues = 60

    public init(text: String) throws(SweepRangeError) {
        guard let equals = text.lastIndex(of: "="), let colon = text[..<equals].firstIndex(of: ":") else {
            throw .malformed
        }
        address = String(text[..<colon]).trimmed
        term = String(text[text.index(after: colon)..<equals]).trimmed
        guard !address.isEmpty, !term.isEmpty else { throw .malformed }
        values = try SweepRange.values(String(text[text.index(after: equals)...]))
    }

    private static func values(_ text: String) throws(SweepRangeError) -> [Number] {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let ends = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let middle = ends.indices.dropLast().first(where: { $0 > 0 && ends[$0].isEmpty }) else {
            throw .malformed
        }
        let low = try points(ends[..<middle].joined(separator: "."))
        let high = try points(ends[(middle + 1)...].joined(separator: "."))
        guard low < high else { throw .emptyRange }
        let step: Int64 = parts.count == 2 ? try points(parts[1]) : SweepRange.step(low, high)
        guard step > 0 else { throw .noStep }
        let count = Int((high - low) / step) + 1
        guard count <= mostValues else { throw .tooMany(count) }
        return stride(from: low, through: high, by: Int64.Stride(step)).map { Number(mantissa: $0, scale: 6) }
    }

    /// In millionths.
    private static func points(_ text: String) throws(SweepRangeError) -> Int64 {
        guard let number = Number(agreementText: text.trimmed), let points = try? Points(number) else {
            throw .notANumber(text)
        }
        return points.micropoints
    }

    /// About eight steps, whole ones where that is possible.
    private static func step(_ low: Int64, _ high: Int64) -> Int64 {
        let exact = (high - low) / 8
        guard exact >= 1_000_000 else { return high - low >= 1_000_000 ? 1_000_000 : max(1, exact) }
        return (exact + 500_000) / 1_000_000 * 1_000_000
    }
}

/// Why a text names no sweep.
public enum SweepRangeError: Error, Hashable, Sendable {
    case malformed
    case notANumber(String)
    case emptyRange
    case noStep
    case tooMany(Int)
}

extension SweepRangeError: CustomStringConvertible {
    public var description: String {
        let example =
            "write the clause, a colon, what the number stands beside and its range, such as "
            + "stages.mql.enter:engagement=40..80 or …=40..80/5"
        return switch self {
        case .malformed: example
        case .notANumber(let text): "\"\(text)\" is not a number; \(example)"
        case .emptyRange: "the range is empty: its lower end comes first"
        case .noStep: "the step must be more than 0"
        case .tooMany(let count):
            "these are \(count) values and each is a run over the past; choose a larger step, for at most "
                + "\(SweepRange.mostValues)"
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
