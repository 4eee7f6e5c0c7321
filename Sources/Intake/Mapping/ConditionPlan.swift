/// A condition with its columns found: any of the groups, in each of which all tests hold.
struct ConditionPlan {
    struct Test {
        var source: FieldSource
        var comparison: Comparison
        var isNegated: Bool
    }

    enum Comparison {
        case oneOf(Set<[UInt8]>)
        case known
        case present
        case matches(Pattern)
    }

    var anyOf: [[Test]]

    func holds(_ view: RowView) -> Bool {
        anyOf.isEmpty || anyOf.contains { $0.allSatisfy { $0.holds(view) } }
    }
}

extension ConditionPlan.Test {
    func holds(_ view: RowView) -> Bool {
        let holds = view.withField(source) { field in
            let value = field.trimmed
            return switch comparison {
            case .present: !view.isMissing(source)
            case .oneOf(let values): values.contains(lowercased(value))
            case .known: !value.isEmpty
            case .matches(let pattern): pattern.matches(lowercased(value))
            }
        }
        return holds != isNegated
    }
}

/// Text in which `*` stands for anything, also nothing.
public struct Pattern: Hashable, Sendable {
    private let pieces: [[UInt8]]

    public init(_ text: String) {
        pieces = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
            .map { piece in piece.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }
    }

    /// `text` in lower case.
    public func matches(_ text: [UInt8]) -> Bool {
        guard pieces.count > 1 else { return text == pieces[0] }
        guard text.starts(with: pieces[0]), text.count >= pieces[0].count + pieces[pieces.count - 1].count,
            text.suffix(pieces[pieces.count - 1].count).elementsEqual(pieces[pieces.count - 1])
        else { return false }
        var rest = text[pieces[0].count..<(text.count - pieces[pieces.count - 1].count)]
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let found = Pattern.firstRange(of: piece, in: rest) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }

    private static func firstRange(of piece: [UInt8], in text: ArraySlice<UInt8>) -> Range<Int>? {
        guard piece.count <= text.count else { return nil }
        return (text.startIndex...(text.endIndex - piece.count)).first { text[$0...].starts(with: piece) }
            .map { $0..<($0 + piece.count) }
    }
}
