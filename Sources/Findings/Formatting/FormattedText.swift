/// A YAML file in the one layout: two spaces for each level, one space behind colons and commas, no space at the end of a
/// line, at most one empty line, comments at the ends of neighbouring lines in one column, a line break at the end.
///
/// Only white space changes, and never within a text. Lines are neither joined nor parted, so that every comment stays on
/// the line it was written on, in the order of the file. That nothing else changed is not believed but looked at: the
/// result is parsed again, and is thrown away where it says something else.
public struct FormattedText: Sendable {
    public let bytes: [UInt8]
    /// The lines that stand there otherwise, in order.
    public let changes: [Change]

    public struct Change: Hashable, Sendable {
        /// In the file as it was, from 1.
        public let line: Int
        public let old: String
        /// `nil`: the empty line goes.
        public let new: String?
    }

    /// Throws what speaks against the file, or against laying it out.
    public init(_ text: SourceText) throws(YAMLGuard.Refusal) {
        let meaning = try Syntax.root(of: text)
        let source = text.bytes.withoutMark.filter { $0 != 13 }
        var scanner = LayoutScanner(bytes: source)
        try scanner.scan()
        let layout = Layout(scanner)
        bytes = layout.bytes
        changes = layout.changes(from: text.bytes.withoutMark)
        let result = SourceText(file: text.file, bytes: bytes)
        let again = try? Syntax.root(of: result)
        guard again.saysTheSame(as: meaning), visibleLines(bytes) == visibleLines(source) else {
            let complaint = Complaint(
                .unsafeLayout, "This file cannot be laid out without changing what it says.",
                remedy: "It is left as it is. Please report it: this is a defect of the program.")
            throw YAMLGuard.Refusal(complaint: complaint, line: 1, column: 1)
        }
    }
}

extension FindingCode {
    /// A tab where white space decides what a line belongs to.
    public static let tab = FindingCode("tab")
    public static let unsafeLayout = FindingCode("unsafe-layout")

    /// What can keep a file from being laid out, beside what is wrong with any file.
    public static let ofLayout: [FindingCode] = [.tab, .unsafeLayout]
}

extension [UInt8] {
    fileprivate var withoutMark: [UInt8] { starts(with: [0xEF, 0xBB, 0xBF]) ? Array(dropFirst(3)) : self }
}

/// Each line that shows anything, without its white space.
private func visibleLines(_ bytes: [UInt8]) -> [[UInt8]] {
    bytes.split(separator: 10).map { line in line.filter { $0 != 32 && $0 != 9 } }.filter { !$0.isEmpty }
}

extension Syntax {
    /// Wherever it stands.
    fileprivate func saysTheSame(as other: Syntax) -> Bool {
        switch (content, other.content) {
        case (.text(let a), .text(let b)): a.unicodeScalars.elementsEqual(b.unicodeScalars)
        case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.saysTheSame(as: $1) }
        case (.mapping(let a), .mapping(let b)):
            a.count == b.count
                && zip(a, b).allSatisfy {
                    $0.keySyntax.saysTheSame(as: $1.keySyntax) && $0.value.saysTheSame(as: $1.value)
                }
        default: false
        }
    }
}

extension Optional<Syntax> {
    fileprivate func saysTheSame(as other: Syntax?) -> Bool {
        guard let self, let other else { return (self == nil) == (other == nil) }
        return self.saysTheSame(as: other)
    }
}
