internal import Vocabulary

/// A question, and one cell of its answer, as one word that a shell takes without quotes:
///
///     funnel/by=origin/until=2026-04-01T00:00:00Z/agreement=0a1b2c3d4e5f/cell=stages.mql.conversion
///
/// Nothing is stored: whoever asks it again of the same journal under the same agreement gets the same cell.
public struct ReportHandle: Hashable, Sendable {
    public let request: ReportRequest
    /// The beginning of the digest of the agreement it was asked under.
    public let agreement: String
    public let cell: CellAddress?

    public init(_ request: ReportRequest, agreement: String, cell: CellAddress? = nil) {
        (self.request, self.agreement, self.cell) = (request, agreement, cell)
    }

    public func at(_ cell: CellAddress) -> ReportHandle { ReportHandle(request, agreement: agreement, cell: cell) }
}

/// Where a cell is: the keys of its section, row and column.
public struct CellAddress: Hashable, Sendable {
    public let section: String
    public let row: String
    public let column: String

    public init(section: String, row: String, column: String) {
        (self.section, self.row, self.column) = (section, row, column)
    }
}

extension ReportHandle: CustomStringConvertible {
    public var description: String {
        let options = request.options.map { "\($0.option.rawValue)=\(escaped($0.text))" }
        let address = cell.map {
            "cell="
                + [$0.section, $0.row, $0.column].map { escaped($0).replacing(".", with: "%2E") }.joined(separator: ".")
        }
        return ([escaped(request.name)] + options + ["agreement=\(escaped(agreement))"] + [address].compactMap { $0 })
            .joined(separator: "/")
    }

    public init(text: String) throws(ReportProblem) {
        let problem = ReportProblem(
            "unreadable-handle", "“\(text)” is no handle of a report",
            remedy: "Copy it from the last line of `interlock report`, or from its JSON.")
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let name = parts.first.flatMap(unescaped), !name.isEmpty else { throw problem }
        var options: [(ReportOption, String)] = []
        var (agreement, cell) = ("", CellAddress?.none)
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2 else { throw problem }
            if pair[0] == "cell" {
                cell = CellAddress(text: pair[1])
                guard cell != nil else { throw problem }
            } else if let value = unescaped(pair[1]), pair[0] == "agreement" {
                agreement = value
            } else if let value = unescaped(pair[1]), let option = ReportOption(rawValue: pair[0]) {
                options.append((option, value))
            } else {
                throw problem
            }
        }
        self.init(ReportRequest(name, options), agreement: agreement, cell: cell)
    }
}

extension CellAddress {
    fileprivate init?(text: String) {
        let keys = text.split(separator: ".", omittingEmptySubsequences: false).compactMap { unescaped(String($0)) }
        guard keys.count == 3 else { return nil }
        self.init(section: keys[0], row: keys[1], column: keys[2])
    }
}

/// Everything but letters, digits, `-`, `_`, `:`, `+`, `@` and `.` as `%` and two digits.
private func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        if byte.isPlain {
            bytes.append(byte)
        } else {
            let digits = Array("0123456789ABCDEF".utf8)
            bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

private func unescaped(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var rest = Substring(text).utf8
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "%") else {
            guard byte.isPlain else { return nil }
            bytes.append(byte)
            continue
        }
        guard let high = rest.popFirst(), let low = rest.popFirst(),
            let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
        else { return nil }
        bytes.append(value)
    }
    return String(validating: bytes, as: UTF8.self)
}

extension UInt8 {
    fileprivate var isPlain: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_:+@.".utf8.contains(self)
        }
    }
}
