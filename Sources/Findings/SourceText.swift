/// A file that people wrote, an agreement or a mapping: the name it goes by in messages, and its bytes.
public struct SourceText: Sendable {
    /// As people named it, such as `agreement.yaml`.
    public let file: String
    public let bytes: [UInt8]
    /// Where each line begins, so that a thousand findings need not count a thousand times.
    private let lineStarts: [Int]

    /// Four megabytes. The agreement of a large company has some hundred kilobytes.
    public static let largestFile = 4 << 20

    public init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
        lineStarts = [0] + bytes.indices.filter { bytes[$0] == 10 }.map { $0 + 1 }
    }

    /// A line, from 1, without its end; at most 200 characters of it, and never control characters.
    public func line(_ number: Int) -> String {
        guard lineStarts.indices.contains(number - 1) else { return "" }
        let text = String(
            decoding: bytes[lineStarts[number - 1]...].prefix { $0 != 10 && $0 != 13 }.prefix(2000), as: UTF8.self)
        return String(text.prefix(200).map { $0.isVisible ? $0 : "\u{FFFD}" })
    }

    /// A finding at a place in this file. What lies past the end of the line is not underlined.
    public func finding(
        _ complaint: Complaint, line: Int, column: Int, length: Int = 1, related: [Place] = []
    ) -> Finding {
        let excerpt = self.line(line)
        let isShown = column <= excerpt.count
        return Finding(
            code: complaint.code, place: Place(file: file, line: line, column: column),
            excerpt: isShown || excerpt.count < 200 ? excerpt : "",
            length: max(1, min(length, excerpt.count - column + 1)), cause: complaint.cause.readable,
            remedy: complaint.remedy.readable, example: complaint.example, related: related)
    }
}

extension String {
    /// Nobody reads more, and a text of megabytes may be quoted in it.
    fileprivate var readable: String { utf8.count <= 2000 ? self : "\(prefix(500)) … \(suffix(500))" }
}

extension Character {
    fileprivate var isVisible: Bool {
        unicodeScalars.allSatisfy { $0.properties.generalCategory != .control || $0 == "\t" }
    }
}
